// Package examples reads the examples of the rules: the archives of testdata/rules, each with
// projects that are bad by one rule, projects that are good, and what is found in them.
package examples

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/rules/catalogue"
	"github.com/rogpeppe/go-internal/txtar"
)

// Archive is the examples of a rule.
type Archive struct {
	// Rule is its id.
	Rule string
	// Projects are in order.
	Projects []Project
	path     string
	files    *txtar.Archive
}

// Project is a file of an archive, or a directory whose files are merged in order; one that is called
// daemon.json is the engine's configuration.
type Project struct {
	Name  string
	Files []string
}

// Bad is true for a project in which the rule finds something.
func (p Project) Bad() bool { return strings.HasPrefix(p.Name, "bad") }

// Single is true for a file that is a project by itself.
func (p Project) Single() bool {
	return filepath.Ext(p.Name) == ".yml" || len(p.Files) == 1 && isDaemon(p.Files[0])
}

// Args are the arguments that name the project.
func (p Project) Args() []string {
	if p.Single() {
		return p.Files
	}
	var args []string
	for _, file := range p.Files {
		if isDaemon(file) {
			args = append(args, "--daemon", file)
		} else {
			args = append(args, "-f", file)
		}
	}
	return args
}

func isDaemon(file string) bool { return path.Base(file) == "daemon.json" }

// Flags are those with which a rule runs at all.
func Flags(r catalogue.Rule) []string {
	var flags []string
	if r.Set == "strict" {
		flags = append(flags, "--strict")
	}
	if r.ID == "stack-ignored-option" {
		flags = append(flags, "--target=swarm")
	}
	return flags
}

// wantFile is the file of an archive that holds the findings, fixedFile the one that holds what is fixed.
const (
	wantFile  = "want"
	fixedFile = "fixed"
)

// expected are the files of an archive that tests write, in their order.
var expected = []string{wantFile, fixedFile}

// Paths are those of the archives below the root of the repository.
func Paths(root string) ([]string, error) {
	return filepath.Glob(filepath.Join(root, "testdata", "rules", "*.txtar"))
}

// Of reads the examples of a rule.
func Of(root, rule string) (Archive, error) {
	return Read(filepath.Join(root, "testdata", "rules", rule+".txtar"))
}

// Read reads an archive.
func Read(path string) (Archive, error) {
	files, err := txtar.ParseFile(path)
	if err != nil {
		return Archive{}, err
	}
	a := Archive{Rule: strings.TrimSuffix(filepath.Base(path), ".txtar"), path: path, files: files}
	for _, f := range files.Files {
		dir, _, nested := strings.Cut(f.Name, "/")
		last := len(a.Projects) - 1
		switch {
		case f.Name == wantFile || filepath.Ext(f.Name) != ".yml" && !isDaemon(f.Name):
		case nested && last >= 0 && a.Projects[last].Name == dir:
			a.Projects[last].Files = append(a.Projects[last].Files, f.Name)
		default:
			a.Projects = append(a.Projects, Project{dir, []string{f.Name}})
		}
	}
	return a, nil
}

// Unpack writes the files into a directory.
func (a Archive) Unpack(dir string) error { return txtar.Write(a.files, dir) }

// Text is the text of a file, empty where there is none.
func (a Archive) Text(file string) string {
	for _, f := range a.files.Files {
		if f.Name == file {
			return string(f.Data)
		}
	}
	return ""
}

// Want is what the linter says of the rule in all projects: a line a finding.
func (a Archive) Want() string { return a.Text(wantFile) }

// Fixed is what composelint fix makes of the projects in which the rule finds something, as differences.
func (a Archive) Fixed() string { return a.Text(fixedFile) }

// WriteWant writes what the linter says anew.
func (a Archive) WriteWant(text string) error { return a.write(wantFile, text) }

// WriteFixed writes what is fixed anew.
func (a Archive) WriteFixed(text string) error { return a.write(fixedFile, text) }

// write gives the file of a name another text, in the order of expected; without text there is none.
func (a Archive) write(name, text string) error {
	var files []txtar.File
	texts := map[string]string{name: text}
	for _, f := range a.files.Files {
		switch {
		case !slices.Contains(expected, f.Name):
			files = append(files, f)
		case f.Name != name:
			texts[f.Name] = string(f.Data)
		}
	}
	for _, name := range expected {
		if texts[name] != "" || name == wantFile {
			files = append(files, txtar.File{Name: name, Data: []byte(texts[name])})
		}
	}
	return os.WriteFile(a.path, txtar.Format(&txtar.Archive{Comment: a.files.Comment, Files: files}), 0o644)
}
