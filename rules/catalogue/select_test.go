package catalogue_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules/catalogue"
)

func TestChoose(t *testing.T) {
	c := catalogue.Catalogue{
		{ID: "host-network", Facts: catalogue.Facts{Set: "default"}},
		{ID: "host-pid", Facts: catalogue.Facts{Set: "default"}},
		{ID: "host-uts", Facts: catalogue.Facts{Set: "strict"}},
		{ID: "privileged", Facts: catalogue.Facts{Set: "default"}},
	}
	for _, test := range []struct {
		name string
		catalogue.Selection
		want []string
		err  string
	}{
		{name: "default", want: []string{"host-network", "host-pid", "privileged"}},
		{name: "strict", Selection: catalogue.Selection{Strict: true}, want: []string{"host-network", "host-pid", "host-uts", "privileged"}},
		{name: "in some files", Selection: catalogue.Selection{Levels: map[string]catalogue.Levels{
			"host-pid":   {Everywhere: "off", Files: []catalogue.FileLevels{{Everywhere: "off"}}},
			"host-uts":   {Files: []catalogue.FileLevels{{Services: map[string]string{"app": "note"}}}},
			"privileged": {Files: []catalogue.FileLevels{{Everywhere: "off"}}},
		}}, want: []string{"host-network", "host-uts", "privileged"}},
		{name: "select", Selection: catalogue.Selection{Select: []string{"privileged"}}, want: []string{"privileged"}},
		{name: "select a pattern, of any set", Selection: catalogue.Selection{Select: []string{"host-*", "privileged"}}, want: []string{"host-network", "host-pid", "host-uts", "privileged"}},
		{name: "required", Selection: catalogue.Selection{Required: []string{"host-uts", "privileged"}, Levels: map[string]catalogue.Levels{"privileged": {Everywhere: "off"}}}, want: []string{"host-network", "host-pid", "host-uts", "privileged"}},
		{name: "required beside select", Selection: catalogue.Selection{Select: []string{"host-pid"}, Required: []string{"host-uts"}}, want: []string{"host-pid", "host-uts"}},
		{name: "ignore what is required", Selection: catalogue.Selection{Required: []string{"host-uts"}, Ignore: []string{"host-*"}}, want: []string{"privileged"}},
		{name: "ignore", Selection: catalogue.Selection{Ignore: []string{"host-*"}}, want: []string{"privileged"}},
		{name: "ignore what is selected", Selection: catalogue.Selection{Select: []string{"host-*"}, Ignore: []string{"host-pid"}}, want: []string{"host-network", "host-uts"}},
		{name: "ignore all", Selection: catalogue.Selection{Ignore: []string{"*"}}, want: []string{}},
		{name: "a slip", Selection: catalogue.Selection{Select: []string{"host-pdi"}}, err: `--select: there is no rule "host-pdi": did you mean "host-pid"?`},
		{name: "nothing near", Selection: catalogue.Selection{Ignore: []string{"nonsense"}}, err: `--ignore: there is no rule "nonsense": see --list-rules`},
		{name: "no rule fits", Selection: catalogue.Selection{Ignore: []string{"net-*"}}, err: `--ignore: no rule fits "net-*": see --list-rules`},
		{name: "no pattern", Selection: catalogue.Selection{Ignore: []string{"host-["}}, err: `--ignore: "host-[" is no pattern: write a rule's id, with * for any letters`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := c.Choose(test.Selection)
			message := ""
			if err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(test.err, message); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, got.Rules); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestFiles names files by patterns, as seen from the directory of a configuration.
func TestFiles(t *testing.T) {
	for _, test := range []struct {
		directory string
		patterns  []string
		has, not  []string
	}{
		{".", []string{"compose.dev.yaml"}, []string{"compose.dev.yaml", "a/b/compose.dev.yaml"}, []string{"compose.yaml"}},
		{".", []string{"/compose.yaml"}, []string{"compose.yaml"}, []string{"a/compose.yaml"}},
		{".", []string{"test/"}, []string{"test/compose.yaml", "a/test/b/c.yaml"}, []string{"test", "tests/c.yaml"}},
		{".", []string{"test/**", "*.dev.*"}, []string{"test/a/b.yaml", "x/a.dev.yml"}, []string{"a/test/b.yaml"}},
		{"deploy", []string{"a.yaml", "b/*.yaml"}, []string{"deploy/a.yaml", "deploy/x/a.yaml", "deploy/b/c.yaml"}, []string{"a.yaml", "deploys/a.yaml", "deploy/b/c/d.yaml"}},
		{".", []string{"*.yaml", "!compose.yaml"}, []string{"a.yaml"}, []string{"compose.yaml"}},
	} {
		files := catalogue.Files{Directory: test.directory, Patterns: test.patterns}
		for _, path := range test.has {
			if !files.Have(path) {
				t.Errorf("%v lacks %q", files, path)
			}
		}
		for _, path := range test.not {
			if files.Have(path) {
				t.Errorf("%v has %q", files, path)
			}
		}
	}
}
