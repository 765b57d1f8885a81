package lint

import "testing"

// TestTables wants the tables about images to say a day that is one.
func TestTables(t *testing.T) {
	tables, err := Tables()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, table := range tables {
		names = append(names, table.Name)
		if table.OlderThanAYear(table.Date) || !table.OlderThanAYear("9999-12-31") {
			t.Errorf("%s: %q is no day", table.Name, table.Date)
		}
	}
	if len(names) == 0 {
		t.Error("no table says its day")
	}
}

// TestOlderThanAYear counts a year to the day.
func TestOlderThanAYear(t *testing.T) {
	table := Table{"shop.json", "2026-08-22"}
	for day, want := range map[string]bool{"2026-11-25": false, "2027-08-22": false, "2027-08-23": true} {
		if got := table.OlderThanAYear(day); got != want {
			t.Errorf("on %s it is %v", day, got)
		}
	}
}
