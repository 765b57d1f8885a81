package catalogue_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules/catalogue"
)

func TestChoose(t *testing.T) {
	c := catalogue.Catalogue{
		{ID: "host-network", Facts: catalogue.Facts{Set: "default"}},
		{ID: "host-pid", Facts: catalogue.Facts{Set: "default"}},
		{ID: "host-uts", Facts: catalogue.Facts{Set: "strict"}},
		{ID: "privileged", Facts: catalogue.Facts{Set: "default"}},
	}
	for _, test := range []struct {
		name string
		catalogue.Selection
		want []string
		err  string
	}{
		{name: "default", want: []string{"host-network", "host-pid", "privileged"}},
		{name: "strict", Selection: catalogue.Selection{Strict: true}, want: []string{"host-network", "host-pid", "host-uts", "privileged"}},
		{name: "select", Selection: catalogue.Selection{Select: []string{"privileged"}}, want: []string{"privileged"}},
		{name: "select a pattern, of any set", Selection: catalogue.Selection{Select: []string{"host-*", "privileged"}}, want: []string{"host-network", "host-pid", "host-uts", "privileged"}},
		{name: "ignore", Selection: catalogue.Selection{Ignore: []string{"host-*"}}, want: []string{"privileged"}},
		{name: "ignore what is selected", Selection: catalogue.Selection{Select: []string{"host-*"}, Ignore: []string{"host-pid"}}, want: []string{"host-network", "host-uts"}},
		{name: "ignore all", Selection: catalogue.Selection{Ignore: []string{"*"}}, want: []string{}},
		{name: "a slip", Selection: catalogue.Selection{Select: []string{"host-pdi"}}, err: `--select: there is no rule "host-pdi": did you mean "host-pid"?`},
		{name: "nothing near", Selection: catalogue.Selection{Ignore: []string{"nonsense"}}, err: `--ignore: there is no rule "nonsense": see --list-rules`},
		{name: "no rule fits", Selection: catalogue.Selection{Ignore: []string{"net-*"}}, err: `--ignore: no rule fits "net-*": see --list-rules`},
		{name: "no pattern", Selection: catalogue.Selection{Ignore: []string{"host-["}}, err: `--ignore: "host-[" is no pattern: write a rule's id, with * for any letters`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := c.Choose(test.Selection)
			message := ""
			if err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(test.err, message); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, got.Rules); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
