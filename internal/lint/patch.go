package lint

import (
	"bufio"
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// patch is the lines that a unified diff adds, by the path of their file from the root of the
// repository.
type patch map[string][]lines

// lines are those from the first to the last.
type lines struct{ first, last int }

// hunk is the head of a hunk, of which the new lines count: @@ -1,2 +3,4 @@.
var hunk = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@`)

// parsePatch reads what git diff prints. Without context (--unified=0) it is exact; with it, the lines
// around count as well.
func parsePatch(text []byte) (patch, error) {
	p := patch{}
	file, named := "", false
	scanner := bufio.NewScanner(bytes.NewReader(text))
	scanner.Buffer(nil, len(text)+1)
	for scanner.Scan() {
		line := scanner.Text()
		if name, ok := strings.CutPrefix(line, "+++ "); ok {
			file, named = patchedFile(name), true
		} else if m := hunk.FindStringSubmatch(line); m != nil && file != "" {
			first, _ := strconv.Atoi(m[1])
			count := 1
			if m[2] != "" {
				count, _ = strconv.Atoi(m[2])
			}
			p[file] = append(p[file], lines{first, first + max(count, 1) - 1})
		}
	}
	if !named && len(bytes.TrimSpace(text)) > 0 {
		return nil, fmt.Errorf("it is no unified diff: write it with git diff --unified=0")
	}
	return p, nil
}

// patchedFile is the path behind +++: git quotes one with odd characters, and puts b/ before it. It is
// empty for a file that is gone.
func patchedFile(name string) string {
	if unquoted, err := strconv.Unquote(name); err == nil {
		name = unquoted
	}
	name, _, _ = strings.Cut(name, "\t")
	if name == "/dev/null" {
		return ""
	}
	return strings.TrimPrefix(name, "b/")
}

// touches is true for a finding of which a place is among the lines.
func (p patch) touches(f rules.Finding, files map[string]*model.File) bool {
	return slices.ContainsFunc(placesOf(f), func(at model.Location) bool {
		return slices.ContainsFunc(p[model.URIOf(files, at.File)], func(l lines) bool {
			return at.Start.Line <= l.last && l.first <= max(at.End.Line, at.Start.Line)
		})
	})
}

// readPatch reads a unified diff from a file.
func readPatch(o loader.Options, path string) (patch, error) {
	file, err := loader.NamedFile(o, path)
	if err != nil {
		return nil, err
	}
	p, err := parsePatch(file.Text)
	if err != nil {
		return nil, fmt.Errorf("could not read %q: %w", path, err)
	}
	return p, nil
}
