package planner

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/internal/plan/code"
)

// constants numbers the values that functions name, and those in them: equal ones are one.
type constants struct {
	// numbers are those of the constants, by how they are written.
	numbers map[string]int
	texts   []string
	// values are the constants that functions name, by what is in them.
	values []ast.Value
	named  map[string]int
}

func newConstants() *constants { return &constants{numbers: map[string]int{}, named: map[string]int{}} }

// number is that of a value, by which functions name it; key differs for different values. Named
// values have the first numbers: an operand has no room for that of everything in the data.
func (c *constants) number(key string, v ast.Value) int {
	n, ok := c.named[key]
	if !ok {
		n = len(c.values)
		c.named[key] = n
		c.values = append(c.values, v)
		if ast.IsScalar(v) {
			c.numbers[c.written(v)] = n
		}
	}
	return n
}

// store writes the constants: the end of each in the text, and the text.
func (c *constants) store(w *code.Writer) error {
	if len(c.values) > code.Constant {
		return fmt.Errorf("%d constants are more than operands can name", len(c.values))
	}
	c.texts = make([]string, len(c.values))
	for i, v := range c.values {
		c.texts[i] = c.written(v)
		c.numbers[c.texts[i]] = i
	}
	var ends, text []byte
	for _, t := range c.texts {
		text = append(text, t...)
		ends = append(ends, byte(len(text)), byte(len(text)>>8), byte(len(text)>>16))
	}
	if len(text) >= 1<<24 {
		return fmt.Errorf("%d bytes of constants are more than can be stored", len(text))
	}
	w.Text(string(ends))
	w.Text(string(text))
	return nil
}

// inner is the number of a value in another one.
func (c *constants) inner(term *ast.Term) int {
	text := c.written(term.Value)
	n, ok := c.numbers[text]
	if !ok {
		n = len(c.texts)
		c.numbers[text] = n
		c.texts = append(c.texts, text)
	}
	return n
}

// written is a value as it is stored.
func (c *constants) written(v ast.Value) string {
	w := &code.Writer{}
	switch v := v.(type) {
	case ast.Null:
		w.Count(code.Null)
	case ast.Boolean:
		w.Count(map[bool]int{false: code.False, true: code.True}[bool(v)])
	case ast.Number:
		w.Count(code.Number)
		w.Bytes = append(w.Bytes, v...)
	case ast.String:
		w.Count(code.String)
		w.Bytes = append(w.Bytes, v...)
	case *ast.Array:
		w.Count(code.Array)
		w.Count(v.Len())
		v.Foreach(func(item *ast.Term) { w.Count(c.inner(item)) })
	case ast.Object:
		w.Count(code.Object)
		w.Count(v.Len())
		v.Foreach(func(key, value *ast.Term) {
			w.Count(c.inner(key))
			w.Count(c.inner(value))
		})
	default:
		panic(fmt.Sprintf("the constant %s is a %T", v, v))
	}
	return string(w.Bytes)
}
