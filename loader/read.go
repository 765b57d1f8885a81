package loader

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// MaxFileSize bounds what is read of one file, in bytes.
const MaxFileSize = 5 << 20

// readFile reads a regular file of a bounded size. A device, a pipe or a directory is
// refused before it is opened, so that reading can neither hang nor run on.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unwrapped(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("could not read %q: it is not a regular file", shown(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unwrapped(path, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxFileSize+1))
	if err != nil {
		return nil, unwrapped(path, err)
	}
	if len(text) > MaxFileSize {
		return nil, fmt.Errorf("could not read %q: it is larger than the limit of 5 MB", shown(path))
	}
	return text, nil
}

// unwrapped names the file once, in the words of a user.
func unwrapped(path string, err error) error {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = noSuchFile{}
	case errors.As(err, &pathError):
		err = pathError.Err
	}
	return fmt.Errorf("could not read %q: %w", shown(path), err)
}

// noSuchFile is fs.ErrNotExist in the words of a user.
type noSuchFile struct{}

func (noSuchFile) Error() string        { return "there is no such file" }
func (noSuchFile) Is(target error) bool { return target == fs.ErrNotExist }

// shown is a path as messages and locations write it.
func shown(path string) string { return filepath.ToSlash(filepath.Clean(path)) }

// parsed is what a file was read as.
type parsed struct {
	documents []*yamltree.Node
	err       error
}

// maxFiles bounds the number of files of a project.
const maxFiles = 1000

// maxProblems bounds how many duplicate keys and the like are listed of a file.
const maxProblems = 100

// parse reads the documents of a file, once. A file that is not YAML, or not a mapping, is
// a problem, and the result is incomplete.
func (l *loading) parse(path string) ([]*yamltree.Node, error) {
	key := absolute(path)
	if p, ok := l.parsed[key]; ok {
		return p.documents, p.err
	}
	if len(l.parsed) >= maxFiles {
		return nil, fmt.Errorf("could not read %q: the project has more files than the limit of %d", shown(path), maxFiles)
	}
	text, inHand := l.texts[key]
	if !inHand {
		var err error
		if text, err = readFile(path); err != nil {
			l.parsed[key] = parsed{err: err}
			return nil, err
		}
	}
	documents := l.parseText(l.source(path, text))
	l.parsed[key] = parsed{documents: documents}
	return documents, nil
}

func (l *loading) parseText(source *yamltree.Source) []*yamltree.Node {
	all, problems, fatal := yamltree.Parse(source)
	if fatal != nil {
		l.refuse(fatal.Span, fatal.Message)
	}
	for _, p := range problems[:min(len(problems), maxProblems)] {
		l.report(&yamltree.Node{Span: p.Span}, fileKey(source), p.Message)
	}
	if more := len(problems) - maxProblems; more > 0 {
		l.report(&yamltree.Node{Span: problems[maxProblems].Span}, fileKey(source), fmt.Sprintf("from here on there are %d more of such problems", more))
	}
	var documents []*yamltree.Node
	if fatal != nil || len(problems) > 0 {
		hideInText(source) // the tree lacks some of it
	}
	for _, document := range all {
		hideSecrets(document)
		if document.Tag == "!reset" {
			l.refuse(document.Span, "the whole file cannot be tagged !reset")
			continue
		}
		if document.Kind != yamltree.Mapping {
			l.refuse(document.Span, "the file must be a mapping with services")
			continue
		}
		documents = append(documents, document)
	}
	if len(all) == 0 && fatal == nil {
		// Only a project that is empty altogether is refused.
		documents = append(documents, &yamltree.Node{Kind: yamltree.Mapping, Span: yamltree.Span{Source: source}})
	}
	return documents
}

// referred reads a file that another one names: path is the token, at its place, key the
// attribute, directory where it starts. It is nil, and the reason reported, where the file
// cannot be read.
func (l *loading) referred(path *yamltree.Node, at yamltree.Path, key, directory string) *composeFile {
	name, ok := path.Scalar().(string)
	switch {
	case !ok || name == "":
		l.report(path, at, fmt.Sprintf("%q needs the path of a file", key))
		return nil
	case path.Unknown():
		l.refuseAt(path, at, fmt.Sprintf("the file that %q names depends on a variable that is not set", key))
		return nil
	case isRemote(name):
		l.refuseAt(path, at, fmt.Sprintf("%q is on the network, which composelint does not use: what it defines was not judged", name))
		return nil
	}
	file := join(directory, name)
	err := l.confined(file)
	var documents []*yamltree.Node
	if err == nil {
		documents, err = l.parse(file)
	}
	if errors.Is(err, fs.ErrNotExist) {
		l.report(path, at, err.Error()) // there is nothing that was not seen
		return nil
	}
	if err != nil {
		l.refuseAt(path, at, err.Error())
		return nil
	}
	return &composeFile{path: file, documents: documents}
}

// isRemote is true for what docker compose would fetch: a Git repository or an OCI
// artifact.
func isRemote(path string) bool {
	for _, prefix := range []string{"https://", "http://", "git://", "ssh://", "oci://", "git@", "github.com/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// confined is an error for a file outside of the root, unless that is allowed.
func (l *loading) confined(path string) error {
	if _, err := os.Lstat(path); err != nil {
		return unwrapped(path, err)
	}
	if l.outside(path) && !l.allowOutside {
		return fmt.Errorf("%q is outside of the project's root: use --allow-outside to read it", shown(path))
	}
	return nil
}

// outside is true for a file that lies outside of the root, after resolving links.
func (l *loading) outside(path string) bool {
	if l.root == "" {
		return false
	}
	real, err := filepath.EvalSymlinks(absolute(path))
	if err != nil {
		return false // reading it fails as well, and says why
	}
	rel, err := filepath.Rel(l.root, real)
	return err != nil || !filepath.IsLocal(rel)
}

// join is path, as seen from directory.
func join(directory, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(directory, path)
}

func absolute(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return abs
}

func isRegular(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// refuse records that a file, or a document of it, could not be read at all.
func (l *loading) refuse(at yamltree.Span, message string) {
	l.refuseAt(&yamltree.Node{Span: at}, fileKey(at.Source), message)
}

// refuseAt records that something could not be read at all, at the place that names it.
func (l *loading) refuseAt(n *yamltree.Node, at yamltree.Path, message string) {
	l.incomplete = true
	l.report(n, at, message)
}

// fileKey is the place of what is wrong with a file rather than with the project: the same
// from whichever directory composelint runs.
func fileKey(source *yamltree.Source) yamltree.Path { return yamltree.Path{"file", source.URI} }

// source makes the positions of a file that was read.
func (l *loading) source(path string, text []byte) *yamltree.Source {
	file := &model.File{Path: shown(path), URI: l.uri(path), Text: text}
	l.sources.Files[file.Path] = file
	source := yamltree.NewSource(file)
	source.Order, source.Outside = len(l.sources.Files), l.outside(path)
	hideInComments(source)
	return source
}

// uri is the path relative to the root of the repository.
func (l *loading) uri(path string) string {
	abs := absolute(path)
	root := l.repository
	if rel, err := filepath.Rel(root, abs); root == "" || err != nil || !filepath.IsLocal(rel) {
		root = repositoryRoot(filepath.Dir(abs))
	}
	rel, err := filepath.Rel(root, abs)
	if err != nil {
		return shown(path)
	}
	return filepath.ToSlash(rel)
}

// repositoryRoot is the nearest directory from dir upwards that has a .git, else the
// working directory when dir is below it, else dir.
func repositoryRoot(dir string) string {
	dir = absolute(dir)
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, ".git")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			break
		}
	}
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, dir); err == nil && filepath.IsLocal(rel) {
			return wd
		}
	}
	return dir
}
