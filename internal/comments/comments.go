// Package comments reads the doc comments of structs, for the schemas that are generated
// from them.
package comments

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// Of returns the comments of the structs of the packages in those directories and of their
// fields, each in one line, by package.Type and package.Type.Field.
func Of(dirs ...string) (map[string]string, error) {
	found := map[string]string{}
	for _, dir := range dirs {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				return nil, err
			}
			ofFile(file, found)
		}
	}
	return found, nil
}

func ofFile(file *ast.File, found map[string]string) {
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.TYPE {
			continue
		}
		for _, spec := range decl.Specs {
			ofType(file.Name.Name, spec.(*ast.TypeSpec), decl.Doc, found)
		}
	}
}

func ofType(pkg string, spec *ast.TypeSpec, doc *ast.CommentGroup, found map[string]string) {
	body, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	name := pkg + "." + spec.Name.Name
	found[name] = oneLine(doc)
	for _, field := range body.Fields.List {
		for _, f := range field.Names {
			found[name+"."+f.Name] = oneLine(field.Doc)
		}
	}
}

func oneLine(doc *ast.CommentGroup) string {
	return strings.Join(strings.Fields(doc.Text()), " ")
}
