package jsontext_test

import (
	"bytes"
	"testing"

	"github.com/composelint/composelint/internal/jsontext"
)

// TestText leaves the characters of HTML as they are, on one line and on several.
func TestText(t *testing.T) {
	v := map[string]any{"image": "<a> & b", "ports": []int{80}}
	line, err := jsontext.Line(v)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"image":"<a> & b","ports":[80]}`; string(line) != want {
		t.Errorf("got  %s\nwant %s", line, want)
	}
	var text bytes.Buffer
	if err := jsontext.Write(&text, v); err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"image\": \"<a> & b\",\n  \"ports\": [\n    80\n  ]\n}\n"; text.String() != want {
		t.Errorf("got\n%swant\n%s", text.String(), want)
	}
}

// TestFields holds that the fields of a struct are what stands between its braces.
func TestFields(t *testing.T) {
	type service struct {
		Image string `json:"image"`
		Ports []int  `json:"ports"`
	}
	v := service{Image: "<a> & b", Ports: []int{80}}
	fields, err := jsontext.Fields(v, "  ")
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := jsontext.Write(&text, []service{v}); err != nil {
		t.Fatal(err)
	}
	if got := "[\n  {\n" + string(fields) + "\n  }\n]\n"; got != text.String() {
		t.Errorf("got\n%swant\n%s", got, text.String())
	}
}
