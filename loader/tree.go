package loader

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/gitignore"
	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/daemon"
	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Found is a project that Tree found.
type Found struct {
	Files []string
	// Part is true for a file whose name is none that Compose files have: if another project
	// reads it, by include or extends, it is a part of that one and no project of its own.
	Part bool
}

// Tree finds the projects in a directory and those below it, but for .git, node_modules and
// what .gitignore files leave out; what git tracks is never left out. In each directory there is the
// project that a bare docker compose would run there, and one for each other Compose file. What is
// excluded is left out, git or not. Links may lead out of the project's root if allowOutside. passed are
// the directories that are called node_modules, the links that were not followed and the files over the
// limit of size that may be of Compose. An error is about a file or directory that was left out because
// it cannot be read.
func Tree(dir string, excluded []Excluded, allowOutside bool) (found []Found, passed []string, errs []error) {
	t := &tree{root: files.NewRoot(dir, allowOutside)}
	for _, e := range excluded {
		t.excluded = append(t.excluded, e.from(dir))
	}
	t.start = t.below(files.Absolute(dir))
	t.inside = files.RootAt(dir)
	at := place{dir: dir, rel: t.start, repository: &repository{dir: t.root.Repository}}
	for up := t.start; up != ""; {
		if up = path.Dir(up); up == "." {
			up = ""
		}
		at.patterns = append(t.ignoredBy(filepath.Join(t.root.Repository, filepath.FromSlash(up)), up), at.patterns...)
	}
	t.walk(at)
	return t.found, t.passed, t.errs
}

// Excluded are patterns as in a .gitignore file of a directory.
type Excluded struct {
	Directory string
	Lines     []string
}

// exclusion is patterns, and where a walk begins as seen from their directory.
type exclusion struct {
	patterns gitignore.Patterns
	start    string
}

func (e Excluded) from(dir string) exclusion {
	start, err := filepath.Rel(files.Absolute(e.Directory), files.Absolute(dir))
	if err != nil {
		start = "."
	}
	return exclusion{gitignore.Patterns{}.With("", strings.Join(e.Lines, "\n")), filepath.ToSlash(start)}
}

// excludes is true for a path, as seen from where the walk began, that is left out.
func (t *tree) excludes(inStart string, isDir bool) bool {
	return slices.ContainsFunc(t.excluded, func(e exclusion) bool { return e.patterns.Ignore(path.Join(e.start, inStart), isDir) })
}

// tree is the state of one walk.
type tree struct {
	root files.Root
	// inside is the directory where it began, with its links resolved.
	inside files.Root
	// start is the same relative to the repository.
	start    string
	excluded []exclusion
	found    []Found
	passed   []string
	errs     []error
}

// place is a directory of a walk.
type place struct {
	// dir is its path, and rel the same relative to the root of the walk's repository.
	dir, rel string
	// patterns are those of the .gitignore files above.
	patterns gitignore.Patterns
	// left is true where it is left out but for what git tracks.
	left       bool
	repository *repository
}

// repository is the nearest directory that holds .git. Its index is read when it is asked for.
type repository struct {
	// dir is its path, and rel the same relative to the root of the walk's repository.
	dir, rel string
	// tracked has the files that git tracks and the directories that they are in, relative to the
	// repository; nil before it was read.
	tracked map[string]bool
}

// tracks is true for a file that git tracks, and for a directory that has one.
func (t *tree) tracks(r *repository, below string) bool {
	if r.tracked == nil {
		r.tracked = map[string]bool{}
		names, err := files.Tracked(r.dir)
		if err != nil {
			t.errs = append(t.errs, err)
		}
		for _, name := range names {
			for ; name != "." && !r.tracked[name]; name = path.Dir(name) {
				r.tracked[name] = true
			}
		}
	}
	return r.tracked[strings.TrimPrefix(strings.TrimPrefix(below, r.rel), "/")]
}

// below is a path relative to the repository, with slashes; empty for the repository itself.
func (t *tree) below(path string) string {
	rel, err := filepath.Rel(t.root.Repository, path)
	if err != nil || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel)
}

// ignoredBy are the patterns of a directory's own .gitignore, which is no link in git either.
func (t *tree) ignoredBy(dir, rel string) gitignore.Patterns {
	name := filepath.Join(dir, ".gitignore")
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	text, err := files.Read(name)
	if err != nil {
		t.errs = append(t.errs, err)
	}
	return gitignore.Patterns{}.With(rel, string(text))
}

// walk takes the files of a directory and then its directories, each in the order of names.
func (t *tree) walk(p place) {
	entries, err := files.ReadDir(p.dir)
	if err != nil {
		t.errs = append(t.errs, err)
		return
	}
	p.patterns = append(slices.Clip(p.patterns), t.ignoredBy(p.dir, p.rel)...)
	if slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == ".git" }) {
		p.repository = &repository{dir: p.dir, rel: p.rel}
	}
	var names []string
	var dirs []place
	for _, e := range entries {
		below, file := path.Join(p.rel, e.Name()), filepath.Join(p.dir, e.Name())
		inStart := strings.TrimPrefix(strings.TrimPrefix(below, t.start), "/")
		modules := e.IsDir() && e.Name() == "node_modules"
		ignored := p.patterns.Ignore(below, e.IsDir())
		left := p.left || ignored || modules
		switch {
		case e.Name() == ".git" || t.excludes(inStart, e.IsDir()):
		case left && !t.tracks(p.repository, below):
			if modules && !p.left && !ignored {
				t.passed = append(t.passed, files.Shown(file))
			}
		case e.IsDir():
			dirs = append(dirs, place{file, below, p.patterns, left, p.repository})
		case t.leadsAway(e, file):
			t.passed = append(t.passed, files.Shown(file))
		default:
			names = append(names, e.Name())
		}
	}
	t.directory(p.dir, p.rel, names)
	for _, dir := range dirs {
		t.walk(dir)
	}
}

// leadsAway is true for a link to a directory that is not walked anyway, and for one to a file that may
// not be read and need not be a Compose file: of one that has the name reading is tried, and fails.
func (t *tree) leadsAway(e os.DirEntry, file string) bool {
	if e.Type()&os.ModeSymlink == 0 {
		return false
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return t.inside.Outside(file)
	}
	return isYAML(e.Name()) && !composeName().MatchString(e.Name()) && t.root.Outside(file) && t.root.Confined(file) != nil
}

// directory finds the projects among the files of a directory.
func (t *tree) directory(dir, rel string, names []string) {
	compose := map[string]string{}
	workflows := inWorkflows(rel)
	for _, name := range names {
		if file := filepath.Join(dir, name); MayBeCompose(name) && t.isCompose(file, workflows) {
			compose[name] = file
		}
	}
	own, err := t.own(dir, names, compose)
	if err != nil {
		t.errs = append(t.errs, err)
	}
	if len(own) > 0 {
		t.found = append(t.found, Found{Files: own})
	}
	for _, name := range names {
		if file := filepath.Join(dir, name); name == daemon.Name && t.isInside(file) && isDaemonFile(file) {
			t.found = append(t.found, Found{Files: []string{file}})
		}
		if file, ok := compose[name]; ok && !slices.Contains(own, file) {
			t.found = append(t.found, Found{Files: []string{file}, Part: !composeName().MatchString(name)})
		}
	}
}

// own are the files of the project that a bare docker compose would run in a directory: those
// of COMPOSE_FILE in its .env file, or the default file and its override.
func (t *tree) own(dir string, names []string, compose map[string]string) ([]string, error) {
	if slices.Contains(names, ".env") && t.isInside(filepath.Join(dir, ".env")) {
		named, err := stated(Options{WorkingDirectory: dir}, t.root, noProcess)
		switch {
		case err != nil && (len(named) > 0 || len(compose) > 0):
			return nil, err // that of a .env file of another program is none
		case len(named) > 0:
			return named, nil
		}
	}
	var own []string
	for _, among := range [][]string{defaultNames, overrideNames} {
		i := slices.IndexFunc(among, func(name string) bool { return compose[name] != "" })
		if i < 0 {
			break
		}
		own = append(own, compose[among[i]])
	}
	return own, nil
}

// noProcess is an environment in which nothing is set: trees are the same on each machine.
func noProcess(string) (string, bool) { return "", false }

// isInside is true for a file that is there, and no link that leads out.
func (t *tree) isInside(file string) bool {
	return files.IsFile(file) && t.root.Confined(file) == nil
}

func isYAML(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".yml" || ext == ".yaml"
}

// composeName are the names that Compose files have by custom, those of pre-commit too.
var composeName = lazyregexp.New(`(?i)^([^/]+[._-])?(docker-)?compose([._-][^/]*)?\.ya?ml$`)

// jsonName are the same names of JSON, which only -f and COMPOSE_FILE have docker compose read: what
// has one counts by its content alone.
var jsonName = lazyregexp.New(`(?i)^([^/]+[._-])?(docker-)?compose([._-][^/]*)?\.json$`)

// isCompose tells by name and content. What has the name counts if it does not parse, or has
// a key of Compose; what has another name needs keys of Compose only, and a service that is one of
// Compose: workflows, pipelines and the values of charts have services as well. Workflows of GitHub
// have jobs, too, whatever they are called.
func (t *tree) isCompose(file string, workflows bool) bool {
	named := composeName().MatchString(filepath.Base(file))
	var text []byte
	err := t.root.Confined(file)
	if err == nil {
		text, err = files.Read(file)
	}
	if err != nil {
		switch info, gone := os.Stat(file); {
		case named:
			t.errs = append(t.errs, err)
		case gone == nil && info.Mode().IsRegular() && info.Size() > files.MaxSize && t.root.Confined(file) == nil:
			t.passed = append(t.passed, files.Shown(file))
		}
		return false
	}
	return isCompose(file, text, workflows)
}

// IsCompose is true for a text that is taken for a Compose file where a file of that name has it.
func IsCompose(file string, text []byte) bool {
	return MayBeCompose(file) && isCompose(file, text, inWorkflows(filepath.ToSlash(filepath.Dir(file))))
}

// HasComposeName is true for a file that is called as Compose files are by custom.
func HasComposeName(file string) bool { return composeName().MatchString(filepath.Base(file)) }

// MayBePart is true for a text that a Compose file can extend or include, though it may be none by itself: it has
// services, and no key that is not one of Compose.
func MayBePart(file string, text []byte) bool {
	if !isYAML(file) || !mayHaveServices(text) {
		return false
	}
	documents, _, fatal := yamltree.Parse(yamltree.NewSource(&model.File{Path: files.Shown(file), Text: text}))
	return fatal == nil && slices.ContainsFunc(documents, func(d *yamltree.Node) bool {
		return d.Field("services") != nil && onlyComposeKeys(d.Keys())
	})
}

// inWorkflows is true for a directory in which GitHub looks for workflows.
func inWorkflows(dir string) bool { return slices.Contains(strings.Split(dir, "/"), ".github") }

// MayBeCompose is true for a name that a Compose file can have.
func MayBeCompose(name string) bool { return isYAML(name) || jsonName().MatchString(name) }

func isCompose(file string, text []byte, workflows bool) bool {
	named := composeName().MatchString(filepath.Base(file))
	if text = yamltree.UTF8(text); !named && !mayHaveServices(text) {
		return false
	}
	documents, _, fatal := yamltree.Parse(yamltree.NewSource(&model.File{Path: files.Shown(file), Text: text}))
	switch {
	case fatal != nil: // loading it says what is wrong
		return named || onlyComposeKeys(fatal.Keys) && slices.Contains(fatal.Keys, "services")
	case named && !workflows:
		return slices.ContainsFunc(documents, func(d *yamltree.Node) bool { return hasComposeKey(d) || d.Field("jobs") != nil })
	case named:
		return slices.ContainsFunc(documents, hasComposeKey)
	}
	return slices.ContainsFunc(documents, hasService)
}

// mayHaveServices is false where no key can be "services", so that most files need not be parsed: it
// stands in the text, unless it is written with escapes or a tag says how it is encoded.
func mayHaveServices(text []byte) bool {
	return bytes.Contains(text, []byte("services")) || bytes.ContainsAny(text, "\\!")
}

// The keys at the top of a Compose file. "name" is one of many other files as well, and "jobs" too.
var composeKeys = []string{"version", "services", "networks", "volumes", "configs", "secrets", "include", "models"}

func hasComposeKey(document *yamltree.Node) bool {
	return slices.ContainsFunc(document.Keys(), func(key string) bool { return slices.Contains(composeKeys, key) })
}

func hasService(document *yamltree.Node) bool {
	if !onlyComposeKeys(document.Keys()) {
		return false
	}
	all := document.Field("services")
	return slices.ContainsFunc(all.Keys(), func(name string) bool {
		s := all.Field(name)
		image, build, extends := s.Field("image"), s.Field("build"), s.Field("extends")
		return isScalar(image) || build != nil || isScalar(extends) || isScalar(extends.Field("service")) || isScalar(s.Field("provider").Field("type"))
	})
}

func onlyComposeKeys(keys []string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool {
		return key != "name" && key != "jobs" && key != "<<" && !compose.IsExtension(key) && !slices.Contains(composeKeys, key)
	})
}

func isScalar(n *yamltree.Node) bool { return n != nil && n.Kind == yamltree.Scalar }
