package config

import (
	"maps"
	"slices"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules/catalogue"
)

// Relaxed says in phrases what a configuration has that can hide findings, or make less of them.
// Rules are those that would run without it, and chosen what becomes of their findings with it; an
// exception that is past its day hides nothing.
func (c Config) Relaxed(rules catalogue.Catalogue, chosen map[string]catalogue.Levels, today string) []string {
	off, lowered, somewhere, inFiles := 0, 0, 0, 0
	for _, rule := range rules {
		switch levels, runs := chosen[rule.ID]; {
		case !runs || levels.Everywhere == catalogue.Off:
			off++
		case rule.Lowers(levels.Everywhere):
			lowered++
		case slices.ContainsFunc(slices.Collect(maps.Values(levels.Services)), rule.Lowers):
			somewhere++
		case slices.ContainsFunc(levels.Files, func(in catalogue.FileLevels) bool { return lowersIn(rule, in) }):
			inFiles++
		}
	}
	held := slices.DeleteFunc(slices.Clone(c.Exceptions), func(e Exception) bool { return e.Expires != "" && e.Expires < today })
	var phrases []string
	add := func(n int, noun, rest string) {
		if n > 0 {
			phrases = append(phrases, words.Count(n, noun)+rest)
		}
	}
	add(off, "rule", " off")
	add(lowered, "rule", " lowered")
	add(somewhere, "rule", " off or lowered in some services")
	add(inFiles, "rule", " off or lowered in some files")
	add(len(held), "exception", "")
	add(len(c.HarmlessMounts), "harmless mount", "")
	add(len(c.Roles.Proxies)+len(c.Roles.Clients)+len(c.Roles.Networks), "role", "")
	if len(c.Registries) > 0 { // whose images are believed to be what they are called
		phrases = append(phrases, "trusted registries")
	}
	if c.Excludes {
		phrases = append(phrases, "files left out")
	}
	if c.Daemon {
		phrases = append(phrases, "the engine's configuration")
	}
	if c.Profiles {
		phrases = append(phrases, "profiles")
	}
	if c.Environment {
		phrases = append(phrases, "variables")
	}
	if fewerFail[c.FailOn] {
		phrases = append(phrases, "fail-on "+c.FailOn)
	}
	return phrases
}

// fewerFail are the severities that let more pass than a run which names none.
var fewerFail = map[string]bool{"error": true, "none": true}

// Stern is the configuration without what can hide findings: what is left of it adds some.
func (c Config) Stern(rules catalogue.Catalogue) Config {
	stern := Default()
	stern.Strict, stern.Roles.Edge = c.Strict, c.Roles.Edge
	if !fewerFail[c.FailOn] {
		stern.FailOn = c.FailOn
	}
	stern.Levels = map[string]catalogue.Levels{}
	for id, levels := range c.Levels {
		rule, _ := rules.Find(id)
		var kept catalogue.Levels
		kept.Everywhere, kept.Services = sternLevels(rule, levels.Everywhere, levels.Services)
		for _, in := range levels.Files {
			in.Everywhere, in.Services = sternLevels(rule, in.Everywhere, in.Services)
			kept.Files = append(kept.Files, in)
		}
		stern.Levels[id] = kept
	}
	return stern
}

// sternLevels are those of the levels that make no less of a rule's findings.
func sternLevels(rule catalogue.Rule, everywhere string, services map[string]string) (string, map[string]string) {
	kept := map[string]string{}
	for service, level := range services {
		if !rule.Lowers(level) {
			kept[service] = level
		}
	}
	if rule.Lowers(everywhere) {
		everywhere = ""
	}
	return everywhere, kept
}

// lowersIn is true where the levels in some files make less of the rule's findings.
func lowersIn(rule catalogue.Rule, in catalogue.FileLevels) bool {
	return rule.Lowers(in.Everywhere) || slices.ContainsFunc(slices.Collect(maps.Values(in.Services)), rule.Lowers)
}
