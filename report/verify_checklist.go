package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
)

// runningItem is an item of the validation guide's checklist after the deployment. It judges what was seen,
// whatever the files promise.
type runningItem struct {
	title string
	// by is what shows it: --inspect or --url.
	by string
	// of picks the checks that it is judged by; good is true of those that speak for it.
	of, good func(c check.Check) bool
}

// ofCheck picks the checks of a section, or those with one id.
func ofCheck(section string, ids ...string) func(check.Check) bool {
	return func(c check.Check) bool { return c.Section == section && (len(ids) == 0 || slices.Contains(ids, c.ID)) }
}

func seen(texts ...string) func(check.Check) bool {
	return func(c check.Check) bool { return slices.Contains(texts, c.Seen) }
}

func agrees(c check.Check) bool { return c.Verdict == check.Agrees }

// afterDeployment are all items. That a proxy's socket is its own follows from there being checks of its flags.
func afterDeployment(r check.Report) []runningItem {
	proxies := map[string]bool{}
	for _, c := range r.Checks {
		proxies[c.Subject] = proxies[c.Subject] || c.Section == "proxies" || c.Section == "docker api"
	}
	ofProxy := func(c check.Check) bool { return c.Section == "sockets" && proxies[c.Subject] }
	ofOthers := func(c check.Check) bool {
		return c.Section == "sockets" && !proxies[c.Subject] || c.Section == "drift" && c.ID == "holds-socket"
	}
	promised := func(verdict string) func(check.Check) bool {
		return func(c check.Check) bool { return c.Section == "docker api" && c.Expected == verdict }
	}
	return []runningItem{
		{"every service runs, and nothing beside the files", "--inspect", ofCheck("drift"), agrees},
		{"containers run as the files say", "--inspect", ofCheck("containers"), agrees},
		{"the flags of the proxy are those of the files", "--inspect", ofCheck("proxies"), agrees},
		{"the proxy's socket is read-only", "--inspect", ofProxy, func(c check.Check) bool { return strings.HasSuffix(c.Seen, " read-only") }},
		{"no other container holds the socket", "--inspect", ofOthers, seen("no socket")},
		{"the proxy has no way out", "--inspect", ofCheck("networks", "way-out"), seen("no way out")},
		{"nobody but the project is on the proxy's networks", "--inspect", ofCheck("networks", "strangers"), agrees},
		{"the proxy answers where its client is", "--url", ofCheck("network", "reachable"), agrees},
		{"what the files allow passes", "--url", promised("allow"), agrees},
		{"what the files deny is denied", "--url", promised("deny"), agrees},
		{"no privileged container can be started", "--url", ofCheck("attacks", "privileged-container"), seen("blocked")},
		{"no volume can be created", "--url", ofCheck("attacks", "volume-created"), seen("blocked")},
		{"no command can be run in a container", "--url", ofCheck("attacks", "command-in-container"), seen("blocked")},
	}
}

// titleAfter is that of the section.
const titleAfter = "After deployment"

// checklistAfter is the section with a verdict on each item.
func checklistAfter(r check.Report) section {
	s := section{title: titleAfter}
	for _, item := range afterDeployment(r) {
		row := entry{mark: "unknown", text: item.title, details: []string{"composelint verify " + item.by + " judges it"}}
		judged := false
		var bad, untold []string
		for _, c := range r.Checks {
			if !item.of(c) {
				continue
			}
			judged = true
			switch {
			case c.Seen == "" || c.Verdict == check.Unknown && !item.good(c):
				untold = append(untold, fmt.Sprintf("%q, %s: %s", c.Subject, c.ID, c.Why))
			case !item.good(c):
				bad = append(bad, fmt.Sprintf("%q, %s: %s", c.Subject, c.ID, c.Seen))
			}
		}
		switch {
		case len(bad) > 0:
			row.mark, row.details = "fail", firstOf(bad)
		case len(untold) > 0:
			row.mark, row.details = "unknown", firstOf(untold)
		case judged:
			row.mark, row.details = "pass", nil
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// firstOf are the first of many.
func firstOf(all []string) []string {
	if more := len(all) - shownPasses; more > 0 {
		return append(all[:shownPasses:shownPasses], fmt.Sprintf("and %d more", more))
	}
	return all
}

// writeVerifyChecklist writes the items of the checklist after the deployment for a terminal.
func writeVerifyChecklist(w io.Writer, r check.Report) error {
	b := bufio.NewWriter(w)
	writeSection(b, checklistAfter(r), 80)
	for _, note := range r.Notes {
		fmt.Fprintf(b, "note: %s\n", note)
	}
	return b.Flush()
}
