package template

import (
	"errors"
	"strings"
	"testing"

	composetemplate "github.com/compose-spec/compose-go/v2/template"
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
