package secret

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// writing is how a kind of text gives values to names.
type writing struct {
	// marks are what a name has one of. Where there are none, any name of a credential counts.
	marks []string
	// before are what may stand in front of a name, anything where it is empty.
	before string
	// around are the blanks that may stand around the = or : between a name and its value. They
	// may stand for it where spaced is true.
	around string
	spaced bool
	// ends are what a value without quotes ends at.
	ends string
}

const blanks = " \t\n\f\r"

var (
	// marks are what tells a name from a word where there are words as well.
	marks = []string{"passw", "requirepass", "secret", "token", "apikey", "api_key", "api-key", "accesskey", "access_key", "access-key"}
	// Command lines, scripts and files.
	inScripts = writing{marks: marks, before: blanks + `;&|"'-`, around: blanks, spaced: true, ends: blanks + `"'`}
	// What stands alone, or in a list with commas.
	inLists = writing{marks: marks, before: blanks + `;&|"',({-`, around: blanks, ends: blanks + `"',`}
	// A line of a comment, or of text that is not YAML.
	inText = writing{around: " \t", ends: blanks + `"',`}
)

// nothingRequired follows the name of a variable that is required for no reason: ${NAME:?}.
const nothingRequired = ":?}"

// assigned finds the values that a text gives to names of credentials.
func (s names) assigned(text string, w writing) []credential {
	if !w.spaced && !strings.ContainsAny(text, "=:") || w.marks != nil && !contains(strings.ToLower(text), w.marks) {
		return nil
	}
	var all []credential
	for start := 0; start < len(text); start++ {
		if !isNameByte(text[start]) {
			continue
		}
		end := start
		for end < len(text) && isNameByte(text[end]) {
			end++
		}
		name := text[start:end]
		if w.before != "" && start > 0 && strings.IndexByte(w.before, text[start-1]) < 0 {
			_, name, _ = strings.Cut(name, "-")
		}
		if strings.HasPrefix(text[end:], nothingRequired) && strings.HasSuffix(text[:start], "${") {
			continue
		}
		if w.marks == nil || contains(strings.ToLower(name), w.marks) {
			value := w.valueAfter(text, end)
			if value.End > 0 && s.has(strings.TrimLeft(name, "-")) {
				all = append(all, credential{value, name})
			}
			end = max(end, value.End)
		}
		start = end - 1
	}
	return all
}

func isNameByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' || b == '.' || b == '-'
}

// valueAfter is the value of a name that ends at a place of a text, with its quotes, the zero Range
// where it has none.
func (w writing) valueAfter(text string, name int) yamltree.Range {
	if name < len(text) && (text[name] == '"' || text[name] == '\'') {
		name++
	}
	start := indexNot(text, name, w.around)
	switch {
	case start == len(text):
		return yamltree.Range{}
	case text[start] == '=' || text[start] == ':':
		start = indexNot(text, start+1, w.around)
	case !w.spaced || start == name:
		return yamltree.Range{}
	}
	if quoted, end := quotedAt(text, start); quoted {
		return yamltree.Range{Start: start, End: end}
	}
	if end := indexAny(text, start, w.ends); end > start {
		return yamltree.Range{Start: start, End: end}
	}
	return yamltree.Range{}
}

// quotedAt tells whether a quote stands at a place of a text, and where what is quoted ends, 0 where
// it does not.
func quotedAt(text string, start int) (quoted bool, end int) {
	if start == len(text) || text[start] != '"' && text[start] != '\'' {
		return false, 0
	}
	if length := strings.IndexByte(text[start+1:], text[start]); length >= 0 {
		return true, start + length + 2
	}
	return true, 0
}

// indexAny is where the first of some characters stands in a text from a place on, its end where
// there is none.
func indexAny(text string, from int, chars string) int {
	if i := strings.IndexAny(text[from:], chars); i >= 0 {
		return from + i
	}
	return len(text)
}

// indexNot is where a text from a place on has none of some characters.
func indexNot(text string, from int, chars string) int {
	return len(text) - len(strings.TrimLeft(text[from:], chars))
}
