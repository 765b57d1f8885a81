package secret

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// Variable stands in a text for a variable that has no default: no credential.
const Variable = "$_"

// Given is a credential that a text gives.
type Given struct {
	// Range is where in the text it stands.
	yamltree.Range
	// Name is that of the option, the variable or the header that it is the value of, without
	// dashes in front.
	Name string
	// Value is as it is written, perhaps in quotes.
	Value string
}

// GivenInWords are the credentials that each of the words of a command line gives, one of which
// may be a whole script.
func GivenInWords(words []string) [][]Given {
	s := names{}
	behind := s.inWords(words, false)
	all := make([][]Given, len(words))
	for i, word := range words {
		found := s.inWord(word)
		if c, ok := behind[i]; ok {
			found = append(found, c)
		}
		all[i] = given(word, found)
	}
	return all
}

// GivenIn are the credentials that a text gives, such as that of a configuration file.
func GivenIn(text string) []Given { return given(text, names{}.inWord(text)) }

// given leaves out what is no credential: a variable, the output of a command, a switch, what is
// only suspected.
func given(text string, found []credential) []Given {
	var all []Given
	seen := map[int]bool{} // an option of a script is found as an assignment, too
	for _, c := range found {
		value := text[c.Start:c.End]
		if seen[c.Start] || !isCredential(underscored(strings.TrimLeft(c.name, "-"))) || len(harmful(text, c.Range)) == 0 || strings.Contains(value, Variable) || isSubstitution(value) {
			continue
		}
		seen[c.Start] = true
		all = append(all, Given{Range: c.Range, Name: strings.TrimLeft(c.name, "-"), Value: value})
	}
	return all
}

// AmongWords tells which of the words of a command line are a credential, or have one behind a
// short option.
func AmongWords(words []string) map[int]bool {
	found := map[int]bool{}
	for i := range (names{}).inWords(words, false) {
		found[i] = true
	}
	return found
}

// isSubstitution is true for the output of a command.
func isSubstitution(value string) bool {
	value = strings.Trim(value, `"'`)
	return strings.HasPrefix(value, "$(") || strings.HasPrefix(value, "`")
}

// inWord finds the credentials within a single word, which may be a whole script.
func (s names) inWord(word string) []credential {
	name, value, found := strings.Cut(word, "=")
	if found && !strings.ContainsAny(name, " \n") && s.has(strings.TrimLeft(name, "-")) {
		return []credential{{yamltree.Range{Start: len(word) - len(value), End: len(word)}, name}}
	}
	var all []credential
	for _, c := range append(s.inScript(word), s.inLine(word, false)...) {
		if isAssigned(word[:c.Start], c.name) {
			all = append(all, c)
		}
	}
	if contains(word, headerMarks) {
		for _, at := range secretHeader().FindAllStringSubmatchIndex(word, -1) {
			if at[2] >= 0 {
				all = append(all, credential{yamltree.Range{Start: at[2], End: at[3]}, "authorization"})
			} else {
				all = append(all, credential{yamltree.Range{Start: at[4], End: at[5]}, "authorization"})
			}
		}
	}
	return all
}

// isAssigned is true where a value is assigned to the name in the text before it, or stands
// behind an option: in prose, the word that follows the name is no value of it.
func isAssigned(before, name string) bool {
	before = strings.TrimRight(before, " \t\r\n\"'")
	return !strings.HasSuffix(before, name) || strings.HasSuffix(before, "-"+name) || strings.HasPrefix(name, "-") || name == "requirepass"
}

// Hashes are the hashes of passwords that stand in a text.
func Hashes(text string) []string {
	if !contains(text, hashMarks) {
		return nil
	}
	return hashShape().FindAllString(text, -1)
}
