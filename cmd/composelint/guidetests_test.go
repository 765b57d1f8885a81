package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/internal/verify/check"
)

// guidePasses is what the flags of the guide let through.
var guidePasses = regexp.MustCompile(`^(/v[0-9.]+)?/(containers|images|info|version|events|_ping)`)

// startGuideProxy answers as Tecnativa's proxy does with the flags of the guide.
func startGuideProxy(t *testing.T) (url string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if guidePasses.MatchString(r.URL.Path) {
			w.Header().Set("Api-Version", "1.41")
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n")
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "http://", "tcp://", 1)
}

// row is a row of the page: its number, and its last two cells.
var row = regexp.MustCompile(`(?m)^\| (\d+) \|.*\| ([FIU, ]*) \| (.*) \|$`)

// compared is what says something in what runs: a section, the subject, the check, and perhaps what was seen.
var compared = regexp.MustCompile(`^([a-z ]+) of ([a-z-]+): (\S+)(?: = (.+))?$`)

// TestGuideTests executes the commands of docs/guide-tests.md on the deployment of the guide, and finds in what
// they say what the page names.
func TestGuideTests(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "guide-tests.md"))
	if err != nil {
		t.Fatal(err)
	}
	broken, err := os.ReadFile(filepath.Join(testdata, "guide", "want.txt"))
	if err != nil {
		t.Fatal(err)
	}
	url := startGuideProxy(t)
	t.Chdir(filepath.Join(testdata, "guide"))
	checks := map[string][]check.Check{}
	for by, command := range regexp.MustCompile("(?m)^\\| ([FIU]) \\| `composelint (.*)` \\|").FindAllStringSubmatch(string(page), -1) {
		args := strings.Fields(strings.ReplaceAll(command[2], "tcp://docker-proxy:2375", url))
		if by == 0 { // whose findings TestGuide has
			continue
		}
		stdout, _, status := run(t, ".", append(args, "--format", "json")...)
		if status != statusClean {
			t.Errorf("%s: status %d\n%s", command[2], status, stdout)
		}
		var report check.Report
		if err := json.Unmarshal([]byte(stdout), &report); err != nil {
			t.Fatal(err)
		}
		checks[command[1]] = report.Checks
	}
	var numbers []string
	for _, m := range row.FindAllStringSubmatch(string(page), -1) {
		numbers = append(numbers, m[1])
		if m[2] == "" && !strings.HasPrefix(m[3], "not covered: ") {
			t.Errorf("test %s is covered by nothing: %s", m[1], m[3])
		}
		if m[2] == "" {
			continue
		}
		said := map[string]bool{}
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(m[3], -1) {
			by := "F"
			if c := compared.FindStringSubmatch(name[1]); c == nil {
				if !strings.Contains(string(broken), "["+name[1]+"]") {
					t.Errorf("test %s: no variant of the guide has a finding of %q", m[1], name[1])
				}
			} else if by = saidBy(checks, c); by == "" {
				t.Errorf("test %s: nothing says %q", m[1], name[1])
			}
			said[by] = true
		}
		for _, by := range strings.Split(m[2], ", ") {
			if !said[by] {
				t.Errorf("test %s: %s says nothing of it", m[1], by)
			}
		}
	}
	var want []string
	for _, n := range []int{43, 10} {
		for i := range n {
			want = append(want, strconv.Itoa(i+1))
		}
	}
	if !slices.Equal(numbers, want) {
		t.Errorf("the page has the tests %q", numbers)
	}
	stdout, _, _ := run(t, ".", "verify", "--format", "checklist", "--inspect", "running.json", "--url", url, "docker-compose.prod.yml")
	if !strings.Contains(string(page), "```\n"+stdout+"```") {
		t.Errorf("the page does not have what verify --format checklist says:\n%s", stdout)
	}
}

// saidBy is the command whose checks agree on something, empty where there is none.
func saidBy(checks map[string][]check.Check, c []string) string {
	for _, by := range []string{"I", "U"} {
		for _, one := range checks[by] {
			if one.Section == c[1] && one.Subject == c[2] && one.ID == c[3] && one.Verdict == check.Agrees && (c[4] == "" || c[4] == one.Seen) {
				return by
			}
		}
	}
	return ""
}

// TestGuideRunning compares each variant of the guide's deployment, in which one thing is wrong, with the one that
// runs: that thing differs, or could not be told where the image may have it too.
func TestGuideRunning(t *testing.T) {
	t.Chdir(filepath.Join(testdata, "guide"))
	variants, err := filepath.Glob("broken/*.yml")
	if err != nil || len(variants) == 0 {
		t.Fatalf("no variants: %v", err)
	}
	var all strings.Builder
	for _, file := range variants {
		stdout, stderr, status := run(t, ".", "verify", "--inspect", "running.json", file)
		if stderr != "" || status == statusClean {
			t.Errorf("%s: status %d: %s", file, status, stderr)
		}
		fmt.Fprintf(&all, "$ composelint verify --inspect running.json %s\n", file)
		for line := range strings.Lines(stdout) {
			if strings.HasPrefix(line, "  ") {
				all.WriteString(line)
			}
		}
	}
	golden.Check(t, "running.txt", []byte(all.String()))
}
