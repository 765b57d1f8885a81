package yamltree

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// UTF8 is a text without the encoding that its byte order mark states: the library reads UTF-16. What
// is none in spite of its mark stays as it is.
func UTF8(text []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	}
	if order == nil || len(text)%2 != 0 {
		return text
	}
	var units []uint16
	for pair := range slices.Chunk(text[2:], 2) {
		units = append(units, order.Uint16(pair))
	}
	runes := utf16.Decode(units)
	if slices.Contains(runes, utf8.RuneError) && !slices.Contains(units, utf8.RuneError) {
		return text // half of a pair
	}
	return []byte(string(runes))
}
