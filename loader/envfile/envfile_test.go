package envfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// envRow is an assignment as the tables below state it.
type envRow struct {
	Name, Value string
	// Key and Token are the text of the name and of the value.
	Key, Token string
	// Unset are the variables that the value depends on and nobody set.
	Unset []string
}

// plainRow is an assignment whose value is its token.
func plainRow(name, value string) envRow { return envRow{name, value, name, value, nil} }

// fromEnvironment is what the files of these tests may refer to.
var fromEnvironment = map[string]string{"HOST": "outer", "EMPTY": ""}

func lookupEnv(name string) (template.Value, bool) {
	value, set := fromEnvironment[name]
	return template.Known(value), set
}

// environment is that of compose-go: what is not in it is not set.
var environment = template.Environment{Lookup: lookupEnv, StandIn: func(string) string { return "" }, Whole: true}

var envFiles = []struct {
	name, text string
	want       []envRow
}{
	{"nothing", "", nil},
	{"blank lines and comments", "\n \t\r\n# A=1\n  # B=2\n#", nil},
	{"plain", "A=1\nB=two words\n", []envRow{plainRow("A", "1"), plainRow("B", "two words")}},
	{"the later one counts", "A=1\nA=2", []envRow{plainRow("A", "1"), plainRow("A", "2")}},
	{"empty", "A=\nB= \t\nC=''\nD=\"\"\nE=", []envRow{
		plainRow("A", ""), plainRow("B", ""), {"C", "", "C", "''", nil}, {"D", "", "D", `""`, nil}, plainRow("E", ""),
	}},
	{"space around", " A = 1 \n\tB\t=\t2\t\n\u00a0C\u00a0=\u00a03\u00a0", []envRow{plainRow("A", "1"), plainRow("B", "2"), plainRow("C", "3")}},
	{"byte order mark and CR LF", "\ufeffA=1\r\nB='2'\r\n\r\n# c\r\nHOST\r\nC=3\r\n", []envRow{
		plainRow("A", "1"), {"B", "2", "B", "'2'", nil}, {"HOST", "outer", "HOST", "HOST", nil}, plainRow("C", "3"),
	}},
	{"a CR ends no line", "A=1\rB=2", []envRow{plainRow("A", "1\rB=2")}},
	{"export", "export A=1\nexport\t B=2\n  export C=3\nexportD=4\nexport.E=5\nexport=6\nexport\vF=7\n", []envRow{
		plainRow("A", "1"), plainRow("B", "2"), plainRow("C", "3"), plainRow("exportD", "4"), plainRow("export.E", "5"), plainRow("export", "6"),
		plainRow("export\vF", "7"),
	}},
	{"colon", "A: 1\nB : b=c\nC:\nD=e:f", []envRow{plainRow("A", "1"), plainRow("B", "b=c"), plainRow("C", ""), plainRow("D", "e:f")}},
	{"names", "1=a\nA-B.C_D=b\nA[0]=c\nÄ٣=d\nA\tB=e", []envRow{
		plainRow("1", "a"), plainRow("A-B.C_D", "b"), plainRow("A[0]", "c"), plainRow("Ä٣", "d"), plainRow("A\tB", "e"),
	}},
	{"no name", "=1\n: 2", []envRow{plainRow("", "1"), plainRow("", "2")}},
	{"inherited", "HOST\nEMPTY\nNOBODY\nexport HOST \nA=1\n", []envRow{
		{"HOST", "outer", "HOST", "HOST", nil}, {"EMPTY", "", "EMPTY", "EMPTY", nil}, {"HOST", "outer", "HOST", "HOST", nil}, plainRow("A", "1"),
	}},
	{"a last line without line break", "A=1\nHOST", []envRow{plainRow("A", "1"), {"", "HOST", "", "HOST", nil}}},
	{"inline comments", "A=1 # c\nB=2 #\nC=3#4\nD= # e\nE='5' # c\nF=\"6 #7\"#c\nG=8\t# 9\n", []envRow{
		plainRow("A", "1"), plainRow("B", "2"), plainRow("C", "3#4"), plainRow("D", "# e"), {"E", "5", "E", "'5'", nil},
		{"F", "6 #7", "F", `"6 #7"`, nil}, plainRow("G", "8\t# 9"),
	}},
	{"quotes", `A="it's"` + "\n" + `B='"'` + "\n" + `C=x"y"` + "\n" + `D='\'\n\\'` + "\n" + `E="a\"b\\"` + "\n", []envRow{
		{"A", "it's", "A", `"it's"`, nil}, {"B", `"`, "B", `'"'`, nil}, plainRow("C", `x"y"`), {"D", `'\n\\`, "D", `'\'\n\\'`, nil},
		{"E", `a"b\`, "E", `"a\"b\\"`, nil},
	}},
	{"a statement after a quoted value", "A=\"1\" B='2'C=3", []envRow{{"A", "1", "A", `"1"`, nil}, {"B", "2", "B", "'2'", nil}, plainRow("C", "3")}},
	{"lines of a quoted value", "A='1\n# 2\r\n\n3'\nB=\"x\ny\"", []envRow{
		{"A", "1\n# 2\r\n\n3", "A", "'1\n# 2\r\n\n3'", nil}, {"B", "x\ny", "B", "\"x\ny\"", nil},
	}},
	{"escapes", `A="\a\b\f\n\r\t\v\\"` + "\n" + `B="\c\d\x07\u00e4\é\'"` + "\n" + `C=a\n`, []envRow{
		{"A", "\a\b\f\n\r\t\v\\", "A", `"\a\b\f\n\r\t\v\\"`, nil}, {"B", `\c\d\x07\u00e4\é\'`, "B", `"\c\d\x07\u00e4\é\'"`, nil}, plainRow("C", `a\n`),
	}},
	{"octal escapes", `A="\0123 \01234 \0344 \0777 \012 \08 \00 \0"`, []envRow{
		{"A", `S S4 ä \777 \12 \8 \0 \`, "A", `"\0123 \01234 \0344 \0777 \012 \08 \00 \0"`, nil},
	}},
	{"variables", "A=1\nB=$A${A}\nC=\"$A-${B}\"\nD='$A'\nE=$EMPTY.\n", []envRow{
		plainRow("A", "1"), {"B", "11", "B", "$A${A}", nil}, {"C", "1-11", "C", `"$A-${B}"`, nil}, {"D", "$A", "D", "'$A'", nil},
		{"E", ".", "E", "$EMPTY.", nil},
	}},
	{"the environment goes before the file", "HOST=inner\nA=$HOST", []envRow{plainRow("HOST", "inner"), {"A", "outer", "A", "$HOST", nil}}},
	{"the file so far", "A=$A\nA=1\nA=${A}2\nB=$A", []envRow{
		{"A", "", "A", "$A", []string{"A"}}, plainRow("A", "1"), {"A", "12", "A", "${A}2", nil}, {"B", "12", "B", "$A", nil},
	}},
	{"dollar signs", `A=$$B $ $1` + "\n" + `B="\$B\\$EMPTY $$"` + "\n" + `C=\$HOST`, []envRow{
		{"A", "$B $ $1", "A", "$$B $ $1", nil}, {"B", `$B\ $`, "B", `"\$B\\$EMPTY $$"`, nil}, {"C", `\outer`, "C", `\$HOST`, nil},
	}},
	{"defaults", "A=${X:-d}\nB=${X-}\nC=${EMPTY:-d}\nD=${EMPTY-d}\nE=${HOST:+d}\nF=${X+d}\nG=${HOST:?no}\nH=${X:-${Y}}\nI=\"${X:-a\\tb}\"", []envRow{
		{"A", "d", "A", "${X:-d}", nil}, {"B", "", "B", "${X-}", nil}, {"C", "d", "C", "${EMPTY:-d}", nil}, {"D", "", "D", "${EMPTY-d}", nil},
		{"E", "d", "E", "${HOST:+d}", nil}, {"F", "", "F", "${X+d}", nil}, {"G", "outer", "G", "${HOST:?no}", nil},
		{"H", "", "H", "${X:-${Y}}", []string{"Y"}}, {"I", "a\tb", "I", `"${X:-a\tb}"`, nil},
	}},
	{"unknown", "A=x$X\nB=\"$Y$X\"\nC=$A\nD=${C:-d}\nE='$X'\nF=$C$HOST\n", []envRow{
		{"A", "x", "A", "x$X", []string{"X"}}, {"B", "", "B", `"$Y$X"`, []string{"Y", "X"}}, {"C", "x", "C", "$A", []string{"X"}},
		{"D", "x", "D", "${C:-d}", []string{"X"}}, {"E", "$X", "E", "'$X'", nil}, {"F", "xouter", "F", "$C$HOST", []string{"X"}},
	}},
	{"what is no longer unknown", "A=$X\nA=1\nB=$A", []envRow{{"A", "", "A", "$X", []string{"X"}}, plainRow("A", "1"), {"B", "1", "B", "$A", nil}}},
	{"not UTF-8", "A=\xff\nB='\xfe'", []envRow{plainRow("A", "\xff"), {"B", "\xfe", "B", "'\xfe'", nil}}},
}

func TestEnvFile(t *testing.T) {
	for _, tt := range envFiles {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(envSource(tt.text), nil, environment)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, envRows(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// rawEnvFiles were held against pkg/kvfile of docker/cli v29.9.2, which is not a dependency.
var rawEnvFiles = []struct {
	name, text string
	want       []envRow
}{
	{"nothing", "", nil},
	{"blank lines and comments", "\n \t\r\n#A=1\n  # B=2\n#", nil},
	{"as it stands", "A=1 # c \nB='2'\nC=\"$A\\n\"\n\u00a0D= 4\t\nE==\nF=", []envRow{
		plainRow("A", "1 # c "), plainRow("B", "'2'"), plainRow("C", `"$A\n"`), plainRow("D", " 4\t"), plainRow("E", "="), plainRow("F", ""),
	}},
	{"byte order mark and CR LF", "\ufeffA=1\r\nB=2\r\r\n\r\nHOST\r\n", []envRow{
		plainRow("A", "1"), plainRow("B", "2\r"), {"HOST", "outer", "HOST", "HOST", nil},
	}},
	{"names", "A:B?=1\nexport=2\nA\vB=3", []envRow{plainRow("A:B?", "1"), plainRow("export", "2"), plainRow("A\vB", "3")}},
	{"inherited", "EMPTY\nNOBODY\nHOST", []envRow{{"EMPTY", "", "EMPTY", "EMPTY", nil}, {"HOST", "outer", "HOST", "HOST", nil}}},
	{"the longest line", "A=" + strings.Repeat("x", 65533), []envRow{plainRow("A", strings.Repeat("x", 65533))}},
}

func TestEnvFileRaw(t *testing.T) {
	for _, tt := range rawEnvFiles {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseRaw(envSource(tt.text), lookupEnv)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, envRows(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

const (
	badName   = "a variable's name consists of letters, digits and _ . - [ ]"
	noName    = "a variable's name is missing"
	openQuote = "the quoted value does not end"
	malformed = "the value has a malformed variable: write $$ for a plain dollar sign"
	tooLarge  = "the values of the file are larger than the limit of 1048576 bytes"
)

var doubling = "A=0123456789\n" + strings.Repeat("A=$A$A\n", 1000)

var envFileErrors = []struct{ name, text, message, token string }{
	{"name", "A=1\nB%=2", badName, "%"},
	{"name that is not UTF-8", "A\xff=2", badName, "\xff"},
	{"quoted name", "'A'=2", badName, "'"},
	{"lost quotes", "A=1\nMII+abc=\n", badName, "+"},
	{"space in a name", "A B=1", "a variable's name cannot contain a space", "A B"},
	{"space in an inherited name", "A B\n", "a variable's name cannot contain a space", "A B"},
	{"export alone", "A=1\n export \t", noName, "export"},
	{"second byte order mark", "\ufeff\ufeffA=1", badName, "\ufeff"},
	{"double quote", "A=\"secret\nB=1", openQuote, `"`},
	{"single quote", `A='secret\'`, openQuote, `'`},
	{"escaped end", `A="secret\`, openQuote, `"`},
	{"variable", "A=secret${B", malformed, "secret${B"},
	{"variable in quotes", `A="secret ${}"`, malformed, `"secret ${}"`},
	{"required", "A=${B:?secret}", `the required variable "B" is not set`, "${B:?secret}"},
	{"required and empty", "A=\"secret${EMPTY:?}\"", `the required variable "EMPTY" is empty`, `"secret${EMPTY:?}"`},
	{"nesting", "A=" + strings.Repeat("${B:-", 102) + strings.Repeat("}", 102), "the value nests variables deeper than the limit of 100",
		strings.Repeat("${B:-", 102) + strings.Repeat("}", 102)},
	{"doubling", doubling, tooLarge, "A"},
	{"one large value", "B=" + strings.Repeat("x", maxBytes+1), tooLarge, "B"},
	{"one large quoted value", "B='" + strings.Repeat("x", maxBytes+1) + "'", tooLarge, "B"},
	{"many variables in one value", "B=" + strings.Repeat("$EMPTY", 200_000), tooLarge, "B"},
	{"many variables in many values", strings.Repeat("B="+strings.Repeat("$EMPTY", 1000)+"\n", 200), tooLarge, "B"},
	{"one value of many", "A=" + strings.Repeat("x", 1000) + "\nB=" + strings.Repeat("$A", 500_000), tooLarge, "B"},
}

func TestEnvFileErrors(t *testing.T) {
	for _, tt := range envFileErrors {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(envSource(tt.text), nil, environment)
			wantEnvError(t, err, tt.message, tt.token)
		})
	}
}

func TestEnvFileRawErrors(t *testing.T) {
	long := "A=" + strings.Repeat("x", 65534)
	for _, tt := range []struct{ name, text, message, token string }{
		{"no name", "A=1\n =secret", noName, "=secret"},
		{"space", "export A=secret", "a variable's name cannot contain a space or a tab", "export A"},
		{"tab", "A\t=secret", "a variable's name cannot contain a space or a tab", "A\t"},
		{"not UTF-8", "A=\xff", "the line is not UTF-8", "A=\xff"},
		{"long line", long, "the line is longer than 65535 bytes", long},
		{"large", strings.Repeat("A="+strings.Repeat("x", 60_000)+"\n", 20), tooLarge, "A"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseRaw(envSource(tt.text), lookupEnv)
			wantEnvError(t, err, tt.message, tt.token)
		})
	}
}

func wantEnvError(t *testing.T, err *yamltree.Error, message, token string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	got := [2]string{err.Message, spanText(err.Span)}
	if diff := cmp.Diff([2]string{message, token}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestEnvFileEarlier wants the variables of an earlier file behind those of the lookup and
// of the file itself, with what is unknown in them, and the new ones added.
func TestEnvFileEarlier(t *testing.T) {
	vars := map[string]*yamltree.Node{}
	if _, err := Parse(envSource("A=1\nHOST=inner\nU=$X\n"), vars, environment); err != nil {
		t.Fatal(err)
	}
	got, err := Parse(envSource("B=$A\nA=2\nC=$A$HOST\nD=$U\nU\n"), vars, environment)
	if err != nil {
		t.Fatal(err)
	}
	want := []envRow{{"B", "1", "B", "$A", nil}, plainRow("A", "2"), {"C", "2outer", "C", "$A$HOST", nil}, {"D", "", "D", "$U", []string{"X"}}}
	if diff := cmp.Diff(want, envRows(got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"A", "B", "C", "D", "HOST", "U"}, slices.Sorted(maps.Keys(vars))); diff != "" {
		t.Errorf("variables -want +got:\n%s", diff)
	}
}

// TestEnvFileText wants each byte of a value at its place in the file.
func TestEnvFileText(t *testing.T) {
	const text = `A="x\ty\"z${HOST}$$\$${NONE:-d\te}" # c`
	got, err := Parse(envSource(text), nil, environment)
	if err != nil {
		t.Fatal(err)
	}
	n := got[0].Value
	value := n.Value.(string)
	var pieces []string
	for offset, i := 0, 0; i < len(n.Text); i++ {
		p := n.Text[i]
		pieces = append(pieces, fmt.Sprintf("%q from %s, literally: %t", value[offset:offset+p.Length], text[p.Start:p.End], p.Literal))
		offset += p.Length
	}
	want := []string{
		`"x" from x, literally: true`, `"\t" from \t, literally: false`, `"y" from y, literally: true`, `"\"" from \", literally: false`,
		`"z" from z, literally: true`, `"outer" from ${HOST}, literally: false`, `"$" from $$, literally: false`, `"$" from \$, literally: false`,
		`"d" from d, literally: true`, `"\t" from \t, literally: false`, `"e" from e, literally: true`,
	}
	if diff := cmp.Diff(want, pieces); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	variables := []yamltree.Variable{{Name: "HOST", Set: true, Start: 5, End: 10}, {Name: "NONE", Default: true, Start: 12, End: 15}}
	if diff := cmp.Diff(variables, n.Variables); diff != "" {
		t.Errorf("variables -want +got:\n%s", diff)
	}
}

// TestEnvFileLinear wants an end soon for what a parser might do over and over again, or
// recurse on; a second is a hundred times what they take.
func TestEnvFileLinear(t *testing.T) {
	for name, text := range map[string]string{
		"comments":          strings.Repeat("#\n", 2<<20),
		"escapes":           `A="` + strings.Repeat(`\n$B`, 250_000) + `"`,
		"many variables":    "A=" + strings.Repeat("$B", 100_000) + "\n" + strings.Repeat("C=$A\n", 100_000),
		"many unset":        strings.Repeat("A=$A$A$B\n", 100_000),
		"known variables":   "A=" + strings.Repeat("$EMPTY", 100_000) + "\n" + strings.Repeat("C=$A$A\n", 100_000),
		"unfinished braces": "A=" + strings.Repeat("${B-{}", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			Parse(envSource(text), nil, environment)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func envSource(text string) *yamltree.Source {
	return yamltree.NewSource(&model.File{Path: ".env", Text: []byte(text)})
}

func envRows(assignments []Assignment) []envRow {
	var rows []envRow
	for _, a := range assignments {
		row := envRow{a.Name, a.Value.Value.(string), spanText(a.Value.Key), spanText(a.Value.Span), nil}
		for _, v := range a.Value.Variables {
			if v.Unknown() {
				row.Unset = append(row.Unset, v.Name)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func spanText(s yamltree.Span) string { return string(s.Source.Text[s.Start:s.End]) }
