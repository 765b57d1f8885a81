package own_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules/own"
)

// TestFailures says of tests of every form what they expect and what came.
func TestFailures(t *testing.T) {
	const head = `package composelint.mine_test%d

import data.composelint.fixture
import data.composelint.mine

_web := fixture.project([fixture.service("web", {}), fixture.service("db", {})])

_is_two(x) if x == 2

_unused := mine.names

`
	cases := []struct{ name, test, want string }{
		{"a set", `test_x if mine.names == {"web", "mail"} with input as _web`,
			"line 12: mine.names == {\"web\", \"mail\"}\nexpected, and did not come: \"mail\"\ncame, and is not expected: \"db\""},
		{"a set, the other way round", `test_x if {"web"} == mine.names with input as _web`,
			"line 12: {\"web\"} == mine.names\ncame, and is not expected: \"db\""},
		{"none", `test_x if mine.names == set() with input as fixture.project([fixture.service("app", {})])`,
			"line 12: mine.names == set()\ncame, and is not expected: \"app\""},
		{"a number", `test_x if count(mine.names) == 1 with input as _web`,
			"line 12: count(mine.names) == 1\nexpected: 1\ncame: 2"},
		{"what is undefined", `test_x if mine.only == "web" with input as _web`,
			"line 12: mine.only == \"web\"\nexpected: \"web\"\ncame: undefined"},
		{"behind what holds", "test_x if {\n\tnames := mine.names with input as _web\n\tcount(names) == 2\n\tnames == {\"web\"}\n}",
			"line 15: names == {\"web\"}\ncame, and is not expected: \"db\""},
		{"a member", `test_x if "mail" in mine.names with input as _web`,
			"line 12: \"mail\" in mine.names\nmine.names: {\"db\", \"web\"}"},
		{"a negation", `test_x if not "web" in mine.names with input as _web`,
			"line 12: not \"web\" in mine.names\nmine.names: {\"db\", \"web\"}"},
		{"each of several", "test_x if {\n\tsome x in [1, 2, 1]\n\tx > 2\n}",
			"line 14: x > 2\nx: 1, and then 2"},
		{"none of none", `test_x if some name in mine.names with input as fixture.project([])`,
			"line 12: some name in mine.names\nmine.names: set()"},
		{"every", `test_x if every name in mine.names { name == "web" } with input as _web`,
			"line 12: every name in mine.names { name == \"web\" }\nmine.names: {\"db\", \"web\"}"},
		{"a function", `test_x if _is_two(3)`, "line 12: _is_two(3)"},
		{"a value", `test_x := 3 > 4`, ""},
		{"cases", "test_x[name] if {\n\tsome name, n in {\"two\": 2, \"three\": 3}\n\tn == 2\n}", "case three"},
		{"what is printed", "test_x if {\n\tprint(\"n is\", 3)\n\t1 == 2\n}", "line 14: 1 == 2\nexpected: 2\ncame: 1\nit prints: n is 3"},
		{"more elements than one reads", `test_x if {x | some x in numbers.range(1, 25)} == set()`,
			"line 12: {x | some x in numbers.range(1, 25)} == set()\n" + lines("came, and is not expected: %d", 1, 20) + "came, and is not expected: 5 more"},
		{"more lines than one reads", "test_x if {\n\tevery i in numbers.range(1, 22) { print(i) }\n\tfalse\n}",
			"line 14: false\nit prints 2 lines, and then\n" + strings.TrimSuffix(lines("it prints: %d", 3, 22), "\n")},
	}
	files := fstest.MapFS{"mine.rego": {Data: []byte(`package composelint.mine

names contains service.name if some service in input.project.services

only := name if {
	count(names) == 1
	some name in names
}
`)}}
	for i, c := range cases {
		files[fmt.Sprintf("%02d_test.rego", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, head+"%s\n", i, c.test)}
	}
	results, err := own.Test(t.Context(), base(t), []own.Directory{{Path: "p", Files: files}})
	if err != nil || len(results) != len(cases) {
		t.Fatal(results, err)
	}
	for i, c := range cases {
		if results[i].Failure == "" {
			t.Errorf("%s: it passes", c.name)
		}
		if diff := cmp.Diff(c.want, strings.Join(results[i].Details, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func lines(form string, first, last int) string {
	var b strings.Builder
	for i := first; i <= last; i++ {
		fmt.Fprintf(&b, form+"\n", i)
	}
	return b.String()
}

// TestSkipped takes no test for one that fails which its name takes out.
func TestSkipped(t *testing.T) {
	files := fstest.MapFS{"mine_test.rego": {Data: []byte("package composelint.mine_test\n\ntodo_test_x if false\n")}}
	got, err := own.Test(t.Context(), base(t), []own.Directory{{Path: "p", Files: files}})
	if err != nil {
		t.Fatal(err)
	}
	want := []own.TestResult{{Name: "composelint.mine_test.todo_test_x", File: "p/mine_test.rego", Line: 3, Skipped: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
