package model

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

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
	if mount.AdditionalProperties != false {
		t.Error("a mount takes any field")
	}
}

// TestSchemaWantsComments fails where the comments of a package were not read, which would
// take descriptions away.
func TestSchemaWantsComments(t *testing.T) {
	_, err := SchemaOf(reflect.TypeFor[Input](), map[string]string{})
	want := "there are no comments of model.Input: read those of its package, too"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestSchemaRefusesMaps fails on the kinds of field that a misspelt name hides in.
func TestSchemaRefusesMaps(t *testing.T) {
	type wrong struct {
		Labels map[string]string `json:"labels"`
	}
	_, err := schemaOf(reflect.TypeFor[wrong](), false)
	want := "wrong.Labels: the model has a field of type map[string]string, which no policy can see"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
