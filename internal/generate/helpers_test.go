package generate

import (
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/rules/policy"
)

// TestHelpersPage asks every example of the helpers, and wants it to give what the page says.
func TestHelpersPage(t *testing.T) {
	page, err := helpersPage(root)
	if err != nil {
		t.Fatal(err)
	}
	fresh(t, "docs/helpers.md", page, "go generate ./docs")
}

// TestHelpersOf wants a comment above each name, and an example in that of a function.
func TestHelpersOf(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"# a is one.\na := 1", "x.a|a is one.|x.a"},
		{"# a is one\n# of b.\n#     x.a(2)\na(b) := b", "x.a|a is one of b.|x.a(2)"},
		{"# a are some.\na contains 1\n\na contains 2\n\n_b := 3", "x.a|a are some.|x.a"},
		{"a := 1", "x.rego:3: x.a needs a comment, and a function an example: an indented line of it"},
		{"# a is one.\n\na := 1", "x.rego:5: x.a needs a comment, and a function an example: an indented line of it"},
		{"# a is b.\na(b) := b", "x.rego:4: x.a needs a comment, and a function an example: an indented line of it"},
	} {
		m, err := policy.Parse("x.rego", []byte("package composelint.x\n\n"+c.text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		all, err := helpersOf(m)
		got := ""
		if err != nil {
			got = err.Error()
		}
		for _, h := range all {
			got += h.name + "|" + h.about + "|" + h.example
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestWritten breaks a value where it is long, and says how much of what is within it is left out.
func TestWritten(t *testing.T) {
	long := `"` + strings.Repeat("x", 60) + `"`
	for _, c := range []struct{ value, want string }{
		{`{"a": [1, {2}]}`, `{"a": [1, {2}]}`},
		{`[` + long + `, {` + long + `, 1}, 3]`, "[\n\t" + long + ",\n\t{1, " + long + "},\n\t3,\n]"},
		{`{"a": [` + long + `, 2, 3, 4, 5, 6, ` + long + `, 8]}`, "{\n\t\"a\": [\n\t\t" + long + ",\n\t\t2,\n\t\t3,\n\t\t4,\n\t\t# 4 more\n\t],\n}"},
	} {
		if got := written(ast.MustParseTerm(c.value), "", 4); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}
