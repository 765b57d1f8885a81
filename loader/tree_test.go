package loader_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader"
)

// TestTreeKnowsKeys finds Compose files whose names do not tell that they are some, where docker
// compose reads what composelint does not: in another encoding, and beyond its limits.
func TestTreeKnowsKeys(t *testing.T) {
	const service = "services: {a: {image: b}}\n"
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"UTF-16":                        {encoded(binary.LittleEndian, service), true},
		"UTF-16, the other way":         {encoded(binary.BigEndian, service), true},
		"UTF-16 of something else":      {encoded(binary.LittleEndian, "paths: {a: {image: b}}\n"), false},
		"UTF-8 with a mark":             {"\ufeff" + service, true},
		"too many documents":            {service + strings.Repeat("---\n", 1000), true},
		"a text that is too long":       {service + "x-a: " + strings.Repeat("a", 64<<10+1) + "\n", true},
		"a key with an escape and more": {"\"servi\\x63es\": {a: {image: b}}\nx-a: " + strings.Repeat("a", 64<<10+1) + "\n", true},
		"a lock file that is too long":  {"lockfileVersion: 9\nservices: " + strings.Repeat("a", 64<<10+1) + "\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "stack.yml")
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			found, passed, errs := loader.Tree(dir, nil, false)
			if len(passed) > 0 || len(errs) > 0 {
				t.Errorf("passed over %q, errors %v", passed, errs)
			}
			var want []loader.Found
			if c.want {
				want = []loader.Found{{Files: []string{file}, Part: true}}
			}
			if diff := cmp.Diff(want, found); diff != "" {
				t.Errorf("projects (-want +got):\n%s", diff)
			}
		})
	}
}

// encoded is a text in UTF-16 with a byte order mark.
func encoded(order binary.AppendByteOrder, text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}
