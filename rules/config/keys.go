package config

import (
	"regexp"
	"time"

	"github.com/composelint/composelint/rules/catalogue"
)

// fileShape is the whole of the configuration file.
func fileShape(known Known) *shape {
	services := "services, by name; one that a project does not have is passed over"
	rulePatterns := &vocabulary{what: "rule", known: known.Rules, open: true, patterns: true, right: "an id that --list-rules lists, or a pattern of some"}
	ruleIDs := &vocabulary{what: "rule", known: known.Rules, open: true, right: "an id that --list-rules lists"}
	return &shape{kind: "a mapping", fields: map[string]*shape{
		"preset":  {kind: "a string", about: "how strict to be, in a word: recommended, as a run without a configuration, or strict, as --strict", words: &vocabulary{what: "preset", known: []string{recommended, strict}}},
		"strict":  {kind: "a boolean", about: "judge what is absent in every service, as --strict does"},
		"fail-on": {kind: "a string", about: "the lowest severity for exit status 1, as --fail-on", words: &vocabulary{what: "severity", known: []string{"error", "warning", "note", "none"}}},
		"rules":   {kind: "a mapping", about: "what the findings of rules count as, by id or by patterns with *, of which an id goes before a pattern and a longer pattern before a shorter one", keys: rulePatterns, each: ruleShape(services)},
		"overrides": {kind: "a list", about: "what the findings of rules count as in some files, instead; a later item goes before an earlier one", each: &shape{
			kind: "a mapping", required: []string{"files", "rules"}, fields: map[string]*shape{
				"files": {
					kind: "a list", about: "the files that it is about, as lines of a .gitignore file beside this one",
					each: &shape{kind: "a string", form: glob}, short: &shape{kind: "a string", form: glob},
				},
				"rules": {kind: "a mapping", about: "what the findings of rules count as there", keys: rulePatterns, each: ruleShape(services)},
			},
		}},
		"roles": {kind: "a mapping", about: "what services are for, where that cannot be seen from the project", fields: map[string]*shape{
			"proxies": {kind: "a mapping", about: "socket proxies whose image composelint does not know: " + services, refers: "services", each: &shape{
				kind: "a string", about: "the kind of socket proxy that it is", words: &vocabulary{what: "kind", known: known.Kinds, open: true},
			}},
			"clients": {kind: "a mapping", about: "what the clients of a socket proxy need of the Docker API: " + services, refers: "services", each: &shape{
				kind: "a list", about: "operationIds of the Docker API, or names of known consumers", each: &shape{kind: "a string", words: &vocabulary{
					what: "need", known: known.Needs, open: true, right: "an operationId of the Docker API or the name of a known consumer",
				}},
			}},
			"edge":     {kind: "a list", about: "services that outsiders reach by what is not in the project: " + services, each: &shape{kind: "a string", form: notEmpty, refers: "services"}},
			"networks": {kind: "a list", about: "networks that a socket proxy may be on, by name", each: &shape{kind: "a string", form: notEmpty, refers: "networks"}},
		}},
		"engine":          {kind: "a value", about: "the version of the engine that runs the project, as --engine", form: engine},
		"harmless-mounts": {kind: "a list", about: "paths of the host that may be mounted, with all below them", each: &shape{kind: "a string", form: absolute}},
		"registries":      {kind: "a list", about: "the registries that images may come from, each perhaps with the start of a repository", each: &shape{kind: "a string", form: registry}},
		"exclude":         {kind: "a list", about: "what is passed over in directories, as lines of a .gitignore file beside this one", each: &shape{kind: "a string", form: notEmpty}},
		"projects": {
			kind: "a list", about: "which projects there are, where they cannot be seen: a file, or a list of files that are merged, as seen from this file",
			each: &shape{kind: "a list", each: &shape{kind: "a string", form: notEmpty}, short: &shape{kind: "a string", form: notEmpty}},
		},
		"profiles": {kind: "a list", about: "the profiles whose services are judged, as --profile", each: &shape{kind: "a string", form: notEmpty}},
		"env-file": {
			kind: "a list", about: "files with the variables of the project, as --env-file: as seen from this file, later ones over earlier ones",
			each: &shape{kind: "a string", form: notEmpty}, short: &shape{kind: "a string", form: notEmpty},
		},
		"daemon": {kind: "a string", about: "the configuration file of the engine that runs the projects, daemon.json, as --daemon: as seen from this file", form: notEmpty},
		"variables": {
			kind: "a mapping", about: "variables that the target sets, with their values where they are to be judged",
			names: variable, each: &shape{kind: "a value"}, short: &shape{kind: "a list", each: &shape{kind: "a string", form: variable}},
		},
		"policies":   {kind: "a list", about: "directories of policies of your own, as seen from this file", each: &shape{kind: "a string", form: notEmpty}},
		"exceptions": {kind: "a list", about: "findings that are known and accepted", each: exceptionShape(ruleIDs)},
	}}
}

// ruleShape is what is said of a rule: a level, or levels.
func ruleShape(services string) *shape {
	level := &shape{kind: "a string", words: &vocabulary{what: "level", known: []string{catalogue.Off, "note", "warning", "error"}}}
	return &shape{kind: "a mapping", short: level, fields: map[string]*shape{
		"severity": {kind: "a string", about: "what its findings count as", words: level.words},
		"services": {kind: "a mapping", about: "what they count as in single " + services, refers: "services", each: level},
	}}
}

func exceptionShape(ruleIDs *vocabulary) *shape {
	return &shape{
		kind: "a mapping", required: []string{"rule", "reason"}, some: []string{"file", "service", "at"},
		fields: map[string]*shape{
			"rule":    {kind: "a string", about: "the rule whose findings it excuses", words: ruleIDs},
			"file":    {kind: "a string", about: "the file they stand in, as seen from this one", form: notEmpty},
			"service": {kind: "a string", about: "the service that they are about", form: notEmpty, refers: "services"},
			"at":      {kind: "a string", about: "the node of the model that they are about, or a part of which", form: notEmpty},
			"reason":  {kind: "a string", about: "why they are accepted", form: notEmpty},
			"expires": {kind: "a string", about: "the last day on which it holds, as 2027-01-31", form: day},
			"owner":   {kind: "a string", about: "who answers for it", form: notEmpty},
		},
	}
}

var (
	// registry is a host, perhaps with a port, and perhaps the start of a repository.
	registry = &form{
		pattern: regexp.MustCompile(`^(localhost|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)(:\d+)?(/[a-z0-9._-]+)*$|^[A-Za-z0-9-]+:\d+(/[a-z0-9._-]+)*$`),
		wrong:   `is no registry: use a name as it stands in an image, such as "docker.io" or "ghcr.io/acme"`,
	}
	engine   = &form{pattern: regexp.MustCompile(`^\d+(\.\d+){0,2}$`), wrong: "is no version of the engine: write one such as 28 or 29.3"}
	variable = &form{pattern: regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`), wrong: "is no name of a variable"}
	absolute = &form{pattern: regexp.MustCompile(`^/`), wrong: "is no path of the host: begin it with /"}
	notEmpty = &form{pattern: regexp.MustCompile(`\S`), wrong: "says nothing"}
	day      = &form{pattern: regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`), valid: IsDate, wrong: "is no date: write it as 2027-01-31"}
)

// IsEngine is true for a version of the engine, as 28 or 29.3.
func IsEngine(text string) bool {
	return engine.fits(text)
}

// IsDate is true for a day of the calendar, as 2027-01-31. Such texts sort as their days do.
func IsDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
