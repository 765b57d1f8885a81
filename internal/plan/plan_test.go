package plan_test

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/composelint/composelint/internal/plan"
	"github.com/composelint/composelint/internal/plan/planner"
)

// data are what the policies of the tests see below data.test.
var data = map[string]any{"fruit": map[string]any{"apple": []any{"red", "green"}, "plum": []any{}}, "limit": 3}

const query = "data.test.q"

// input is what they get.
const input = `{"names": ["a", "b", "a"], "nested": {"x": {"y": 1}}, "wanted": "apple", "numbers": [3, 1, 2]}`

func planned(text string) (*plan.Program, error) {
	m, err := ast.ParseModule("test.rego", "package test\n\n"+text)
	if err != nil {
		return nil, err
	}
	stored, err := planner.Plan(context.Background(), planner.Policies{
		Modules: map[string]*ast.Module{"test.rego": m}, Data: data, Root: "test", Queries: []string{query},
		Builtins: ast.CapabilitiesForThisVersion(),
	})
	if err != nil {
		return nil, err
	}
	return plan.Read(string(stored)), nil
}

// byTopdown is what topdown says of the same.
func byTopdown(t *testing.T, text string) (ast.Value, error) {
	t.Helper()
	results, err := rego.New(
		rego.Query("x = "+query), rego.Module("test.rego", "package test\n\n"+text),
		rego.Store(inmem.NewFromObject(map[string]any{"test": data})), rego.ParsedInput(ast.MustParseTerm(input).Value),
	).Eval(t.Context())
	if err != nil || len(results) == 0 {
		return nil, err
	}
	return ast.MustInterfaceToValue(results[0].Bindings["x"]), nil
}

// TestStatements asks the plan and topdown the same, of each kind of statement, twice: the
// second time values are known.
func TestStatements(t *testing.T) {
	for name, text := range map[string]string{
		"constants":                 `q := [null, true, 1, "a", {"k": {1, 2}}, 1.5, -2, 1e3]`,
		"a value of the input":      `q := input.nested.x.y`,
		"no such value":             `q := input.nested.z.y`,
		"a key of a text":           `q := input.wanted.y`,
		"an item":                   `q := [input.names[1], data.test.fruit.apple[0]]`,
		"an item beyond the end":    `q := input.names[3]`,
		"data by a value":           `q := data.test.fruit[input.wanted]`,
		"no such data":              `q := data.test.vegetables`,
		"a comprehension":           `q := [n | some n in input.names]`,
		"a set":                     `q := [n | some n in {n | some n in input.names}]`,
		"an object":                 `q := {i: n | some i, n in input.names}`,
		"data in order":             `q := [[k, v] | some k, v in data.test.fruit]`,
		"a scan of a number":        `q := [x | some x in data.test.limit]`,
		"not":                       `q if not input.nested.z`,
		"not undefined":             `q if not input.nested.x`,
		"not of a rule":             "q if not r\n\nr if input.names[_] == \"c\"",
		"every":                     `q if every n in input.numbers { n <= data.test.limit }`,
		"every but one":             `q if every n in input.numbers { n < data.test.limit }`,
		"not of a loop, again":      "import future.keywords.not\n\nq := {n | some n in input.numbers; not { some m in [1]; m == n }}",
		"a rule by a number":        "q := [data.test.r[n] | some n in input.numbers]\n\nr[\"\"] := 1",
		"a default":                 "default q := \"none\"\n\nq := \"some\" if input.nested.z",
		"else":                      "q := 1 if {\n\tinput.nested.z\n} else := 2 if {\n\tinput.nested.x\n} else := 3",
		"a partial set":             "q contains n if some n in input.names\n\nq contains \"z\"",
		"a partial object":          "q[n] := i if some i, n in input.numbers",
		"an object of sets":         "q[n] contains i if some i, n in input.names\n\nq[\"b\"] contains 7",
		"an object of objects":      "q[n][i] := 1 if some i, n in input.names",
		"a function":                "q := [f(n) | some n in input.numbers]\n\nf(1) := \"one\"\n\nf(n) := n * 2 if n > 1",
		"functions in functions":    "q := f(f(input.numbers[0]))\n\nf(n) := g(n, 1) + n\n\ng(n, m) := n - m",
		"a function of an array":    "q := [f(p) | some p in [[1, 2], [3], [1, 4]]]\n\nf([1, x]) := x",
		"a rule by its name":        "q := {n: v | some n in [\"a\", \"c\"]; v := data.test.r[n]}\n\nr.a := 1\n\nr.b := 2",
		"a builtin":                 `q := [concat("-", input.names), count(input.names), sort(input.numbers), regex.match("^a", input.wanted)]`,
		"an error of a builtin":     `q := to_number(input.wanted)`,
		"a template":                `q := $"{input.wanted} and {input.nested.z}"`,
		"a union":                   `q := {1, 2} | {n | some n in input.numbers}`,
		"an equal number":           `q if input.numbers[0] == 3.0`,
		"the same twice":            "q := 1\n\nq := 1 if input.names",
		"what depends on data":      "q := [r, r]\n\nr := {k | some k, _ in data.test.fruit}",
		"one object key, one value": `q := {n: 1 | some n in input.names}`,
	} {
		t.Run(name, func(t *testing.T) {
			want, err := byTopdown(t, text)
			if err != nil {
				t.Fatal(err)
			}
			program, err := planned(text)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				got, err := program.Query(t.Context(), query, ast.MustParseTerm(input).Value)
				if err != nil {
					t.Fatal(err)
				}
				if got != nil {
					got = ast.MustInterfaceToValue(must(ast.JSON(got)))
				}
				if (got == nil) != (want == nil) || got != nil && got.Compare(want) != 0 {
					t.Errorf("got %v, want %v", got, want)
				}
			}
		})
	}
}

func must(v any, err error) any {
	if err != nil {
		panic(err)
	}
	return v
}

// TestConflicts wants an error where topdown has one, with the same code and message; topdown adds
// the values and where they are from.
func TestConflicts(t *testing.T) {
	for name, text := range map[string]string{
		"rules":            "q := n if some n in input.numbers",
		"functions":        "q := f(1)\n\nf(x) := 1 if x > 0\n\nf(x) := 2 if x < 2",
		"keys":             "q := {\"k\": n | some n in input.numbers}",
		"keys of a rule":   "q[k] := n if {\n\tk := \"k\"\n\tsome n in input.numbers\n}",
		"a rule in a rule": "q := [r]\n\nr := 1 if input.names\n\nr := 2 if input.names",
	} {
		t.Run(name, func(t *testing.T) {
			_, wantErr := byTopdown(t, text)
			program, err := planned(text)
			if err != nil {
				t.Fatal(err)
			}
			_, gotErr := program.Query(t.Context(), query, ast.MustParseTerm(input).Value)
			var got, want *topdown.Error
			if !errors.As(gotErr, &got) || !errors.As(wantErr, &want) || got.Code != want.Code || got.Message != firstLine(want.Message) {
				t.Errorf("got  %v\nwant %v", gotErr, wantErr)
			}
		})
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSuffix(line, ":")
}

// TestCancelled wants a query to end with its context, inside of loops and of builtins.
func TestCancelled(t *testing.T) {
	const loop = "numbers.range(1, 300)"
	for name, text := range map[string]string{
		"loops":     "q := count([1 | some a in " + loop + "; some b in " + loop + "; some c in " + loop + "; a + b == c * 1000])",
		"a builtin": "q := count(numbers.range(1, 200000000))",
	} {
		t.Run(name, func(t *testing.T) {
			program, err := planned(text)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			if _, err := program.Query(ctx, query, nil); !topdown.IsCancel(err) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// TestSideBySide has several goroutines ask a program that nobody has asked yet: they make the
// constants, and what depends on the data alone.
func TestSideBySide(t *testing.T) {
	program, err := planned("q := [r, s, [n | some n in s; n in {x | some x in input.names}], data.test.fruit[input.wanted]]\n\nr := {k: v | some k, v in data.test.fruit}\n\ns := {\"b\", \"a\"} | {k | some k, _ in r}")
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"apple": ["red", "green"], "plum": []}, {"a", "apple", "b", "plum"}, ["a", "b"], ["red", "green"]]`
	var askers sync.WaitGroup
	for range 8 {
		askers.Go(func() {
			got, err := program.Query(t.Context(), query, ast.MustParseTerm(input).Value)
			if err != nil || got.String() != want {
				t.Errorf("got %v, error %v, want %s", got, err, want)
			}
		})
	}
	askers.Wait()
}

// chosen is a query that chooses among rules which share others, one of which is undefined.
const chosen = `q[n] := data.test.rules[n] if some n in input.chosen

rules.a := [s, count(t), more(3)]

rules.b := {x | some x in t; x > 7} | s

rules.c := s & {x | some x in [11, "b"]} if count(t) > 2

rules.d := intersection({s, t}) if count(t) > 1000

rules.e := [x | some x in s] if s

s := {"b", "a"} | {x | some x in t; x > 9}

t := {y | some x in numbers.range(1, input.size); y := (x * 7919) % 20011}

more(n) := data.test.limit + n`

// TestAhead wants the same of what is asked ahead, side by side, as of what is asked when it is needed.
func TestAhead(t *testing.T) {
	program, err := planned(chosen)
	if err != nil {
		t.Fatal(err)
	}
	const input = `{"chosen": ["a", "b", "c", "d", "e", "none"], "size": 300}`
	want, err := program.Query(t.Context(), query, ast.MustParseTerm(input).Value)
	if err != nil || want.(ast.Object).Len() != 4 {
		t.Fatalf("got %v, error %v", want, err)
	}
	for range 20 {
		got, err := program.For(large).Query(t.Context(), query, ast.MustParseTerm(input).Value, "a", "b", "c", "d", "e", "none")
		if err != nil || got.Compare(want) != 0 {
			t.Fatalf("got  %v, error %v\nwant %v", got, err, want)
		}
	}
}

// large is a size of files at which there are several workers.
const large = 1_000_000

// TestStepsAhead wants several workers to have as many steps in all as one has.
func TestStepsAhead(t *testing.T) {
	program, err := planned(chosen)
	if err != nil {
		t.Fatal(err)
	}
	in := ast.MustParseTerm(`{"chosen": ["a", "b", "c", "d", "e"], "size": 3000}`).Value
	enough := sort.Search(1_000_000, func(limit int) bool {
		program.LimitSteps(limit)
		_, err := program.Query(t.Context(), query, in)
		return err == nil
	})
	for limit, within := range map[int]bool{enough: true, enough - 1: false, 100: false} {
		program.LimitSteps(limit)
		_, err := program.For(large).Query(t.Context(), query, in, "a", "b", "c", "d", "e")
		if within != (err == nil) || err != nil && err.Error() != fmt.Sprintf("it takes more than the limit of %d steps", limit) {
			t.Errorf("of %d with a limit of %d: %v", enough, limit, err)
		}
	}
}

// TestSharedSet walks a set that all evaluations share while others unite it with another: OPA
// sorts a set when it is first walked.
func TestSharedSet(t *testing.T) {
	for range 20 {
		program, err := planned("q := count(s | {input.wanted}) if input.walk == false else := count([x | some x in s])\n\ns := {y | some x in numbers.range(1, 3000); y := (x * 7919) % 20011}")
		if err != nil {
			t.Fatal(err)
		}
		var askers sync.WaitGroup
		for i := range 8 {
			askers.Go(func() {
				in, want := `{"walk": false, "wanted": "x"}`, "3001"
				if i%2 == 0 {
					in, want = `{"walk": true}`, "3000"
				}
				got, err := program.Query(t.Context(), query, ast.MustParseTerm(in).Value)
				if err != nil || got.String() != want {
					t.Errorf("got %v, error %v, want %s", got, err, want)
				}
			})
		}
		askers.Wait()
	}
}

// TestManyLocals is refused when it is planned: an operand has room for half as many numbers as a
// word.
func TestManyLocals(t *testing.T) {
	var text strings.Builder
	text.WriteString("q := y if {\n")
	for i := range 8_500 {
		fmt.Fprintf(&text, "  x%d := data.test.fruit.apple\n", i)
	}
	text.WriteString("  y := [input.wanted, input.names]\n}\n")
	if _, err := planned(text.String()); err == nil || !strings.Contains(err.Error(), "locals are more than an operand can name") {
		t.Errorf("the error is %v", err)
	}
}

// TestGrown looks objects up that grew after they were in another one. Topdown does not find them:
// the hash by which a set finds an object is that of what it was.
func TestGrown(t *testing.T) {
	for text, object := range map[string]string{
		"p[n] contains i if some i, n in input.names":    `{"a": {0, 2}, "b": {1}}`,
		"p[n][n] contains i if some i, n in input.names": `{"a": {"a": {0, 2}}, "b": {"b": {1}}}`,
		"p[1][n] := true if some n in input.names":       `{1: {"a": true, "b": true}}`,
	} {
		program, err := planned("q := [p, p in {" + object + "}]\n\n" + text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := program.Query(t.Context(), query, ast.MustParseTerm(input).Value)
		if err != nil {
			t.Fatal(err)
		}
		if want := "[" + object + ", true]"; got.String() != want {
			t.Errorf("%s\ngot  %v\nwant %s", text, got, want)
		}
	}
}

// TestCancelledBefore asks when nobody waits for the answer any more.
func TestCancelledBefore(t *testing.T) {
	program, err := planned("q := 1")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := program.Query(ctx, query, nil); got != nil || !topdown.IsCancel(err) {
		t.Errorf("got %v, error %v", got, err)
	}
}

// TestNoInput asks with an input that is undefined.
func TestNoInput(t *testing.T) {
	program, err := planned("q := [[1 | input == 1], [1 | input.a != 1], [1 | f(input)], [1 | not input]]\n\nf(_) := true")
	if err != nil {
		t.Fatal(err)
	}
	got, err := program.Query(t.Context(), query, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "[[], [], [], [1]]"; got.String() != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// TestSteps ends what takes too many steps: those of loops, of functions and of builtins that get
// something large. What depends on the data alone counts for no query.
func TestSteps(t *testing.T) {
	const limit = 1000
	for text, within := range map[string]bool{
		`q := [1 | some _ in numbers.range(1, 450)]`:                                                                                      true,
		`q := [1 | some _ in numbers.range(1, 40); some _ in input.names; some _ in [1, 2, 3, 4, 5, 6, 7, 8]]`:                            false,
		`q := [f(x) | some x in numbers.range(1, 300)]` + "\n\nf(x) := [x | some _ in [1, 2, 3]]":                                         false,
		`q := [x | some _ in numbers.range(1, 20); x := sum(r)]` + "\n\nr := numbers.range(count(input), 100)":                            false,
		`q := [x | some _ in numbers.range(1, 20); x := r[50]]` + "\n\nr := numbers.range(count(input), 100)":                             true,
		`q := [x | some _ in numbers.range(1, 20); x := 7 in r]` + "\n\nr := {x | some x in numbers.range(count(input), 100)}":            true,
		`q := [1 | some _ in numbers.range(1, 20); object.union_n([r])]` + "\n\nr := {x: x | some x in numbers.range(count(input), 100)}": false,
		`q := count(r) + count(input)` + "\n\nr := [1 | some _ in numbers.range(1, 20); some _ in numbers.range(1, 20)]":                  true,
	} {
		program, err := planned(text)
		if err != nil {
			t.Fatal(err)
		}
		program.LimitSteps(limit)
		_, err = program.Query(t.Context(), query, ast.MustParseTerm(input).Value)
		if within && err != nil || !within && (err == nil || err.Error() != "it takes more than the limit of 1000 steps") {
			t.Errorf("%s: within the limit %v, %v", text, within, err)
		}
	}
}

// TestDatum reads the data.
func TestDatum(t *testing.T) {
	program, err := planned("q := 1")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"limit": "3", "fruit.apple": `["red", "green"]`, "fruit.pear": "<nil>", "vegetables": "<nil>", "limit.x": "<nil>"} {
		got := "<nil>"
		if v := program.Datum(strings.Split(path, ".")...); v != nil {
			got = v.String()
		}
		if got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}
