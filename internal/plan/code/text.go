package code

import "encoding/binary"

// Reader reads what a Writer wrote.
type Reader struct{ rest string }

// NewReader reads a text from its beginning.
func NewReader(text string) *Reader { return &Reader{rest: text} }

// Count reads a number.
func (r *Reader) Count() int {
	n, shift := 0, 0
	for {
		b := r.rest[0]
		r.rest = r.rest[1:]
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
		shift += 7
	}
}

// Text reads a text. It shares the memory of what it is read from.
func (r *Reader) Text() string {
	n := r.Count()
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text
}

// Rest is what was not read.
func (r *Reader) Rest() string { return r.rest }

// Writer writes numbers as varints, and texts with their length before them.
type Writer struct{ Bytes []byte }

// Count writes a number, which is not negative.
func (w *Writer) Count(n int) { w.Bytes = binary.AppendUvarint(w.Bytes, uint64(n)) }

// Text writes a text.
func (w *Writer) Text(text string) {
	w.Count(len(text))
	w.Bytes = append(w.Bytes, text...)
}

// Word is the word at an index of a sequence of them.
func Word(words string, i int) int { return int(words[2*i]) | int(words[2*i+1])<<8 }

// Words writes words, none of which is larger than MaxWord, as a text.
func (w *Writer) Words(words []int) {
	w.Count(2 * len(words))
	for _, word := range words {
		w.Bytes = binary.LittleEndian.AppendUint16(w.Bytes, uint16(word))
	}
}
