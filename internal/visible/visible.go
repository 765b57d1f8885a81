// Package visible knows what a text from a file can do to those that show it: to people, whose
// terminal it could steer, and to a CI server, which takes lines of a log for commands.
package visible

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Hidden is true for a character that moves the cursor, reorders the line or cannot be seen.
func Hidden(r rune) bool {
	if ' ' <= r && r <= '~' {
		return false
	}
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Name is a character by its number, as <U+202E>.
func Name(r rune) string { return fmt.Sprintf("<U+%04X>", r) }

// longestCommand bounds how far is looked for the bracket of a command.
const longestCommand = 32

// Command is true for a text that begins as a command does which a CI server looks for anywhere in
// a line: ##[group] of GitHub (ActionCommand.cs of actions/runner), ##vso[task.setvariable …] of
// Azure, ##teamcity[…].
func Command(text string) bool {
	rest, ok := strings.CutPrefix(text, "##")
	rest = strings.TrimLeftFunc(rest, unicode.IsLetter)
	return ok && strings.HasPrefix(rest, "[")
}

// starts are what CI servers take for a command at the beginning of a line, perhaps behind blanks:
// GitHub's workflow commands, and the groups of Buildkite.
var starts = []string{"::", "--- ", "+++ ", "~~~ ", "^^^ "}

// Start is a text with which a line can begin: what a CI server would take for a command there begins
// with the number of its first character.
func Start(text string) string {
	bare := strings.TrimLeftFunc(text, unicode.IsSpace)
	for _, start := range starts {
		if strings.HasPrefix(bare, start) {
			first, size := utf8.DecodeRuneInString(bare)
			return text[:len(text)-len(bare)] + Name(first) + bare[size:]
		}
	}
	return text
}

// JSON is a text of JSON in which neither is anything hidden nor a command. It says the same: only
// strings have such characters, and escapes stand for them.
func JSON(text []byte) []byte {
	var escaped []byte
	done := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		if r > '~' && Hidden(r) || r == '#' && Command(string(text[i:min(len(text), i+longestCommand)])) {
			escaped = append(escaped, text[done:i]...)
			escaped = appendEscape(escaped, r)
			done = i + size
		}
		i += size
	}
	if done == 0 {
		return text
	}
	return append(escaped, text[done:]...)
}

// appendEscape adds the escapes of a character: two for one beyond the basic plane.
func appendEscape(to []byte, r rune) []byte {
	for _, unit := range utf16.AppendRune(nil, r) {
		to = fmt.Appendf(to, `\u%04x`, unit)
	}
	return to
}
