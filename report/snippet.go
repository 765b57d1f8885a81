package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// mark is a stretch of the source that a snippet underlines.
type mark struct {
	model.Location
	label string // empty for the place of the finding: its message stands above
	sign  string // what underlines it
	color string
}

// marksOf is the place of the finding, then those that belong to it.
func marksOf(f rules.Finding) []mark {
	marks := []mark{{Location: f.Location, sign: "^", color: severityColor[f.Severity]}}
	for _, r := range f.Related {
		marks = append(marks, mark{Location: r.Location, label: r.Label, sign: "-", color: blue})
	}
	return marks
}

// snippets shows the marks, file by file, that of the finding first.
func (p *printer) snippets(marks []mark) {
	gutter := 0
	for _, m := range marks {
		if p.shows(m.Location) {
			gutter = max(gutter, len(strconv.Itoa(m.Start.Line)))
		}
	}
	for first := marks[0].File; len(marks) > 0; {
		file := marks[0].File
		here, elsewhere := partition(marks, func(m mark) bool { return m.File == file })
		shown, hidden := partition(here, func(m mark) bool { return p.shows(m.Location) })
		if len(shown) > 0 {
			slices.SortStableFunc(shown, func(a, b mark) int { return a.Start.Line - b.Start.Line })
			if file != first {
				p.arrow(gutter, shown[0].Location, "")
			}
			p.snippet(gutter, file, shown)
		}
		for _, m := range hidden {
			if m.sign == "-" {
				p.arrow(gutter, m.Location, m.label)
			}
		}
		marks = elsewhere
	}
}

func partition[T any](all []T, in func(T) bool) (yes, no []T) {
	for _, one := range all {
		if in(one) {
			yes = append(yes, one)
		} else {
			no = append(no, one)
		}
	}
	return yes, no
}

// shows reports whether there is a source line to show for the place.
func (p *printer) shows(l model.Location) bool {
	file, ok := p.files[l.File]
	return ok && l.Start.Line >= 1 && l.Start.Line <= len(file.Lines())
}

// arrow points at a place in another file, or at one that has no source to show.
func (p *printer) arrow(gutter int, l model.Location, label string) {
	text := place(l)
	if label != "" {
		text += ": " + label
	}
	p.printf("%s %s\n", p.paint(dim, strings.Repeat(" ", gutter)+"-->"), text)
}

// snippet shows the marked lines of one file, sorted by line.
func (p *printer) snippet(gutter int, file string, marks []mark) {
	p.row(gutter, "", "")
	last := marks[0].Start.Line - 1
	for len(marks) > 0 {
		n := marks[0].Start.Line
		switch n - last {
		case 1:
		case 2: // the line itself takes no more room than a sign for its absence
			p.excerpt(gutter, n-1, p.line(file, n-1), nil)
		default:
			p.printf("%s\n", p.paint(dim, "..."))
		}
		here := slices.IndexFunc(marks, func(m mark) bool { return m.Start.Line != n })
		if here < 0 {
			here = len(marks)
		}
		p.excerpt(gutter, n, p.line(file, n), marks[:here])
		last, marks = n, marks[here:]
	}
}

// line lays a line of a file out, once: it can be the whole file.
func (p *printer) line(file string, n int) line {
	key := lineKey{file, n}
	l, ok := p.lines[key]
	if !ok {
		l = layOut(p.files[file].Lines()[n-1])
		p.lines[key] = l
	}
	return l
}

type lineKey struct {
	file string
	n    int
}

// row writes a line of the snippet behind its gutter.
func (p *printer) row(gutter int, number, text string) {
	bar := strings.Repeat(" ", gutter-len(number)) + number + " |"
	if text != "" {
		text = " " + text
	}
	p.printf("%s%s\n", p.paint(dim, bar), text)
}

// excerpt shows line n with a row for each mark: marks that overlap stay readable. A line
// too long to show all its marks at once is repeated for the others.
func (p *printer) excerpt(gutter, n int, l line, marks []mark) {
	columns := p.width - gutter - len(" | ")
	for first := true; first || len(marks) > 0; first = false {
		start, end := 0, 1
		if len(marks) > 0 {
			start, end = l.span(marks[0])
		}
		from, to := l.window(start, end, columns)
		p.row(gutter, strconv.Itoa(n), l.text(from, to))
		var rest []mark
		for _, m := range marks {
			start, end := l.span(m)
			if start < from || start >= to {
				rest = append(rest, m)
				continue
			}
			column, width := l.at[start]-l.at[from], l.at[min(end, to)]-l.at[start]
			if from > 0 {
				column++ // the ellipsis
			}
			p.underline(gutter, columns, column, max(width, 1), m)
		}
		marks = rest
	}
}

// span is the glyphs [start, end) of a mark: at least one, and of a mark over several lines
// those of the first.
func (l line) span(m mark) (start, end int) {
	last := len(l.glyphs) - 1
	start = min(max(m.Start.Column-1, 0), last)
	end = m.End.Column - 1
	if m.End.Line > m.Start.Line {
		end = last
		for end > 0 && strings.TrimSpace(l.glyphs[end-1].text) == "" {
			end--
		}
	}
	return start, max(start+1, min(end, last))
}

// underline writes the signs of a mark and its label: behind them, or below if there is no
// room.
func (p *printer) underline(gutter, columns, column, width int, m mark) {
	row := strings.Repeat(" ", column) + p.paint(m.color, strings.Repeat(m.sign, width))
	if m.label == "" {
		p.row(gutter, "", row)
		return
	}
	whole := layOut(m.label)
	label := whole.text(whole.window(0, 1, columns))
	room := columns - layOut(label).width()
	if column+width+len(" ") <= room {
		p.row(gutter, "", row+" "+p.paint(m.color, label))
		return
	}
	p.row(gutter, "", row)
	p.row(gutter, "", strings.Repeat(" ", min(column, room))+p.paint(m.color, label))
}
