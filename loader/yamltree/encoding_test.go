package yamltree

import (
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// TestUTF8 states which texts docker compose 5.7.1 reads as UTF-16: those with a mark that are it
// throughout.
func TestUTF8(t *testing.T) {
	encoded := func(order binary.AppendByteOrder, units ...uint16) string {
		text := order.AppendUint16(nil, 0xfeff)
		for _, unit := range units {
			text = order.AppendUint16(text, unit)
		}
		return string(text)
	}
	units := utf16.Encode([]rune("wéb: 😀\ufffd\n"))
	little, big := encoded(binary.LittleEndian, units...), encoded(binary.BigEndian, units...)
	for text, want := range map[string]string{
		little:             "wéb: 😀\ufffd\n",
		big:                "wéb: 😀\ufffd\n",
		little + "x":       little + "x",
		little[2:]:         little[2:],
		"\ufeffwéb: 😀\n":   "\ufeffwéb: 😀\n",
		"\xff\xfe\x00\xd8": "\xff\xfe\x00\xd8",
		"":                 "",
	} {
		if diff := cmp.Diff(want, string(UTF8([]byte(text)))); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}
