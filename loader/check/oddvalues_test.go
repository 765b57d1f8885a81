package check

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/compose/composetest"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// oddValues replace every value of testdata/check/every-attribute.yml in turn.
var oddValues = []any{
	nil, "", "x", "-1", "10q", "5 parsecs", "1.5", "x:y ", "it's", "FOO =bar", "service:nobody",
	0, 7, -1, 1.5, 1e20, true, []any{}, []any{"a"}, []any{"B =1"}, []any{1}, map[string]any{}, map[string]any{"x-a": "b"},
}

var everyValue = flag.Bool("every-value", false, "try every odd value at every place, not a sixth of them")

// TestOddValues replaces every value of a project that has every attribute, and holds
// whether it is reported against whether compose-go refuses it.
func TestOddValues(t *testing.T) {
	text, err := os.ReadFile("testdata/every-attribute.yml")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", "~")
	t.Chdir(t.TempDir())
	documents, _, _ := yamltree.Parse(yamltree.NewSource(&model.File{Path: "every-attribute.yml", Text: text}))
	base := documents[0]
	accepted, refused := 0, 0
	for i, keys := range valuePaths(base, nil) {
		for j, value := range oddValues {
			if (i+j)%6 != 0 && !*everyValue {
				continue
			}
			plain := base.Plain().(map[string]any)
			setValue(plain, keys, value)
			reduce(plain, keys)
			if sameVerdict(t, plain, keys, value) {
				accepted++
			} else {
				refused++
			}
		}
	}
	t.Logf("%d accepted and %d refused by both", accepted, refused)
}

// valuePaths are the paths of keys and indexes to all values.
func valuePaths(n *yamltree.Node, at []string) [][]string {
	var all [][]string
	if len(at) > 0 {
		all = append(all, slices.Clone(at))
	}
	for _, key := range n.Keys() {
		all = append(all, valuePaths(n.Fields[key], append(at, key))...)
	}
	for i, item := range n.Items {
		all = append(all, valuePaths(item, append(at, strconv.Itoa(i)))...)
	}
	return all
}

func setValue(plain any, keys []string, value any) {
	key, rest := keys[0], keys[1:]
	switch v := plain.(type) {
	case map[string]any:
		if len(rest) == 0 {
			v[key] = value
		} else {
			setValue(v[key], rest, value)
		}
	case []any:
		i, _ := strconv.Atoi(key)
		if len(rest) == 0 {
			v[i] = value
		} else {
			setValue(v[i], rest, value)
		}
	}
}

// reduce leaves nothing of the service web but its image and the attribute on the path,
// which makes the test ten times as fast.
func reduce(plain map[string]any, keys []string) {
	services, _ := plain["services"].(map[string]any)
	web, ok := services["web"].(map[string]any)
	if !ok {
		return
	}
	kept := map[string]any{"image": web["image"]}
	if len(keys) > 2 && keys[1] == "web" {
		kept[keys[2]] = web[keys[2]]
	}
	services["web"] = kept
}

// sameVerdict writes a project and says whether it is accepted. The test fails where only
// one of both accepts it.
func sameVerdict(t *testing.T, plain any, keys []string, value any) (accepted bool) {
	t.Helper()
	text, err := json.Marshal(plain) // which is YAML, too
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("compose.yml", text, 0o600); err != nil {
		t.Fatal(err)
	}
	o := compose.Options{Files: []string{"compose.yml"}}
	problems, _ := verdict(t, o)
	err = composetest.Verdict(t, o)
	switch {
	case err != nil && len(problems) == 0:
		t.Errorf("%q = %#v: compose-go refuses it, nothing is reported: %v", keys, value, err)
	case err == nil && len(problems) > 0:
		t.Errorf("%q = %#v: compose-go accepts it: %s: %s", keys, value, problems[0].At, problems[0].Message)
	}
	return err == nil
}
