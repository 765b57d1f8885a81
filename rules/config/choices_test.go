package config_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/rules/config"
)

// TestChoices says what can be written where.
func TestChoices(t *testing.T) {
	type choices = []config.Choice
	levels := choices{{Text: "off"}, {Text: "note"}, {Text: "warning"}, {Text: "error"}}
	ids := choices{{Text: "host-network", Kind: "a string"}, {Text: "privileged", Kind: "a string"}}
	for _, c := range []struct {
		path   yamltree.Path
		isKey  bool
		want   choices
		refers string
	}{
		{yamltree.Path{"rules", "x"}, true, ids, ""},
		{yamltree.Path{"rules", "privileged"}, false, levels, ""},
		{yamltree.Path{"rules", "privileged", "services", "x"}, true, nil, "services"},
		{yamltree.Path{"rules", "privileged", "services", "web"}, false, levels, ""},
		{yamltree.Path{"overrides", "[0]", "rules", "x"}, true, ids, ""},
		{yamltree.Path{"overrides", "[0]"}, false, choices{
			{"files", "the files that it is about, as lines of a .gitignore file beside this one", "a list"},
			{"rules", "what the findings of rules count as there", "a mapping"},
		}, ""},
		{yamltree.Path{"exceptions", "[0]", "rule"}, false, choices{{Text: "host-network"}, {Text: "privileged"}}, ""},
		{yamltree.Path{"exceptions", "[0]", "service"}, false, nil, "services"},
		{yamltree.Path{"roles", "proxies", "x"}, true, nil, "services"},
		{yamltree.Path{"roles", "proxies", "web"}, false, choices{{Text: "nginx"}, {Text: "tecnativa"}}, ""},
		{yamltree.Path{"roles", "networks", "[0]"}, false, nil, "networks"},
		{yamltree.Path{"strict"}, false, choices{{Text: "true"}, {Text: "false"}}, ""},
		{yamltree.Path{"variables", "[0]"}, false, nil, ""},
		{yamltree.Path{"registries", "x"}, true, nil, ""},
		{yamltree.Path{"unknown", "x"}, true, nil, ""},
		{yamltree.Path{"strict", "[0]"}, false, nil, ""},
		{yamltree.Path{}, false, nil, ""},
	} {
		got, refers := config.Choices(known, c.path, c.isKey)
		if diff := cmp.Diff(c.want, got); diff != "" || refers != c.refers {
			t.Errorf("%s, a key: %v: it refers to %q (-want +got):\n%s", c.path.At(), c.isKey, refers, diff)
		}
	}
}
