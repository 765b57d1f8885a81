package yamltree

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"
)

// Parse reads the documents of a YAML file. The problems are those that compose refuses a
// file for but that the rest of it can be judged in spite of: a duplicate key, of which the
// last one stands; a key that is no string, taken by its text; a merge key without a
// mapping, left out; a value that does not fit its tag, taken as a string. After err there
// are no documents.
//
// An explicit document without content (`---`) is a null, as compose sees it. A file
// without any document has none.
func Parse(source *Source) (docs []*Node, problems []*Error, err *Error) {
	if err := readable(source); err != nil {
		return nil, nil, err
	}
	lines := indexLines(source.Text)
	decoder := yaml.NewDecoder(bytes.NewReader(source.Text))
	guard := &guard{source: source, lines: lines, anchors: map[*yaml.Node]extent{}}
	b := &builder{source: source, lines: lines, anchors: map[*yaml.Node]*Node{}}
	for {
		root, err := next(decoder)
		if errors.Is(err, io.EOF) {
			return docs, b.problems, nil
		}
		if err != nil {
			return nil, nil, syntaxError(source, lines, err)
		}
		if len(docs) == maxDocuments {
			err := guard.fail(root, "the file has more than %d documents", maxDocuments)
			for _, doc := range docs {
				err.Keys = append(err.Keys, doc.Keys()...)
			}
			return nil, nil, err
		}
		if _, err := guard.measure(root, 0); err != nil {
			err.Keys = keysOf(root)
			return nil, nil, err
		}
		tags, beyond := tagsOf(root)
		if beyond != nil {
			return nil, nil, guard.fail(beyond, "the document has more than %d values tagged !reset or !override", maxTagged)
		}
		b.tags = tags
		document := b.document(root)
		if b.dropped[root] {
			return nil, nil, &Error{Span: document.Span, Message: "the whole file cannot be tagged !reset"}
		}
		docs = append(docs, document)
	}
}

// next reads one document and returns its root.
func next(decoder *yaml.Decoder) (root *yaml.Node, err error) {
	defer recovered(&err)
	var document yaml.Node
	if err := decoder.Decode(&document); err != nil {
		return nil, err
	}
	return document.Content[0], nil
}

// resolve is the value that the library gives a scalar.
func resolve(n *yaml.Node) (value any, err error) {
	defer recovered(&err)
	err = n.Decode(&value)
	return value, err
}

// recovered turns a panic of the library into an error.
func recovered(err *error) {
	if v := recover(); v != nil {
		*err = fmt.Errorf("the YAML library failed: %v", v)
	}
}
