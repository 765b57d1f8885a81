package lint

import (
	"fmt"
	"sync"
)

// included is a file that is part of a project by include or extends, with how much of it there is.
type included struct {
	path            string
	bytes, services int
}

// includedBy are those of a project.
func includedBy(loaded Loaded) []included {
	own := asPaths(loaded.Files)
	if len(loaded.Sources.Files) == len(own) {
		return nil
	}
	services := map[string]int{}
	for _, service := range loaded.Project.Services {
		origin, _ := loaded.Sources.Locate(service.At, "")
		services[origin.Location.File]++
	}
	var all []included
	for path, file := range loaded.Sources.Files {
		if !own[path] {
			all = append(all, included{path, len(file.Text), services[path]})
		}
	}
	return all
}

// The limits on what several projects of a run include, counted for each of them but the first:
// below a directory each of a thousand small files can be a project that includes all others.
const (
	maxIncludedServices = 4_000
	maxIncludedBytes    = 50_000_000
)

// inclusions counts that, in the order of the projects and not in that in which they are done, so
// that the limits are reached in the same project each time.
type inclusions struct {
	mutex sync.Mutex
	// of are what the projects include, where they are done, counted those before which all are.
	of      [][]included
	done    []bool
	counted int
	seen    map[string]bool
	// bytes and services are those of files that were seen before.
	bytes, services int
	// passed is the limit that was passed, if any.
	passed error
}

func newInclusions(projects int) *inclusions {
	return &inclusions{of: make([][]included, projects), done: make([]bool, projects), seen: map[string]bool{}}
}

// count takes what a project includes.
func (n *inclusions) count(project int, files []included) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.of[project], n.done[project] = files, true
	for n.passed == nil && n.counted < len(n.done) && n.done[n.counted] {
		for _, file := range n.of[n.counted] {
			if n.seen[file.path] {
				n.bytes += file.bytes
				n.services += file.services
			}
			n.seen[file.path] = true
		}
		n.of[n.counted] = nil
		n.counted++
		switch {
		case n.services > maxIncludedServices:
			n.passed = fmt.Errorf("what several projects include has more services than the limit of %d in all", maxIncludedServices)
		case n.bytes > maxIncludedBytes:
			n.passed = fmt.Errorf("what several projects include has more bytes than the limit of %d in all", maxIncludedBytes)
		}
	}
}

// end is the first project that is beyond a limit.
func (n *inclusions) end() int {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.passed != nil {
		return n.counted
	}
	return len(n.done)
}
