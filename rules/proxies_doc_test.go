package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules/config"
	"github.com/composelint/composelint/rules/own"
	"github.com/composelint/composelint/rules/policy"
)

const proxiesPage = "../docs/proxies.md"

// TestProxiesPage does what the page says: it lays the example's file over the policies, and
// gets the verdicts of the table.
func TestProxiesPage(t *testing.T) {
	page := readPage(t)
	proxy := block(t, page, "json")
	checkRules(t, decode[proxyKind](t, proxiesPage, []byte(proxy)), decode[proxyKind](t, proxiesPage, []byte(proxy)).Rules)
	programs, err := own.Read(t.Context(), own.Base{Files: policies.FS, Prepared: once(t, theProgram).Datum(policy.Prepared)}, []own.Directory{{
		Path: "own", Files: fstest.MapFS{"data/proxies/docker-gate.json": {Data: []byte(proxy)}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "compose.yaml")
	if err := os.WriteFile(file, []byte(block(t, page[strings.Index(page, "With this Compose file"):], "yaml")), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := loader.Load(t.Context(), loader.Options{Files: []string{file}})
	if err != nil {
		t.Fatal(err)
	}
	_, review, err := newEngine(t, programs.Extended).Review(t.Context(), p.Input(model.Config{Enabled: []string{}, Roles: config.Default().Roles}), p.Sources)
	if err != nil {
		t.Fatal(err)
	}
	if len(review.DockerAPI) != 1 {
		t.Fatalf("the project has %d socket proxies", len(review.DockerAPI))
	}
	want := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| (?:`(\\w+)` )?\\|$").FindAllStringSubmatch(page, -1) {
		want[row[1]] = row[2] + " " + row[3]
	}
	got := map[string]string{}
	allowed, all := 0, 0
	for _, o := range review.DockerAPI[0].Operations {
		if want[o.OperationID] != "" {
			got[o.OperationID] = o.Verdict + " " + o.Flag
		}
		if o.Spec {
			all++
			if o.Verdict == "allow" {
				allowed++
			}
		}
	}
	if len(want) == 0 {
		t.Error("the page has no table of verdicts")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts (-page +got):\n%s", diff)
	}
	if says := fmt.Sprintf("%d of the %d operations are allowed", allowed, all); !strings.Contains(page, says) {
		t.Errorf("the page does not say that %s", says)
	}
}

// TestProxiesPageIsWhole wants every field of a kind on the page.
func TestProxiesPageIsWhole(t *testing.T) {
	page := readPage(t)
	var check func(reflect.Type)
	check = func(of reflect.Type) {
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice:
			check(of.Elem())
		case reflect.Map:
			check(of.Elem())
		case reflect.Struct:
			for i := range of.NumField() {
				field := of.Field(i)
				if name := field.Tag.Get("json"); name != "" && !strings.Contains(page, "`"+name+"`") {
					t.Errorf("the page does not describe %q", name)
				}
				check(field.Type)
			}
		}
	}
	check(reflect.TypeFor[proxyKind]())
}

func readPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(proxiesPage)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// block is the first block of a language in a page.
func block(t *testing.T, page, language string) string {
	t.Helper()
	_, after, ok := strings.Cut(page, "```"+language+"\n")
	text, _, closed := strings.Cut(after, "```")
	if !ok || !closed {
		t.Fatalf("there is no block of %s", language)
	}
	return text
}
