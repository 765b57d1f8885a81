package main

import (
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// oneFile is what each commit pays.
func oneFile(t *table, p programs, runs int) {
	file := filepath.Join("..", "testdata", "guide", "docker-compose.prod.yml")
	lint := []string{p.composelint, "--no-config", "--strict", file}
	if p.compose != "" {
		m := measure(runs, lint, []string{p.compose, "-f", file, "config", "-q"})
		t.atMost("one file: CPU / docker compose config -q", m[0].cpu/m[1].cpu, 0.8, "")
		t.atMost("one file: wall / docker compose config -q", m[0].wall/m[1].wall, 0.6, "")
	}
	m := measure(runs, lint)
	if p.empty != "" {
		m = measure(runs, lint, []string{p.empty})
		t.atMost("one file: wall over an empty program that imports OPA", 1000*(m[0].wall-m[1].wall), 25, "ms")
	}
	t.atMost("one file: peak memory", m[0].peak, 45, "MiB")
}

// manyFiles is what a CI run over an organisation pays.
func manyFiles(t *table, p programs, corpus string) {
	files := composeFiles(corpus, 500)
	if len(files) < 500 {
		t.skipped("500 files", fmt.Sprintf("%q has %d Compose files: name another directory with -corpus", corpus, len(files)))
		return
	}
	m := measure(3, append([]string{p.composelint, "--no-config"}, files...))
	t.atMost("500 files: CPU", m[0].cpu, 1, "s")
	t.atMost("500 files: wall / CPU", m[0].wall/m[0].cpu, 0.65, "")
	t.atMost("500 files: peak memory", m[0].peak, 120, "MiB")
}

func composeFiles(dir string, most int) []string {
	var files []string
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err == nil && !d.IsDir() && (ext == ".yml" || ext == ".yaml") && len(files) < most {
			files = append(files, path)
		}
		return nil
	})
	return files
}

// manyServices shows whether a step is quadratic. What a run takes whose one rule looks for
// nothing is the load.
func manyServices(t *table, p programs) {
	dir := temporary()
	defer os.RemoveAll(dir)
	small, large := project(dir, 100), project(dir, 5000)
	m := measure(3,
		[]string{p.composelint, "--no-config", "--strict", small},
		[]string{p.composelint, "--no-config", "--strict", large},
		[]string{p.composelint, "--no-config", "--select", "model-untrusted", small},
		[]string{p.composelint, "--no-config", "--select", "model-untrusted", large},
		[]string{p.composelint, "--version"})
	start, load := m[4].cpu, m[3].cpu-m[4].cpu
	t.atMost("5,000 services: cost a service / that of 100", ((m[1].cpu-start)/5000)/((m[0].cpu-start)/100), 1.5, "")
	t.atMost("5,000 services: judging / load", (m[1].cpu-m[3].cpu)/load, 0.25, "")
}

// manyFindings is what a large report costs.
func manyFindings(t *table, p programs) {
	dir := temporary()
	defer os.RemoveAll(dir)
	var b strings.Builder
	b.WriteString("services:\n")
	for i := range 10000 {
		fmt.Fprintf(&b, "  s%d: {image: example/app:1.%d, privileged: true}\n", i, i)
	}
	file := write(dir, "findings.yaml", b.String())
	lint := []string{p.composelint, "--no-config", "--select", "privileged", file}
	m := measure(3, lint, append(lint, "--format", "sarif"))
	t.atMost("SARIF of 10,000 findings: wall more than text", m[1].wall-m[0].wall, 0.3, "s")
}

// project writes a project of n hardened services in tens on networks of their own.
func project(dir string, n int) string {
	var b strings.Builder
	b.WriteString("services:\n")
	for i := range n {
		fmt.Fprintf(&b, `  s%d:
    image: registry.example.com/team/s%d:1.%d
    read_only: true
    cap_drop: [ALL]
    security_opt: [no-new-privileges:true]
    networks: [n%d]
    ports: ["127.0.0.1:%d:80"]
    volumes: ["./s%d:/data:ro", "cache:/cache"]
    environment:
      LOG_LEVEL: info
      NEXT: http://s%d:80
    deploy: {resources: {limits: {cpus: "0.5", memory: 256M}}}
    healthcheck: {test: [CMD, "true"]}
`, i, i, i, i/10, 10000+i, i, (i+1)%n)
	}
	b.WriteString("networks:\n")
	for i := 0; i*10 < n; i++ {
		fmt.Fprintf(&b, "  n%d: {}\n", i)
	}
	b.WriteString("volumes: {cache: {}}\n")
	return write(dir, fmt.Sprintf("services-%d.yaml", n), b.String())
}

func temporary() string {
	dir, err := os.MkdirTemp("", "composelint-bench")
	if err != nil {
		log.Fatal(err)
	}
	return dir
}

func write(dir, name, text string) string {
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
	return path
}
