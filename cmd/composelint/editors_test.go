package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/golden"
)

// editorsBlocks are the blocks of docs/editors.md in a language.
func editorsBlocks(t *testing.T, language string) (blocks []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "editors.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range block.FindAllSubmatch(text, -1) {
		if string(m[1]) == language {
			blocks = append(blocks, string(m[3]))
		}
	}
	if len(blocks) == 0 {
		t.Fatalf("docs/editors.md has no block in %s", language)
	}
	return blocks
}

// TestEditorsJSON wants the settings of docs/editors.md to be JSON.
func TestEditorsJSON(t *testing.T) {
	for _, text := range editorsBlocks(t, "json") {
		if !json.Valid([]byte(text)) {
			t.Errorf("no JSON:\n%s", text)
		}
	}
}

// To be fixed by an editor, and what becomes of it.
const (
	unfixed = `services:
  proxy:
    image: tecnativa/docker-socket-proxy:0.3.0
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
`
	fixedOnSave = `services:
  proxy:
    image: tecnativa/docker-socket-proxy:0.3.0
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
`
)

// TestEditorsNeovim runs Neovim with the lines that docs/editors.md has for it: it shows what is found, and
// fixes it on save.
func TestEditorsNeovim(t *testing.T) {
	help, err := exec.Command("nvim", "--headless", "--clean", "+lua io.stdout:write(tostring(vim.lsp.config ~= nil))", "+q").CombinedOutput()
	if err != nil {
		t.Skip("nvim is not here: no session of Neovim is tried")
	}
	blocks := editorsBlocks(t, "lua") // from 0.11 on, before, on save
	start := blocks[1]
	if string(help) == "true" {
		start = blocks[0]
	}
	const session = `
vim.cmd("edit compose.yaml")
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local codes = {}
for _, d in ipairs(vim.diagnostic.get(0)) do
  table.insert(codes, string.format("%d:%d: %s [%s]", d.lnum + 1, d.col + 1, d.source, d.code))
end
vim.cmd("write")
vim.fn.writefile(codes, "found")
vim.cmd("qall!")
`
	dir := t.TempDir()
	put(t, filepath.Join(dir, "compose.yaml"), []byte(unfixed))
	put(t, filepath.Join(dir, "init.lua"), []byte(start+blocks[2]))
	put(t, filepath.Join(dir, "session.lua"), []byte(session))
	runEditor(t, dir, "nvim", "--headless", "--clean", "-u", "init.lua", "+luafile session.lua")
	found, err := os.ReadFile(filepath.Join(dir, "found"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "5:9: composelint [docker-socket-writable]"; !strings.Contains(string(found), want) {
		t.Errorf("Neovim does not show %q, but\n%s", want, found)
	}
	wantFixed(t, dir)
}

// TestNeovimSession has Neovim open a project, show what is found, make a fix, hover, complete and go to a definition.
func TestNeovimSession(t *testing.T) {
	if exec.Command("nvim", "--version").Run() != nil {
		t.Skip("nvim is not here: no session of Neovim is tried")
	}
	from, err := filepath.Abs(filepath.Join(testdata, "editors", "neovim"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	runEditor(t, dir, "nvim", "--headless", "--clean", "-n", "+luafile session.lua")
	said, err := os.ReadFile(filepath.Join(dir, "session.txt"))
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, filepath.Join(from, "want.txt"), said)
}

// TestEditorsEmacs runs Emacs with the lines that docs/editors.md has for it.
func TestEditorsEmacs(t *testing.T) {
	if exec.Command("emacs", "--batch", "--funcall", "package-initialize", "--eval", "(progn (require 'eglot) (require 'yaml-mode))").Run() != nil {
		t.Skip("emacs is not here, or it has no eglot or no yaml-mode: no session of Emacs is tried")
	}
	const session = `
(find-file "compose.yaml")
(apply #'eglot (eglot--guess-contact)) ; what eglot-ensure does once somebody types
(with-timeout (20)
  (while (null (flymake-diagnostics)) (accept-process-output nil 0.02) (flymake-start)))
(goto-char (point-max))
(insert "\n")
(delete-char -1)
(save-buffer)
(let ((found (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
  (with-temp-file "found" (insert (mapconcat #'identity found "\n"))))
`
	dir := t.TempDir()
	put(t, filepath.Join(dir, "compose.yaml"), []byte(unfixed))
	put(t, filepath.Join(dir, "init.el"), []byte(strings.Join(editorsBlocks(t, "elisp"), "")))
	put(t, filepath.Join(dir, "session.el"), []byte(session))
	if out, err := exec.Command("git", "init", "--quiet", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	runEditor(t, dir, "emacs", "--batch", "--funcall", "package-initialize", "--eval", "(require 'eglot)", "--eval", "(require 'yaml-mode)", "--load", "init.el", "--load", "session.el")
	found, err := os.ReadFile(filepath.Join(dir, "found"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "composelint [docker-socket-writable]"; !strings.Contains(string(found), want) {
		t.Errorf("Emacs does not show %q, but\n%s", want, found)
	}
	wantFixed(t, dir)
}

func runEditor(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func wantFixed(t *testing.T, dir string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(dir, "compose.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fixedOnSave, string(got)); diff != "" {
		t.Errorf("saved (-want +got):\n%s", diff)
	}
}
