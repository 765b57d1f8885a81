package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// composeVersion is the docker compose that composelint is compared with.
const composeVersion = "v2.40.3"

// programs are the paths of what is timed; empty for what could not be built.
type programs struct {
	composelint, compose, empty string
}

func defaultCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "composelint-bench")
}

// build makes the programs: composelint anew, its peers once.
func build(cache string, t *table) programs {
	p := programs{composelint: filepath.Join(cache, "composelint"), compose: filepath.Join(cache, "docker-compose-"+composeVersion), empty: filepath.Join(cache, "empty")}
	if err := run("..", "go", "build", "-o", p.composelint, "./cmd/composelint"); err != nil {
		log.Fatal(err)
	}
	if err := once(p.compose, func() error { return buildCompose(cache, p.compose) }); err != nil {
		t.skipped("docker compose", err)
		p.compose = ""
	}
	if err := buildEmpty(cache, p.empty); err != nil {
		t.skipped("an empty program that imports OPA", err)
		p.empty = ""
	}
	return p
}

func once(file string, build func() error) error {
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	return build()
}

// buildCompose builds docker compose in a copy of its module, as a program of its own.
func buildCompose(cache, to string) error {
	list := exec.Command("go", "mod", "download", "-json", "github.com/docker/compose/v2@"+composeVersion)
	list.Dir = cache
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("could not download its module: %w", err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return err
	}
	source := filepath.Join(cache, "compose-"+composeVersion)
	if err := os.CopyFS(source, os.DirFS(module.Dir)); err != nil && !os.IsExist(err) {
		return err
	}
	return run(source, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", to, "./cmd")
}

// buildEmpty builds a program that does nothing but import OPA, of composelint's version.
func buildEmpty(cache, to string) error {
	dir := filepath.Join(cache, "empty-source")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			return err
		}
		text = []byte(strings.Replace(string(text), "module github.com/composelint/composelint", "module empty", 1))
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	text := "package main\n\nimport _ \"github.com/open-policy-agent/opa/v1/rego\"\n\nfunc main() {}\n"
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(text), 0o644); err != nil {
		return err
	}
	return run(dir, "go", "build", "-o", to, ".")
}

// run runs a command in a directory, with what it prints as its error.
func run(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}
