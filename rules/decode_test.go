package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/rules"
)

type decoded struct {
	decodedPart
	Names   []string    `json:"names"`
	Pairs   [][2]string `json:"pairs"`
	Certain bool        `json:"certain"`
	Guide   int         `json:"guide"`
	Hidden  string      `json:"-"`
}

type decodedPart struct {
	Title string `json:"title"`
}

// TestDecode reads a value as what a policy is to return.
func TestDecode(t *testing.T) {
	var got decoded
	value := ast.MustParseTerm(`{"title": "t", "names": {"b", "a"}, "pairs": [["a", "b"]], "certain": true, "guide": 7}`).Value
	if err := rules.Decode(value, &got); err != nil {
		t.Fatal(err)
	}
	want := decoded{decodedPart: decodedPart{"t"}, Names: []string{"a", "b"}, Pairs: [][2]string{{"a", "b"}}, Certain: true, Guide: 7}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(decoded{})); diff != "" {
		t.Errorf("decoded (-want +got):\n%s", diff)
	}
}

// TestDecodeErrors refuses what a policy is not to return.
func TestDecodeErrors(t *testing.T) {
	for value, want := range map[string]string{
		`{"titel": "t"}`:            `"titel" is no field of a rules_test.decoded`,
		`{"hidden": "t"}`:           `"hidden" is no field of a rules_test.decoded`,
		`{"title": 1}`:              `title: 1 is no string`,
		`{"title": null}`:           `title: null is no string`,
		`{"guide": 1.5}`:            `guide: 1.5 is no int`,
		`{"certain": "yes"}`:        `certain: "yes" is no bool`,
		`{"names": {"a": 1}}`:       `names: {"a": 1} is no []string`,
		`{"pairs": [["a"]]}`:        `pairs: 1 items are no [2]string`,
		`{"pairs": [["a", ["b"]]]}`: `pairs: 1 items are no string`,
		`[]`:                        `0 items are no rules_test.decoded`,
	} {
		if err := rules.Decode(ast.MustParseTerm(value).Value, new(decoded)); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", value, err, want)
		}
	}
}
