package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/catalogue"
)

// ran are rules of each severity.
var ran = catalogue.Catalogue{
	{ID: "a-note", Facts: catalogue.Facts{Severity: "note"}},
	{ID: "a-warning", Facts: catalogue.Facts{Severity: "warning"}},
	{ID: "an-error", Facts: catalogue.Facts{Severity: "error"}},
}

// everywhere is a level for a rule.
func everywhere(level string) catalogue.Levels {
	return catalogue.Levels{Everywhere: level, Services: map[string]string{}}
}

func inService(level string) catalogue.Levels {
	return catalogue.Levels{Services: map[string]string{"app": level}}
}

func inFile(level string) catalogue.Levels {
	return catalogue.Levels{Services: map[string]string{}, Files: []catalogue.FileLevels{{Everywhere: level, Services: map[string]string{}}}}
}

// TestRelaxed says what can hide findings, and leaves it out where only that is wanted which adds some.
func TestRelaxed(t *testing.T) {
	role := model.ProxyRole{Service: "gate", Kind: "tecnativa"}
	for _, c := range []struct {
		name  string
		given func(*Config)
		want  []string
		left  func(*Config)
	}{
		{"nothing", func(*Config) {}, nil, func(*Config) {}},
		{"rules off", func(c *Config) {
			c.Levels = map[string]catalogue.Levels{"a-note": everywhere("off"), "an-error": everywhere("off")}
		}, []string{"2 rules off"}, func(c *Config) {
			c.Levels = map[string]catalogue.Levels{"a-note": everywhere(""), "an-error": everywhere("")}
		}},
		{"lowered, raised and as it is", func(c *Config) {
			c.Levels = map[string]catalogue.Levels{"a-note": everywhere("error"), "a-warning": everywhere("warning"), "an-error": everywhere("note")}
		}, []string{"1 rule lowered"}, func(c *Config) {
			c.Levels = map[string]catalogue.Levels{"a-note": everywhere("error"), "a-warning": everywhere("warning"), "an-error": everywhere("")}
		}},
		{"in services", func(c *Config) {
			c.Levels = map[string]catalogue.Levels{"a-note": inService("warning"), "a-warning": inService("off"), "an-error": inService("warning")}
		}, []string{"2 rules off or lowered in some services"}, func(c *Config) {
			c.Levels = map[string]catalogue.Levels{"a-note": inService("warning"), "a-warning": everywhere(""), "an-error": everywhere("")}
		}},
		{"in files", func(c *Config) {
			c.Levels = map[string]catalogue.Levels{"a-note": inFile("warning"), "a-warning": inFile("off"), "an-error": inFile("warning")}
		}, []string{"2 rules off or lowered in some files"}, func(c *Config) {
			c.Levels = map[string]catalogue.Levels{"a-note": inFile("warning"), "a-warning": inFile(""), "an-error": inFile("")}
		}},
		{"exceptions until a day", func(c *Config) {
			c.Exceptions = []Exception{{Rule: "a-note"}, {Rule: "a-note", Expires: "2027-01-31"}, {Rule: "a-note", Expires: "2027-01-30"}}
		}, []string{"2 exceptions"}, func(*Config) {}},
		{"what services are for", func(c *Config) {
			c.HarmlessMounts = []string{"/etc"}
			c.Roles.Proxies, c.Roles.Networks, c.Roles.Edge = []model.ProxyRole{role}, []string{"api"}, []string{"app"}
		}, []string{"1 harmless mount", "2 roles"}, func(c *Config) { c.Roles.Edge = []string{"app"} }},
		{"variables", func(c *Config) { c.Environment = true }, []string{"variables"}, func(*Config) {}},
		{"files and profiles", func(c *Config) { c.Excludes, c.Profiles = true, true }, []string{"files left out", "profiles"}, func(*Config) {}},
		{"fewer fail", func(c *Config) { c.FailOn = "error" }, []string{"fail-on error"}, func(*Config) {}},
		{"mirrors", func(c *Config) { c.Registries = []string{"mirror.example.com"} }, []string{"trusted registries"}, func(*Config) {}},
		{"more fail", func(c *Config) { c.FailOn, c.Strict = "note", true }, nil, func(c *Config) { c.FailOn, c.Strict = "note", true }},
	} {
		given, left := Default(), Default()
		c.given(&given)
		left.Levels = map[string]catalogue.Levels{}
		c.left(&left)
		if diff := cmp.Diff(c.want, given.Relaxed(ran, chosenOf(given), "2027-01-31")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		stern := given.Stern(ran)
		if diff := cmp.Diff(left, stern); diff != "" {
			t.Errorf("%s: what is left (-want +got):\n%s", c.name, diff)
		}
		if again := stern.Relaxed(ran, chosenOf(stern), "2027-01-31"); again != nil {
			t.Errorf("%s: what is left can hide %q", c.name, again)
		}
	}
}

// chosenOf are the levels of all rules.
func chosenOf(c Config) map[string]catalogue.Levels {
	all := map[string]catalogue.Levels{}
	for _, r := range ran {
		all[r.ID] = c.Levels[r.ID]
	}
	return all
}
