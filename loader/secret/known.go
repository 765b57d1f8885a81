package secret

import (
	"maps"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/internal/parallel"
	"github.com/composelint/composelint/loader/yamltree"
)

// Known are the secrets of a project: what hides them where they stand, in the lines of its
// files, and remembers what they are, so that a [Mask] finds them wherever else they turn up.
type Known struct {
	names names
	// values are the texts of secrets, pieces what may be left of one that a variable put where it
	// is taken apart, as a port is.
	values, pieces map[string]bool
	// variables are those that environments and env files set, by name and value: true where
	// something asked for one.
	variables map[[2]string]bool
	// words are names of the project, such as those of services and images: true for those that are
	// plain words.
	words map[string]bool
}

// NewKnown knows no secret yet.
func NewKnown() *Known {
	return &Known{names: names{}, values: map[string]bool{}, pieces: map[string]bool{}, variables: map[[2]string]bool{}, words: map[string]bool{}}
}

// A value is looked for outside of its own place only where it would hardly be there by chance:
// one of letters and digits from minMixed characters on, one of letters or digits alone from
// minPlain on and as a word of its own. A shorter one, such as "80", "true" or "admin", is a part
// of names, numbers and sentences everywhere, where stars would make messages useless, and would
// even tell what the secret is.
const (
	minMixed = 4
	minPlain = 8
	// maxValue bounds the pieces that a value is looked for in.
	maxValue = 128
)

// common are words of minPlain letters and more that stand under the names of credentials without
// being any, or are passwords of nobody.
var common = map[string]bool{
	"password": true, "changeme": true, "postgres": true, "postgresql": true, "administrator": true, "database": true,
	"disabled": true, "required": true, "optional": true, "internal": true, "external": true, "username": true,
	"neo4j": true, "base64": true, "oauth2": true, "production": true, "development": true, "localhost": true, "authentication": true, "authorization": true,
}

// signs are those of YAML that may have come into a value by mistake.
const signs = "{}[]<>,:;&*!?|%@#`'\"\\"

// standIn is what stands in a value for a variable that nobody set.
const standIn = "__UNSET_"

// braced is a variable in braces without another one in it.
var braced = lazyregexp.New(`\$\{[^{}]*\}`)

// add remembers the text of a secret: as it is, what stands around its variables, and what stands
// in for them.
func (k *Known) add(value string) {
	remember(k.values, value)
	if strings.Contains(value, "${") {
		for _, part := range braced().Split(value, -1) {
			if isMixed(part) {
				remember(k.values, part)
			}
		}
	}
	for _, r := range k.names.inDefaults(value) {
		remember(k.values, value[r.Start:r.End])
	}
}

func remember(values map[string]bool, value string) {
	value = strings.Trim(strings.TrimSpace(value), `"'`)
	if isHarmless(value) || strings.Contains(value, standIn) {
		return
	}
	for line := range strings.Lines(value) {
		line = strings.TrimSpace(line)
		if bare := strings.Trim(line, signs); bare != line && isMixed(bare) && len(bare) > minMixed {
			values[bare] = !common[strings.ToLower(bare)]
		}
		for len(line) > maxValue {
			values[line[:maxValue]] = true
			line = line[min(maxValue, len(line)-maxValue):] // so that the last piece is as long
		}
		if len(line) >= minPlain || len(line) >= minMixed && isMixed(line) {
			values[line] = !common[strings.ToLower(line)]
		}
	}
}

// isMixed is true for what is not of letters or digits alone.
func isMixed(text string) bool {
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '-' || r == '_' || r == ' ' || r == '.':
			letters++
		case '0' <= r && r <= '9':
			digits++
		default:
			return true
		}
	}
	return letters > 0 && digits > 0
}

// Variables remembers the secrets among all variables, also of those that nothing asks for: another
// one may have the same value.
func (k *Known) Variables(all map[string]string) {
	for name, value := range all {
		if name != "PWD" && name != "OLDPWD" { // directories, by names that would be a password's elsewhere
			k.variable(name, value, false)
		}
	}
}

// Variable remembers a variable that an environment or an env file sets, and that something asks
// for.
func (k *Known) Variable(name, value string) { k.variable(name, value, true) }

func (k *Known) variable(name, value string, asked bool) {
	v := [2]string{name, value}
	before, seen := k.variables[v]
	k.variables[v] = before || asked
	if seen {
		return
	}
	for _, r := range k.names.in(name, value) {
		secret := value[r.Start:r.End]
		k.add(secret)
		if !isPath(secret) {
			k.addPieces(secret)
		}
	}
}

// addPieces remembers what the signs in a secret separate.
func (k *Known) addPieces(secret string) {
	for piece := range strings.FieldsFuncSeq(secret, func(r rune) bool { return strings.ContainsRune(":/.,=-@;&?#|+~ \t\n", r) }) {
		if len(piece) >= minPlain && isMixed(piece) && piece != secret {
			k.pieces[piece] = true
		}
	}
}

func isPath(value string) bool {
	return strings.HasPrefix(value, "/") || strings.HasPrefix(value, "./") || strings.HasPrefix(value, "../") || strings.HasPrefix(value, "~")
}

// given are the values that were asked for, unless the name says that they are harmless, or they
// are a switch or a name of the project. environment gets all, and whether they count.
func (k *Known) given(environment map[string]bool) map[string]bool {
	values := map[string]bool{}
	for v, asked := range k.variables {
		_, named := k.words[v[1]]
		counts := asked && !named && !IsHarmlessKey(v[0]) && !isHarmless(v[1])
		environment[v[1]] = environment[v[1]] || counts
		if counts {
			remember(values, v[1])
		}
	}
	return values
}

// Name remembers what is taken for the name of a variable, and may be a part of a secret.
func (k *Known) Name(name string) { k.add(name) }

// harmlessEndings are the last words of names whose values are shown even where an env file gives
// them.
var harmlessEndings = append([]string{
	"tag", "version", "image", "level", "mode", "tz", "timezone", "lang", "locale", "uid", "gid", "puid", "pgid", "domain", "registry",
	"region", "env", "environment", "debug", "interval", "timeout", "size", "limit", "count", "workers", "threads", "replicas", "memory",
	"cpus", "platform", "network", "subnet", "driver", "project", "profiles", "hostname", "database", "db", "group",
}, otherEndings...)

// IsHarmlessKey is true for the name of a variable whose value is known to be no secret. That of a
// URL may have one.
func IsHarmlessKey(key string) bool {
	name := underscored(key)
	return (endsWith(name, harmlessEndings) || strings.HasPrefix(name, "compose_")) && !endsWith(name, []string{"url", "uri"}) && !IsKey(key)
}

// Learn remembers the secrets of a tree whose variables were replaced, and what its parts are
// called. Where there were none, Hide knows the secret.
func (k *Known) Learn(document *yamltree.Node) {
	k.sideBySide(document, func(own *Known, part *yamltree.Node) []yamltree.Span {
		var properties []yamltree.Span
		w := walker{
			Known: own, replaced: true,
			found: func(n *yamltree.Node, value string, r yamltree.Range) { own.learn(value, r) },
			hide:  func(s yamltree.Span) { properties = append(properties, s) },
		}
		w.walk("", "", part, 0)
		return properties
	})
	for _, section := range []string{"services", "networks", "volumes", "secrets", "configs", "jobs", "models"} {
		for _, name := range document.Field(section).Keys() {
			k.word(name)
			if image := document.Field(section).Field(name).Field("image"); image != nil {
				for part := range strings.FieldsFuncSeq(image.Literal(), isImageMark) {
					k.word(part)
				}
			}
		}
	}
}

// word notes a name of the project: a password that is the same, as that of so many databases, is
// not looked for in messages, which call things by their names.
func (k *Known) word(name string) {
	for _, part := range append(strings.FieldsFunc(name, isMark), name) {
		k.words[part] = !isMixed(part) && strings.ToLower(part) == part
	}
}

func isImageMark(r rune) bool { return strings.ContainsRune("/:@", r) }

func isMark(r rune) bool { return strings.ContainsRune("-_.", r) }

// learn remembers a secret in a value. What only follows a name in a sentence, and is a word, is
// not remembered.
func (k *Known) learn(value string, r yamltree.Range) {
	text := value[r.Start:r.End]
	if isMixed(text) || r.Start == 0 || value[r.Start-1] != ' ' || k.names.pair(value) == r.Start {
		k.add(text)
	}
}

// Hide marks the values of a document that look like credentials, so that no output shows them,
// whichever rule and format quotes their line.
func (k *Known) Hide(document *yamltree.Node) { k.HideUnder("", document) }

// HideUnder does so for a value that stands under a name.
func (k *Known) HideUnder(name string, value *yamltree.Node) {
	k.sideBySide(value, func(own *Known, part *yamltree.Node) (secrets []yamltree.Span) {
		hide := func(s yamltree.Span) { secrets = append(secrets, s) }
		w := walker{Known: own, hide: hide, found: func(n *yamltree.Node, text string, r yamltree.Range) {
			own.learn(text, r)
			hide(placeOf(n, r))
		}}
		w.walk("", name, part, 0)
		return secrets
	})
}

// placeOf is that of a stretch of a scalar, or of all of it where the place of that is not known.
func placeOf(n *yamltree.Node, secret yamltree.Range) yamltree.Span {
	if span, exact := n.Text.Part(n.Span.Source, secret.Start, secret.End); exact {
		return span
	}
	return n.Span
}

// sideBySide looks at a tree, of which many services are shared out: for each part it knows its own
// secrets, and returns where they stand.
func (k *Known) sideBySide(tree *yamltree.Node, look func(own *Known, part *yamltree.Node) []yamltree.Span) {
	parts := tree.Shares("services", perShare)
	if len(parts) < 2 {
		parts = []*yamltree.Node{tree}
	}
	known, secrets := make([]*Known, len(parts)), make([][]yamltree.Span, len(parts))
	known[0] = k
	parallel.Each(len(parts), func(i int) {
		if i > 0 {
			known[i] = NewKnown()
		}
		secrets[i] = look(known[i], parts[i])
	})
	for i := range parts {
		for _, s := range secrets[i] {
			s.Hide()
		}
		if i > 0 {
			maps.Copy(k.values, known[i].values)
			maps.Copy(k.pieces, known[i].pieces)
		}
	}
}

// perShare is how many services are one share of the work on them; tests have few.
var perShare = 100

// HideInComments marks what looks like a credential in the comments of a source. What only
// looks like a comment, as in a block scalar, is treated as one: that hides the same.
func (k *Known) HideInComments(source *yamltree.Source) {
	comment := func(line string) int {
		if strings.HasPrefix(line, "#") {
			return 0
		}
		if i := strings.Index(line, " #"); i >= 0 {
			return i + 1
		}
		return strings.Index(line, "\t#")
	}
	k.hideInLines(source, comment, func(string, yamltree.Range) {}) // sentences are no secrets elsewhere
}

// HideInText does the same for all of a text, of which not everything could be read as what it
// should be. It remembers what it finds.
func (k *Known) HideInText(source *yamltree.Source) {
	k.hideInLines(source, func(string) int { return 0 }, k.learn)
}

// hideInLines looks at every line from where start says, unless that is negative.
func (k *Known) hideInLines(source *yamltree.Source, start func(line string) int, learn func(line string, r yamltree.Range)) {
	offset := 0
	for line := range strings.Lines(string(source.Text)) {
		if from := start(line); from >= 0 {
			for _, secret := range k.names.inProse(line[from:]) {
				learn(line[from:], secret)
				yamltree.Span{Source: source, Start: offset + from + secret.Start, End: offset + from + secret.End}.Hide()
			}
		}
		offset += len(line)
	}
}

// mayPrecede is a short option, or the user of an address.
var mayPrecede = lazyregexp.New(`[\s"'\[,]-[A-Za-z]|(?://|%2[fF])[^\s/:]*:[^\s/]*[^\s/0-9"']`)

// nameInText is what may be the name of a credential, in a text that is no YAML.
var nameInText = lazyregexp.New(`[A-Za-z0-9_.-]+`)

// shownInText is the beginning of a line that stays: its indentation, and what may be the key of
// an attribute.
var shownInText = lazyregexp.New(`^[ \t]*(?:- +)*(?:([A-Za-z_][A-Za-z0-9_.-]*):(?:[ \t\r]|$))?`)

// HideUnreadable marks all values of a text that could not be read, if it gives a credential
// somewhere: which of them it is, and where it ends, nobody can tell. Keys for which isKey is true,
// and names of credentials, stay, so that a reader finds the place. It tells whether there is
// anything to hide.
func (k *Known) HideUnreadable(source *yamltree.Source, isKey func(string) bool) bool {
	if !k.mayHold(string(source.Text)) {
		return false
	}
	offset := 0
	for line := range strings.Lines(string(source.Text)) {
		at := shownInText().FindStringSubmatchIndex(strings.TrimRight(line, "\n"))
		start := at[1]
		if at[2] >= 0 && !isKey(line[at[2]:at[3]]) && !k.names.has(line[at[2]:at[3]]) {
			start = at[2]
		}
		yamltree.Span{Source: source, Start: offset + start, End: offset + len(strings.TrimRight(line, "\r\n"))}.Hide()
		offset += len(line)
	}
	return true
}

// mayHold is true for a text with the name or the shape of a credential anywhere, or an option
// that often has one behind it.
func (k *Known) mayHold(text string) bool {
	if len(k.names.byShape(text)) > 0 || mayPrecede().MatchString(text) || strings.Contains(strings.ToLower(text), "auth.users") {
		return true
	}
	for _, name := range nameInText().FindAllString(text, -1) {
		if k.names.has(strings.Trim(name, "-.")) {
			return true
		}
	}
	return false
}

// quoted is what the YAML library quotes of a file, or names.
var quoted = lazyregexp.New(`'[^' ]{2,}'|"[^" ]{2,}"|&\S+`)

// Unquoted is a message about a text that could not be read, without what it quotes.
func Unquoted(message string) string { return quoted().ReplaceAllString(message, mask) }
