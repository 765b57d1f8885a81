package lifecycles

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRefresh takes over what a copy says of each product, and keeps the rest.
func TestRefresh(t *testing.T) {
	before := `{"about": "When.", "date": "2025-01-01", "source": "a shop", "products": {
		"shop": {"name": "Shop", "images": ["shop", "acme/shop"], "cycles": {"0.9": "2020-01-01"}}
	}}`
	want := `{
  "about": "When.",
  "date": "2026-08-22",
  "source": "a shop",
  "products": {
    "shop": {"name":"Shop","images":["shop","acme/shop"],"newest":"3","cycles":{"2.0":"2024-03-31","2.1":"2025-03-31","3":"9999"}}
  }
}
`
	got, err := Refresh([]byte(before), os.DirFS("testdata"), "2026-08-22")
	if diff := cmp.Diff(want, string(got)); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if again, err := Refresh(got, os.DirFS("testdata"), "2026-08-22"); err != nil || string(again) != string(got) {
		t.Errorf("once more it is another: %v\n%s", err, again)
	}
}

// TestRefreshExtended takes the end of extended support, and the names of versions, where the table wants them.
func TestRefreshExtended(t *testing.T) {
	before := `{"products": {"shop": {"name": "Shop", "images": ["shop"], "extended": true, "codenames": true}}}`
	want := `{
  "about": "",
  "date": "2026-08-22",
  "source": "",
  "products": {
    "shop": {"name":"Shop","images":["shop"],"extended":true,"codenames":true,"newest":"3","cycles":{"2.0":"2024-03-31","2.1":"2027-03-31","3":"9999","second":"2027-03-31","third":"9999"}}
  }
}
`
	got, err := Refresh([]byte(before), os.DirFS("testdata"), "2026-08-22")
	if diff := cmp.Diff(want, string(got)); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestRefreshRefuses says what is wrong, so that no table is written without its cycles.
func TestRefreshRefuses(t *testing.T) {
	for _, c := range []struct{ before, date, want string }{
		{`{}`, "today", `"today" is no day: write it as 2027-01-31`},
		{`[]`, "2026-08-22", "could not read the table: json: cannot unmarshal array into Go value of type lifecycles.table"},
		{`{"products": {"absent": {}}}`, "2026-08-22", "open products/absent.md: no such file or directory"},
		{`{"products": {"plain": {}}}`, "2026-08-22", `could not read "plain": it has no front matter`},
		{`{"products": {"empty": {}}}`, "2026-08-22", `could not read "empty": it has no releases`},
	} {
		_, err := Refresh([]byte(c.before), os.DirFS("testdata"), c.date)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: the error is %q, want %q", c.before, err, c.want)
		}
	}
}
