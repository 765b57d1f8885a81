package template

import (
	"errors"
	"strings"
	"testing"

	composetemplate "github.com/compose-spec/compose-go/v2/template"
	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// FuzzExpand holds Expand against compose-go's own substitution.
func FuzzExpand(f *testing.F) {
	for _, seed := range []string{
		"", "plain", "$", "$$", "$$A", "a$", "$A", "$A_1.x", "${A}", "${B}", "x${A}y${B}z", "${A:-d}", "${B:-d}", "${B-d}", "${E:-d}", "${E-d}",
		"${A:+d}", "${B:+d}", "${E+d}", "${E:+d}", "${A:?m}", "${B:?m}", "${B?m}", "${E:?}", "${E?}", "${B:-${A}}", "${B:-${C:-x}}y", "${B:-{x}}", "${B:-{x}",
		"${B:-x} }", "${B:-a\nb}", "${", "${}", "${1}", "${A", "${A!x}", "${A:x}", "$1", "$ {A}", "${B:-$$}", "${a}", "${B:-a:-b}", "${B-a:?b}",
		"${B:-{}}", "${B:-}}", "${B:-}", "é${A}ü", "${B:-é}", "${A:-${B:?x}}", "${B:-${B:?x}}", "${B:+${B:?x}}",
	} {
		f.Add(seed)
	}
	env := map[string]string{"A": "1", "a": "low", "E": "", "D": "${A}"}
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	known := func(name string) (Value, bool) { v, ok := env[name]; return Known(v), ok }
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 || strings.Count(text, "{") > maxNesting/2 {
			t.Skip("longer than the comparison needs")
		}
		want, wantErr := composetemplate.SubstituteWithOptions(text, lookup, composetemplate.WithoutLogging)
		got, err := Expand(text, Environment{Lookup: known, StandIn: func(string) string { return "" }, Whole: true})
		var missing *composetemplate.MissingRequiredError
		switch {
		case wantErr == nil:
			if err != nil || len(got.Missing) > 0 {
				t.Fatalf("%q: %v %q, compose-go gives %q", text, err, got.Missing, want)
			}
			if got.Value() != want {
				t.Errorf("%q: %q, compose-go gives %q", text, got.Value(), want)
			}
		case errors.As(wantErr, &missing):
			if err == nil && len(got.Missing) == 0 {
				t.Errorf("%q: %q, compose-go says %v", text, got.Value(), wantErr)
			}
		default:
			if err == nil && len(got.Missing) == 0 {
				t.Errorf("%q: %q, compose-go says %v", text, got.Value(), wantErr)
			}
		}
	})
}

// TestStates states what becomes of each operator in each of the states that a variable can have.
func TestStates(t *testing.T) {
	unset := func(name string) yamltree.Variable { return yamltree.Variable{Name: name, End: len("?")} }
	env := map[string]Value{
		"KNOWN":   Known("v"),
		"EMPTY":   Known(""),
		"PARTLY":  {Text: "a?", Unknown: []yamltree.Variable{{Name: "X", Start: 1, End: 2}}},
		"PERHAPS": {Text: "?", Unknown: []yamltree.Variable{unset("X")}},
		"SHELL":   Elsewhere("SHELL", "?", model.SetByProcess),
	}
	for _, tt := range []struct {
		text                    string
		here, whole, set, unset string
	}{
		{"${KNOWN}", "v", "v", "v", "v"},
		{"${KNOWN:-w}", "v", "v", "v", "v"},
		{"${KNOWN:+w}", "w", "w", "w", "w"},
		{"${EMPTY:-w}", "w", "w", "w", "w"},
		{"${EMPTY-w}", "", "", "", ""},
		{"${EMPTY:+w}", "", "", "", ""},
		{"${EMPTY+w}", "w", "w", "w", "w"},
		{"${EMPTY:?m}", "? missing", "? missing", "? missing", "? missing"},
		{"${PARTLY}", "a? of X", "a? of X", "a? of X", "a? of X"},
		{"${PARTLY:-w}", "a? of X", "a? of X", "a? of X", "a? of X"},
		{"${PARTLY:+w}", "w", "w", "w", "w"},
		{"${PARTLY:?m}", "a? of X", "a? of X", "a? of X", "a? of X"},
		{"${PERHAPS}", "? of X", "? of X", "? of X", "? of X"},
		{"${PERHAPS:-w}", "? of X", "? of X", "? of X", "w"},
		{"${PERHAPS-w}", "? of X", "? of X", "? of X", "? of X"},
		{"${PERHAPS:+w}", "? of X", "? of X", "w", ""},
		{"${PERHAPS+w}", "w", "w", "w", "w"},
		{"${PERHAPS:?m}", "? of X", "? of X", "? of X", "? of X"},
		{"${SHELL:-w}", "? of SHELL", "? of SHELL", "? of SHELL", "? of SHELL"},
		{"${SHELL:+w}", "w", "w", "w", "w"},
		{"${SHELL?m}", "? of SHELL", "? of SHELL", "? of SHELL", "? of SHELL"},
		{"${NONE}", "? of NONE", "? of NONE", "? of NONE", "? of NONE"},
		{"${NONE:-w}", "w", "w", "w", "w"},
		{"${NONE:-${PERHAPS:-w}}", "? of X", "? of X", "? of X", "w"},
		{"${NONE:+w}", "? of NONE", "", "w", ""},
		{"${NONE+w}", "? of NONE", "", "w", ""},
		{"${NONE:?m}", "? of NONE required", "? missing", "? of NONE required", "? of NONE required"},
		{"${NONE?m}", "? of NONE required", "? missing", "? of NONE required", "? of NONE required"},
	} {
		lookup := func(name string) (Value, bool) { v, ok := env[name]; return v, ok }
		expanded := func(whole bool, assume Assumption) string {
			e, err := Expand(tt.text, Environment{Lookup: lookup, StandIn: func(string) string { return "?" }, Whole: whole, Assume: assume})
			if err != nil {
				t.Fatal(err)
			}
			return described(e)
		}
		got := []string{expanded(false, Nothing), expanded(true, Nothing), expanded(false, Set), expanded(false, Unset)}
		if diff := cmp.Diff([]string{tt.here, tt.whole, tt.set, tt.unset}, got); diff != "" {
			t.Errorf("%s -want +got:\n%s", tt.text, diff)
		}
	}
}

// TestSetNowhere states that a variable of which it is known that nobody sets it can be taken for empty,
// as Compose takes it.
func TestSetNowhere(t *testing.T) {
	for assume, want := range map[Assumption]string{Nothing: "/a? of NONE", Set: "/a? of NONE", Unset: "/a"} {
		var chose []string
		env := Environment{
			Lookup:  func(string) (Value, bool) { return Value{}, false },
			StandIn: func(string) string { return "?" }, Whole: true, Assume: assume,
			Chose: func(name string) { chose = append(chose, name) },
		}
		e, err := Expand("/a$NONE", env)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{want, "NONE"}, append([]string{described(e)}, chose...)); diff != "" {
			t.Errorf("assumption %d -want +got:\n%s", assume, diff)
		}
	}
}

// described is the value of an expansion with what is unknown, required and missing in it.
func described(e *Expansion) string {
	text := e.Value()
	for _, v := range e.Variables {
		if v.Unknown() && v.Name != "" {
			text += " of " + v.Name
		}
		if v.Required != nil {
			text += " required"
		}
	}
	if len(e.Missing) > 0 {
		text += " missing"
	}
	return text
}
