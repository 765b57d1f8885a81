package schema

import (
	"reflect"
	"testing"

	"github.com/composelint/composelint/loader/yamltree"
)

// TestSideBySide holds each document of the tests against the schema with each service by itself, and
// with all at once.
func TestSideBySide(t *testing.T) {
	t.Cleanup(func(usual int) func() { return func() { perShare = usual } }(perShare))
	fitting := func(root *yamltree.Node, share int) (fit *yamltree.Node, reports []string) {
		perShare = share
		fit = Fit(root, func(_ *yamltree.Node, p yamltree.Path, message string) {
			reports = append(reports, p.At()+": "+message)
		})
		return fit, reports
	}
	unfit := 0
	for _, root := range documents(t) {
		got, gotReports := fitting(root, 1)
		want, wantReports := fitting(root, 1000)
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotReports, wantReports) {
			t.Errorf("%v\nis %v %q, and at once %v %q", root.Plain(), got.Plain(), gotReports, want.Plain(), wantReports)
		}
		if len(want.Field("services").Values()) > 1 && len(wantReports) > 0 {
			unfit++
		}
	}
	if unfit < 5 {
		t.Errorf("%d documents of several services do not fit", unfit)
	}
}
