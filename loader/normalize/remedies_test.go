package normalize

import (
	"slices"
	"testing"
)

func TestRemedies(t *testing.T) {
	for _, c := range []struct {
		message, meant string
		undefined      []string
	}{
		{`unknown key "prots" in "web": did you mean "ports"?`, "ports", nil},
		{`the volume "data" is not defined: add it to the top-level "volumes"`, "", []string{"volumes", "data"}},
		{`the network "frnt" is not defined: did you mean "front"?`, "front", []string{"networks", "frnt"}},
		{`the volume "conf/x" is not defined: write "./conf/x" for a path, or add it to the top-level "volumes"`, "./conf/x", []string{"volumes", "conf/x"}},
		{`the secret "token" is not defined: add it to the top-level "secrets"`, "", nil},
		{`"ipc" cannot be "container:": did you mean "container:NAME"?`, "", nil},
		{`"pid" cannot be empty: write "host", "service:NAME" or "container:NAME", or remove it`, "", nil},
	} {
		if got := meant(c.message); got != c.meant {
			t.Errorf("%s: meant %q, want %q", c.message, got, c.meant)
		}
		if got := undefined(c.message); !slices.Equal(got, c.undefined) {
			t.Errorf("%s: undefined %q, want %q", c.message, got, c.undefined)
		}
	}
}
