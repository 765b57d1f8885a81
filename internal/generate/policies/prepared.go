package policies

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/composelint/composelint/rules/policy"
)

// preparedFile holds what follows from the data alone, so that no run has to work it out.
const preparedFile = "data/prepared.json"

// prepared is what tables.rego makes of the data, a line for each entry.
func prepared(policies fs.FS) ([]byte, error) {
	set, err := policy.Read(unprepared{policies})
	if err != nil {
		return nil, err
	}
	compiler, err := set.Compile()
	if err != nil {
		return nil, err
	}
	if err := set.Prepare(context.Background(), compiler); err != nil {
		return nil, err
	}
	text, err := lines(set.Data["prepared"], 3)
	return []byte(text + "\n"), err
}

// unprepared is policies with nothing prepared, whatever the file holds.
type unprepared struct{ fs.FS }

func (u unprepared) Open(name string) (fs.File, error) {
	if name == preparedFile {
		return fstest.MapFS{name: {Data: []byte("{}")}}.Open(name)
	}
	return u.FS.Open(name)
}

// lines writes the values above a depth one a line, for the sake of those who read differences.
func lines(v any, depth int) (string, error) {
	object, ok := v.(map[string]any)
	if !ok || depth == 0 {
		text, err := json.Marshal(v)
		return string(text), err
	}
	var fields []string
	for _, key := range slices.Sorted(maps.Keys(object)) {
		value, err := lines(object[key], depth-1)
		if err != nil {
			return "", err
		}
		fields = append(fields, fmt.Sprintf("%q: %s", key, value))
	}
	return "{\n" + strings.Join(fields, ",\n") + "\n}", nil
}
