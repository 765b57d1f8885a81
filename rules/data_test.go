package rules_test

import (
	"encoding/json"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules"
)

// files is a file system of texts by name.
func files(texts map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range texts {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// TestParseData puts each file under its own name, and one of a directory under that of
// the directory as well.
func TestParseData(t *testing.T) {
	got, err := rules.ParseData(files(map[string]string{
		"data/hosts.json":          `["a"]`,
		"data/proxies/nginx.json":  `{"port": 2375}`,
		"data/proxies/caddy.json":  `{"port": 2376}`,
		"data/proxies/readme.md":   `not data`,
		"data/proxies/a/deep.json": `{}`,
		"other.json":               `{}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"composelint": map[string]any{
		"hosts": []any{"a"},
		"proxies": map[string]any{
			"caddy": map[string]any{"port": json.Number("2376")},
			"nginx": map[string]any{"port": json.Number("2375")},
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("data (-want +got):\n%s", diff)
	}
}

// TestParseDataErrors names the file that is wrong.
func TestParseDataErrors(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"no JSON": {
			map[string]string{"data/proxies/nginx.json": `{`},
			`could not read "data/proxies/nginx.json": unexpected EOF`,
		},
		"file and directory of one name": {
			map[string]string{"data/proxies.json": `{}`, "data/proxies/nginx.json": `{}`},
			`could not read "data/proxies/nginx.json": "data/proxies.json" defines the same name: keep the file or the directory`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := rules.ParseData(files(c.files)); err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}
