package lint

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/composelint/composelint/policies"
)

// Table is knowledge of the world that grows old: a file of policies/data that says its day.
type Table struct {
	Name string
	// Date is the day, as 2027-01-31.
	Date string
}

// Tables are those of composelint, by name.
func Tables() ([]Table, error) {
	names, err := fs.Glob(policies.FS, "data/*.json")
	if err != nil {
		return nil, err
	}
	var tables []Table
	for _, name := range names {
		text, err := fs.ReadFile(policies.FS, name)
		if err != nil {
			return nil, err
		}
		var table struct {
			Date string `json:"date"`
		}
		if err := json.Unmarshal(text, &table); err != nil {
			return nil, fmt.Errorf("could not read %q: %w", name, err)
		}
		if table.Date != "" {
			tables = append(tables, Table{path.Base(name), table.Date})
		}
	}
	return tables, nil
}

// OlderThanAYear is true on a day, as 2027-01-31, that comes more than a year after the table's.
func (t Table) OlderThanAYear(day string) bool {
	date, err := time.Parse(time.DateOnly, t.Date)
	return err == nil && date.AddDate(1, 0, 0).Format(time.DateOnly) < day
}
