package files

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/composelint/composelint/internal/gitindex"
)

// maxIndex bounds an index of git, in bytes: it has a hundred for a file.
const maxIndex = 256 << 20

// Tracked are the paths below a directory that holds .git of the files that git tracks, with slashes.
// There are none where nothing was added yet. Of the .git of a worktree, which is a file, the index
// lies elsewhere; it counts where it names this directory in turn, which no tree that somebody wrote
// can make it do.
func Tracked(dir string) ([]string, error) {
	git := filepath.Join(dir, ".git")
	if IsFile(git) {
		text, err := Read(git)
		if err != nil {
			return nil, err
		}
		elsewhere, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: ")
		if !ok {
			return nil, nil
		}
		elsewhere = Join(dir, elsewhere)
		if !belongsTo(elsewhere, git) {
			return nil, fmt.Errorf("could not read the index of %q, which does not lie in it: files that .gitignore names are left out though git may track them", Shown(dir))
		}
		git = elsewhere
	}
	path := filepath.Join(git, "index")
	if !IsFile(path) {
		return nil, nil
	}
	index, err := within(Deadline, path, func() ([]byte, error) { return read(path, maxIndex) })
	if err != nil {
		return nil, err
	}
	names, err := gitindex.Names(index)
	if err != nil {
		return nil, fmt.Errorf("could not read %q: %w", Shown(path), err)
	}
	return names, nil
}

// belongsTo is true for the directory of a worktree's state, which says whose it is, and for that of a
// submodule, which lies in the .git of a directory above.
func belongsTo(state, git string) bool {
	back, err := Read(filepath.Join(state, "gitdir"))
	if err == nil && filepath.Clean(string(bytes.TrimSpace(back))) == Absolute(git) {
		return true
	}
	above := NewRoot(filepath.Dir(filepath.Dir(Absolute(git))), false)
	return !above.Outside(state)
}
