package yamltree

// Slice returns the pieces of the value's bytes [start, end).
func (t Text) Slice(start, end int) Text {
	var out Text
	offset := 0
	for _, p := range t {
		from, to := max(start-offset, 0), min(end-offset, p.Length)
		if from < to {
			s := Piece{Length: to - from, Start: p.Start, End: p.End}
			if p.Literal {
				s.Start, s.End, s.Literal = p.Start+from, p.Start+to, true
			}
			out = append(out, s)
		}
		offset += p.Length
	}
	return out
}

// upTo are the pieces that the value's bytes before end come from.
func (t Text) upTo(end int) Text {
	for i, p := range t {
		if end <= 0 {
			return t[:i]
		}
		end -= p.Length
	}
	return t
}

// Length is that of the value.
func (t Text) Length() (length int) {
	for _, piece := range t {
		length += piece.Length
	}
	return length
}
