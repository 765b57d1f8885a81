// Package lifecycles brings the table of the ends of life of images' versions up to date, from a copy
// of the data of endoflife.date.
package lifecycles

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// Alive is the end of life of a version that has none yet. It sorts behind every day.
const Alive = "9999"

// table is the file. What stands in it of a product but its cycles is kept.
type table struct {
	About    string             `json:"about"`
	Date     string             `json:"date"`
	Source   string             `json:"source"`
	Products map[string]product `json:"products"`
}

type product struct {
	Name      string            `json:"name"`
	Images    []string          `json:"images"`
	Extended  bool              `json:"extended,omitempty"`
	Codenames bool              `json:"codenames,omitempty"`
	Newest    string            `json:"newest"`
	Cycles    map[string]string `json:"cycles"`
}

// release is what endoflife.date says of a version: each end is a day, or a boolean.
type release struct {
	Cycle    string    `yaml:"releaseCycle"`
	Codename string    `yaml:"codename"`
	EOL      yaml.Node `yaml:"eol"`
	EOES     yaml.Node `yaml:"eoes"`
}

// Refresh is the table with the cycles of a copy of endoflife.date, whose day is given. A product
// that is added without cycles gets its own.
func Refresh(before []byte, copied fs.FS, date string) ([]byte, error) {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return nil, fmt.Errorf("%q is no day: write it as 2027-01-31", date)
	}
	var t table
	if err := json.Unmarshal(before, &t); err != nil {
		return nil, fmt.Errorf("could not read the table: %w", err)
	}
	t.Date = date
	for _, id := range slices.Sorted(maps.Keys(t.Products)) {
		text, err := fs.ReadFile(copied, "products/"+id+".md")
		if err != nil {
			return nil, err
		}
		p := t.Products[id]
		if err := p.refresh(text); err != nil {
			return nil, fmt.Errorf("could not read %q: %w", id, err)
		}
		t.Products[id] = p
	}
	return t.write()
}

// refresh takes the cycles from the front matter of a product's page.
func (p *product) refresh(page []byte) error {
	_, rest, found := strings.Cut(string(page), "---\n")
	front, _, closed := strings.Cut(rest, "\n---")
	if !found || !closed {
		return fmt.Errorf("it has no front matter")
	}
	var matter struct {
		Releases []release `yaml:"releases"`
	}
	if err := yaml.Unmarshal([]byte(front), &matter); err != nil {
		return err
	}
	if len(matter.Releases) == 0 {
		return fmt.Errorf("it has no releases")
	}
	p.Newest, p.Cycles = matter.Releases[0].Cycle, map[string]string{}
	for _, r := range matter.Releases {
		over, known := end(r.EOL)
		if later, extended := end(r.EOES); p.Extended && extended && later > over {
			over = later
		}
		if !known {
			continue
		}
		p.Cycles[r.Cycle] = over
		if first, _, _ := strings.Cut(r.Codename, " "); p.Codenames && first != "" {
			p.Cycles[strings.ToLower(first)] = over
		}
	}
	return nil
}

var day = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// end is a day, or Alive where there is none. A version that is over without a day is not known.
func end(n yaml.Node) (string, bool) {
	switch {
	case day.MatchString(n.Value):
		return n.Value, true
	case n.Value == "false":
		return Alive, true
	default:
		return "", false
	}
}

// write is the file, with a line for each product.
func (t table) write() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{\n")
	for _, head := range [][2]string{{"about", t.About}, {"date", t.Date}, {"source", t.Source}} {
		fmt.Fprintf(&b, "  %q: %s,\n", head[0], oneLine(head[1]))
	}
	b.WriteString("  \"products\": {\n")
	ids := slices.Sorted(maps.Keys(t.Products))
	for i, id := range ids {
		separator := ","
		if i == len(ids)-1 {
			separator = ""
		}
		fmt.Fprintf(&b, "    %q: %s%s\n", id, oneLine(t.Products[id]), separator)
	}
	b.WriteString("  }\n}\n")
	return b.Bytes(), nil
}

// oneLine is a value as JSON; nothing in the table cannot be written so.
func oneLine(value any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}
