package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// keys is what somebody waits for who types in an editor: from a key to the diagnostics that come of it.
func keys(t *table, p programs, presses int) {
	dir := temporary()
	defer os.RemoveAll(dir)
	guide, err := os.ReadFile(filepath.Join("..", "testdata", "guide", "docker-compose.prod.yml"))
	if err != nil {
		log.Fatal(err)
	}
	large, err := os.ReadFile(project(dir, 1000))
	if err != nil {
		log.Fatal(err)
	}
	t.atMost("editor: key to diagnostics, the guide's file", 1000*typed(p.composelint, dir, string(guide), presses).wall, 50, "ms")
	t.atMost("editor: key to diagnostics, 1,000 services", 1000*typed(p.composelint, dir, string(large), presses).wall, 300, "ms")
	few, many := typed(p.composelint, dir, string(guide), 1000), typed(p.composelint, dir, string(guide), 10_000)
	t.atMost("editor: peak memory of 10,000 edits / of 1,000", many.peak/few.peak, 1.1, "")
}

// typed is the median wait of that many key presses in a text, and the memory of the server.
func typed(composelint, dir, text string, presses int) usage {
	e := startEditor(composelint, dir)
	e.send(map[string]any{"id": 1, "method": "initialize", "params": map[string]any{"rootUri": uriOf(dir), "capabilities": map[string]any{}}})
	e.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	uri := uriOf(filepath.Join(dir, "compose.yaml"))
	e.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "yaml", "version": 1, "text": text}}})
	e.wait(1)
	line := strings.Count(text[:strings.Index(text, "image:")], "\n")
	end := len(strings.Split(text, "\n")[line])
	var waits []usage
	for version := 2; version < presses+2; version++ {
		typed, until := "1", end
		if version%2 != 0 {
			typed, until = "", end+1
		}
		start := time.Now()
		e.send(map[string]any{"method": "textDocument/didChange", "params": map[string]any{
			"textDocument": map[string]any{"uri": uri, "version": version},
			"contentChanges": []any{map[string]any{"text": typed, "range": map[string]any{
				"start": map[string]any{"line": line, "character": end}, "end": map[string]any{"line": line, "character": until},
			}}},
		}})
		e.wait(version)
		waits = append(waits, usage{wall: time.Since(start).Seconds()})
	}
	return usage{wall: median(waits, func(u usage) float64 { return u.wall }), peak: e.stop()}
}

// editor is one that talks to a language server.
type editor struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func startEditor(composelint, dir string) *editor {
	c := exec.Command(composelint, "lsp", "--no-config")
	c.Dir, c.Stderr = dir, os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		log.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		log.Fatal(err)
	}
	if err := c.Start(); err != nil {
		log.Fatal(err)
	}
	return &editor{c, in, bufio.NewReaderSize(out, 1<<20)}
}

func (e *editor) send(message map[string]any) {
	message["jsonrpc"] = "2.0"
	data, err := json.Marshal(message)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(data), data); err != nil {
		log.Fatal(err)
	}
}

// wait reads messages until the diagnostics of a version come.
func (e *editor) wait(version int) {
	for {
		length := 0
		for {
			line, err := e.out.ReadString('\n')
			if err != nil {
				log.Fatal(err)
			}
			if line = strings.TrimSpace(line); line == "" {
				break
			}
			if _, err := fmt.Sscanf(line, "Content-Length: %d", &length); err != nil {
				log.Fatal(err)
			}
		}
		data := make([]byte, length)
		if _, err := io.ReadFull(e.out, data); err != nil {
			log.Fatal(err)
		}
		var message struct{ Params struct{ Version int } }
		if err := json.Unmarshal(data, &message); err == nil && message.Params.Version == version {
			return
		}
	}
}

// stop ends the server, and returns the most memory that it took, in MiB.
func (e *editor) stop() float64 {
	e.send(map[string]any{"id": 2, "method": "shutdown"})
	e.send(map[string]any{"method": "exit"})
	go func() { _, _ = io.Copy(io.Discard, e.out) }()
	if err := e.command.Wait(); err != nil {
		log.Fatal(err)
	}
	return float64(e.command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
}

func uriOf(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }
