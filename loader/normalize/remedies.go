package normalize

import (
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
)

// What would be right stands in the message of a problem alone, in one of few forms.
var (
	question   = lazyregexp.New(`(?:did you mean|: write) ("(?:[^"\\]|\\.)*")(?:\?| for a path, or .*)$`)
	definition = lazyregexp.New(`^the (network|volume) ("(?:[^"\\]|\\.)*") is not defined: `)
)

// meant is what a message takes for meant, empty where it does not say.
func meant(message string) string {
	found := question().FindStringSubmatch(message)
	if found == nil {
		return ""
	}
	text, _ := strconv.Unquote(found[1]) // written by %q
	if strings.HasSuffix(text, "NAME") { // which is for the reader to fill in
		return ""
	}
	return text
}

// undefined are the keys of what is missing at the top level, of that which has all it needs by its name.
func undefined(message string) []string {
	found := definition().FindStringSubmatch(message)
	if found == nil {
		return []string{}
	}
	name, _ := strconv.Unquote(found[2])
	return []string{found[1] + "s", name}
}
