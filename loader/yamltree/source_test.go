package yamltree

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/composelint/composelint/model"
)

// TestLongLine wants the columns of a long line to be those that counting its runes gives.
func TestLongLine(t *testing.T) {
	for name, text := range map[string]string{
		"ascii":   strings.Repeat("a", 2*stride),
		"wide":    "\ufeff" + strings.Repeat("a€𝄞", stride),
		"invalid": strings.Repeat("€\xe2\x82", stride),
	} {
		s := NewSource(&model.File{Text: []byte(text)})
		for offset := 0; offset <= len(text); offset += 7 {
			want := utf8.RuneCountInString(strings.TrimPrefix(text[:offset], "\ufeff")) + 1
			if rest := text[offset:]; rest != "" && name != "invalid" && !utf8.RuneStart(rest[0]) {
				continue
			}
			if got := s.position(offset).Column; got != want {
				t.Errorf("%s: offset %d is in column %d, want %d", name, offset, got, want)
			}
		}
	}
}
