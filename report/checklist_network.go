package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/rules"
)

// isolation lists the networks of proxies with who is on them.
func isolation(review Review) section {
	s := section{title: "Network isolation"}
	proxies := proxiesOf(review)
	for _, n := range review.Networks {
		if hasAny(n, proxies) {
			s.rows = append(s.rows, networkRow(n, "open"))
		}
	}
	if len(s.rows) == 0 {
		s.rows = []entry{{text: "no socket proxy is on any network"}}
	}
	return s
}

// networks lists all that a service is on. That one is not internal is nothing to object to where no proxy is.
func networks(review Review) section {
	s := section{title: "Networks"}
	proxies := proxiesOf(review)
	for _, n := range review.Networks {
		switch {
		case hasAny(n, proxies):
			s.rows = append(s.rows, networkRow(n, "open"))
		case len(n.Services) > 0:
			if more := len(n.Services) - shownServices; more > 0 {
				n.Services = append(slices.Clone(n.Services[:shownServices]), fmt.Sprintf("and %d more", more))
			}
			s.rows = append(s.rows, networkRow(n, ""))
		}
	}
	return s
}

// networkRow is a network with who is on it, and with a mark where it is not internal.
func networkRow(n rules.Network, open string) entry {
	mark := map[string]string{"yes": "internal", "no": open, "unknown": "unknown"}[n.Internal]
	return entry{mark: mark, text: fmt.Sprintf("network %q", n.Name), details: []string{"on it: " + strings.Join(n.Services, ", ")}}
}

// proxiesOf are the names of the socket proxies.
func proxiesOf(review Review) map[string]bool {
	names := map[string]bool{}
	for _, api := range review.DockerAPI {
		names[api.Service] = true
	}
	return names
}

// hasAny reports whether one of these services is on a network.
func hasAny(n rules.Network, services map[string]bool) bool {
	return slices.ContainsFunc(n.Services, func(name string) bool { return services[name] })
}

// waysIn lists the services that outsiders come in to, and by what.
func waysIn(review Review) section {
	s := section{title: "Ways in from outside"}
	row, number := map[string]int{}, map[string]int{}
	for _, e := range review.WaysIn {
		i, met := row[e.Service]
		if !met {
			i = len(s.rows)
			row[e.Service] = i
			s.rows = append(s.rows, entry{text: fmt.Sprintf("service %q", e.Service)})
		}
		by := "by " + e.Called
		if !e.Certain {
			by += ", if anybody is there"
		}
		if number[e.Service]++; number[e.Service] <= shownWays {
			s.rows[i].details = append(s.rows[i].details, by)
		}
	}
	for service, n := range number {
		if n > shownWays {
			details := &s.rows[row[service]].details
			*details = append(*details, fmt.Sprintf("and %d more ways", n-shownWays))
		}
	}
	if more := len(s.rows) - shownServices; more > 0 {
		s.rows = append(s.rows[:shownServices], entry{text: fmt.Sprintf("and %d more services", more)})
	}
	return s
}

// boundaries lists who reaches the Docker API, and by which way.
func boundaries(review Review) section {
	s := section{title: "Security boundaries: who reaches the Docker API"}
	seen, more := map[string]bool{}, 0
	for _, target := range review.Targets {
		more += target.Left
		for _, e := range target.Entries {
			var steps []string
			for _, step := range e.Path {
				steps = append(steps, step.Label)
			}
			way := strings.Join(steps, " → ")
			if seen[way] {
				continue
			}
			if seen[way] = true; len(seen) <= shownWays {
				s.rows = append(s.rows, entry{mark: from(e), text: way})
			}
		}
	}
	if more += max(len(seen)-shownWays, 0); more > 0 {
		s.rows = append(s.rows, entry{text: fmt.Sprintf("and %d more ways", more)})
	}
	if len(s.rows) == 0 {
		s.rows = []entry{{text: "nobody in this project"}}
	}
	return s
}

// from says where attacks begin, in a word.
func from(e rules.Entry) string {
	switch {
	case e.Kind == "service":
		return "inside"
	case e.Certain:
		return "outside"
	}
	return "unknown"
}
