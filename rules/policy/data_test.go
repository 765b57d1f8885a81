package policy_test

import (
	"encoding/json"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules/policy"
)

// files is a file system of texts by name.
func files(texts map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range texts {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// TestData puts each file under its own name, and one of a directory under that of
// the directory as well.
func TestData(t *testing.T) {
	got, err := policy.Read(files(map[string]string{
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
	want := map[string]any{
		"hosts": []any{"a"},
		"proxies": map[string]any{
			"caddy": map[string]any{"port": json.Number("2376")},
			"nginx": map[string]any{"port": json.Number("2375")},
		},
	}
	if diff := cmp.Diff(want, got.Data); diff != "" {
		t.Errorf("data (-want +got):\n%s", diff)
	}
}

// TestDataErrors names the file that is wrong.
func TestDataErrors(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"no JSON": {
			map[string]string{"data/proxies/nginx.json": `{`},
			`could not read the policies: could not read "data/proxies/nginx.json": unexpected EOF`,
		},
		"file and directory of one name": {
			map[string]string{"data/proxies.json": `{}`, "data/proxies/nginx.json": `{}`},
			`could not read the policies: could not read "data/proxies/nginx.json": "data/proxies.json" defines the same name: keep the file or the directory`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := policy.Read(files(c.files)); err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestNames lists the keys of objects and the ids in arrays, and nothing of what is not
// there or is neither.
func TestNames(t *testing.T) {
	set, err := policy.Read(files(map[string]string{
		"composelint.rego":        "package composelint\n\nfindings := set()\n",
		"data/proxies/nginx.json": `{"port": 2375}`,
		"data/proxies/caddy.json": `{}`,
		"data/docker_api.json":    `{"operations": [{"id": "SystemPing"}, {"id": "ContainerList"}, {"path": "/"}, "x"], "version": "1.51"}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	p, err := set.Program()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ under, want []string }{
		{nil, []string{"docker_api", "proxies"}},
		{[]string{"proxies"}, []string{"caddy", "nginx"}},
		{[]string{"proxies", "nginx"}, []string{"port"}},
		{[]string{"docker_api", "operations"}, []string{"ContainerList", "SystemPing"}},
		{[]string{"docker_api", "version"}, []string{}},
		{[]string{"docker_api", "version", "major"}, []string{}},
		{[]string{"consumers"}, []string{}},
	} {
		if diff := cmp.Diff(c.want, p.Names(c.under...)); diff != "" {
			t.Errorf("names under %q (-want +got):\n%s", c.under, diff)
		}
	}
}
