package model

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/comments"
)

var update = flag.Bool("update", false, "write schema.json afresh")

// TestSchemaJSON keeps schema.json the schema of Input, with the comments of the structs
// and their fields as descriptions.
func TestSchemaJSON(t *testing.T) {
	described, err := comments.Of(".")
	if err != nil {
		t.Fatal(err)
	}
	want, err := SchemaOf(reflect.TypeFor[Input](), described)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("schema.json is not that of the structs: go test ./model -update")
	}
}

// TestSchemaFields holds Schema to the conventions of the package.
func TestSchemaFields(t *testing.T) {
	text, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	mount := s.Properties["project"].Properties["services"].Items.Properties["mounts"].Items
	if got := strings.Join(mount.Required, " "); got != "at type volume source allows ignored from" {
		t.Errorf("a mount requires %q", got)
	}
	if got := mount.Properties["read_only"].Type; got != "boolean" {
		t.Errorf("read_only is a %s", got)
	}
	if mount.AdditionalProperties == nil || *mount.AdditionalProperties {
		t.Error("a mount takes any field")
	}
}

// TestSchemaRefusesMaps fails on the kinds of field that a misspelt name hides in.
func TestSchemaRefusesMaps(t *testing.T) {
	type wrong struct {
		Labels map[string]string `json:"labels"`
	}
	_, err := schemaOf(reflect.TypeFor[wrong]())
	want := "wrong.Labels: the model has a field of type map[string]string, which no policy can see"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
