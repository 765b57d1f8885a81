package model

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write schema.json afresh")

// TestSchemaJSON keeps schema.json the schema of Input, with the comments of the structs
// and their fields as descriptions.
func TestSchemaJSON(t *testing.T) {
	s, err := schemaOf(reflect.TypeFor[Input]())
	if err != nil {
		t.Fatal(err)
	}
	describe(s, comments(t))
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	var want bytes.Buffer
	e := json.NewEncoder(&want)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("schema.json", want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
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

// describe puts the comments into the schema, by Type and Type.Field. A field without a
// comment of its own keeps that of its type.
func describe(s *schema, comments map[string]string) {
	if s.Items != nil {
		describe(s.Items, comments)
	}
	if s.of == nil {
		return
	}
	s.Description = comments[s.of.Name()]
	for i := range s.of.NumField() {
		field := s.of.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		describe(s.Properties[name], comments)
		if own := comments[s.of.Name()+"."+field.Name]; own != "" {
			s.Properties[name].Description = own
		}
	}
}

// comments reads the doc comments of the package's structs and fields, each in one line.
func comments(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				collect(spec.(*ast.TypeSpec), decl.Doc, found)
			}
		}
	}
	return found
}

func collect(spec *ast.TypeSpec, doc *ast.CommentGroup, found map[string]string) {
	body, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	found[spec.Name.Name] = oneLine(doc)
	for _, field := range body.Fields.List {
		for _, name := range field.Names {
			found[spec.Name.Name+"."+name.Name] = oneLine(field.Doc)
		}
	}
}

func oneLine(doc *ast.CommentGroup) string {
	return strings.Join(strings.Fields(doc.Text()), " ")
}
