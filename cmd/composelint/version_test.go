package main

import "testing"

func TestVersion(t *testing.T) {
	for module, want := range map[string]string{
		"":                                   release,
		"(devel)":                            release,
		"v1.2.3":                             "1.2.3",
		"v1.2.3-rc.1":                        "1.2.3-rc.1",
		"v1.2.3+dirty":                       "1.2.3+dirty",
		"v0.0.0-20261125064512-ec94bcb1d2e3": release,
		"v0.0.0-20261125064512-ec94bcb1d2e3+dirty": release,
		"v1.2.4-0.20261125064512-ec94bcb1d2e3":     release,
		"v1.2.3-pre.0.20261125064512-ec94bcb1d2e3": release,
	} {
		if got := versionOf(module); got != want {
			t.Errorf("%q: %q, want %q", module, got, want)
		}
	}
}
