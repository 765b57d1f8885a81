package rules_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
)

func TestZZ(t *testing.T) {
	e, _ := rules.New(t.Context(), policies.FS)
	for _, id := range e.Enabled(false) {
		for _, n := range []int{1000, 4000} {
			input, sources := largeProject(n)
			input.Config.Enabled = []string{id}
			s := time.Now()
			f, err := e.Judge(t.Context(), input, sources)
			fmt.Println(id, n, len(f), err, time.Since(s))
		}
	}
	input, sources := largeProject(4000)
	input.Config.Enabled = []string{}
	s := time.Now()
	e.Judge(t.Context(), input, sources)
	fmt.Println("none", time.Since(s))
}
