package loader

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/gitignore"
	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/compose"
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
// what .gitignore files leave out. In each directory there is the project that a bare docker
// compose would run there, and one for each other Compose file. exclude holds patterns as in
// a .gitignore file of the directory. Links may lead out of the project's root if allowOutside. An
// error is about a file or directory that was left out because it cannot be read.
func Tree(dir string, exclude []string, allowOutside bool) ([]Found, []error) {
	t := &tree{root: files.NewRoot(dir, allowOutside), excluded: gitignore.Patterns{}.With("", strings.Join(exclude, "\n"))}
	t.start = t.below(files.Absolute(dir))
	var ignored gitignore.Patterns
	for up := t.start; up != ""; {
		if up = path.Dir(up); up == "." {
			up = ""
		}
		ignored = append(t.ignoredBy(filepath.Join(t.root.Repository, filepath.FromSlash(up)), up), ignored...)
	}
	t.walk(dir, t.start, ignored)
	return t.found, t.errs
}

// tree is the state of one walk.
type tree struct {
	root files.Root
	// start is the directory where it began, relative to the repository.
	start    string
	excluded gitignore.Patterns
	found    []Found
	errs     []error
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
func (t *tree) walk(dir, rel string, ignored gitignore.Patterns) {
	entries, err := files.ReadDir(dir)
	if err != nil {
		t.errs = append(t.errs, err)
		return
	}
	ignored = append(slices.Clip(ignored), t.ignoredBy(dir, rel)...)
	var names, dirs []string
	for _, e := range entries {
		below := path.Join(rel, e.Name())
		inStart := strings.TrimPrefix(strings.TrimPrefix(below, t.start), "/")
		switch {
		case ignored.Ignore(below, e.IsDir()) || t.excluded.Ignore(inStart, e.IsDir()):
		case !e.IsDir():
			names = append(names, e.Name())
		case e.Name() != ".git" && e.Name() != "node_modules":
			dirs = append(dirs, e.Name())
		}
	}
	t.directory(dir, names)
	for _, name := range dirs {
		t.walk(filepath.Join(dir, name), path.Join(rel, name), ignored)
	}
}

// directory finds the projects among the files of a directory.
func (t *tree) directory(dir string, names []string) {
	compose := map[string]string{}
	for _, name := range names {
		if file := filepath.Join(dir, name); isYAML(name) && t.isCompose(file) {
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

// servicesKey is in each Compose file whose name does not tell that it is one.
var servicesKey = lazyregexp.New(`(?m)^[ {]*["']?services["']?[ \t]*:`)

// isCompose tells by name and content. What has the name counts if it does not parse, or has
// a key of Compose; what has another name needs keys of Compose only, and a service with an
// image or a build: workflows, pipelines and the values of charts have services as well.
func (t *tree) isCompose(file string) bool {
	named := composeName().MatchString(filepath.Base(file))
	var text []byte
	err := t.root.Confined(file)
	if err == nil {
		text, err = files.Read(file)
	}
	if err != nil {
		if named {
			t.errs = append(t.errs, err)
		}
		return false
	}
	if !named && !servicesKey().Match(text) {
		return false
	}
	documents, _, fatal := yamltree.Parse(yamltree.NewSource(&model.File{Path: files.Shown(file), Text: text}))
	if fatal != nil {
		return named
	}
	if named {
		return slices.ContainsFunc(documents, hasComposeKey)
	}
	return slices.ContainsFunc(documents, hasService)
}

// The keys at the top of a Compose file. "name" is one of many other files as well.
var composeKeys = []string{"version", "services", "networks", "volumes", "configs", "secrets", "include", "models"}

func hasComposeKey(document *yamltree.Node) bool {
	return slices.ContainsFunc(document.Keys(), func(key string) bool { return slices.Contains(composeKeys, key) })
}

func hasService(document *yamltree.Node) bool {
	for _, key := range document.Keys() {
		if key != "name" && !compose.IsExtension(key) && !slices.Contains(composeKeys, key) {
			return false
		}
	}
	all := document.Field("services")
	return slices.ContainsFunc(all.Keys(), func(name string) bool {
		s := all.Field(name)
		image, build := s.Field("image"), s.Field("build")
		return image != nil && image.Kind == yamltree.Scalar || build != nil
	})
}
