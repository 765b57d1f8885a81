package secret

import (
	"fmt"
	"slices"
	"testing"
)

// TestMaskedMany masks many texts, side by side, as it masks each.
func TestMaskedMany(t *testing.T) {
	k := NewKnown()
	k.add("s3cr3t-Value")
	m := NewMask(k)
	var texts, want []string
	for i := range 2 * manyItems {
		text := fmt.Sprintf("%d has s3cr3t-Value", i)
		texts, want = append(texts, text), append(want, m.Text(text))
	}
	if got := Masked(m, texts); !slices.Equal(got, want) || want[0] != "0 has ***" {
		t.Errorf("%v, not %v", got[0], want[0])
	}
}
