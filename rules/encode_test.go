package rules

import (
	"fmt"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/model"
)

// TestEncodeLong wants a long slice, which is encoded side by side, to be what OPA makes of it.
func TestEncodeLong(t *testing.T) {
	type item struct {
		Name  string        `json:"name"`
		Ports []model.Port  `json:"ports"`
		Known *bool         `json:"known,omitempty"`
		Image *model.Image  `json:"image"`
		Mount []model.Mount `json:"mounts"`
	}
	items := make([]item, 2*long)
	for i := range items {
		items[i] = item{Name: fmt.Sprint("s", i%7), Ports: []model.Port{{At: fmt.Sprint(i), Target: i}}, Image: &model.Image{}, Mount: []model.Mount{}}
		if i%2 == 0 {
			items[i].Known = new(true)
		}
	}
	want := ast.MustInterfaceToValue(items)
	if got := encode(items); got.Compare(want) != 0 {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
