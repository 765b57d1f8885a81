package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/composelint/composelint/internal/golden"
)

// TestNeovim has a real editor open a project, show what is found, make a fix, hover, complete and go to a definition.
func TestNeovim(t *testing.T) {
	nvim, err := exec.LookPath("nvim")
	if err != nil {
		t.Skip("nvim is not here: the session of a real editor is not tried")
	}
	from, err := filepath.Abs(filepath.Join(testdata, "editors", "neovim"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile session.lua")
	c.Dir = dir
	c.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir, "XDG_DATA_HOME="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said, err := os.ReadFile(filepath.Join(dir, "session.txt"))
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, filepath.Join(from, "want.txt"), said)
}
