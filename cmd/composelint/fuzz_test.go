package main

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	files "github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/report"
)

// FuzzReport wants every format to say something of any file: without an internal error, in the form
// that its readers expect, and with no character that steers a terminal.
func FuzzReport(f *testing.F) {
	for i, text := range files.Files(f) {
		if i%10 == 0 { // each takes a dozen runs
			f.Add(text)
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, "compose.yaml"), text, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, format := range report.FormatNames() {
			stdout, stderr, status := run(t, dir, "--no-config", "--strict", "--format", format, "compose.yaml")
			if status == statusTrouble && stderr == "" && !strings.Contains(stdout, "invalid-compose") {
				t.Errorf("%s: the status is %d, and nothing says why", format, status)
			}
			if said := stdout + stderr; strings.Contains(said, "internal error") || strings.Contains(said, "could not evaluate") {
				t.Errorf("%s: %s", format, stderr)
			}
			if i := strings.IndexFunc(stdout+stderr, steers); i >= 0 {
				t.Errorf("%s: a control character at %d", format, i)
			}
			wellFormed(t, format, stdout, status)
		}
	})
}

func steers(r rune) bool { return r != '\n' && unicode.IsControl(r) }

// wellFormed reads what is written for programs.
func wellFormed(t *testing.T, format, text string, status int) {
	t.Helper()
	switch format {
	case "json", "sarif", "gitlab", "rdjson":
		if text == "" && status == statusTrouble {
			return // no project could be judged
		}
		if !json.Valid([]byte(text)) {
			t.Errorf("%s is no JSON", format)
		}
	case "junit":
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := d.Token(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatalf("junit: %v", err)
			}
		}
	}
}
