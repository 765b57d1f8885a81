package loader

import (
	"regexp"
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
)

// mask stands for a value that is not to be shown.
const mask = "***"

// privateKey is where a private key begins.
var privateKey = regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)

// Masked is the result with a mask for every value that looks like a credential.
func (r *Result) Masked() *Result {
	masked := *r
	p := &masked.Project
	p.Services = slices.Clone(p.Services)
	for i := range p.Services {
		maskService(&p.Services[i])
	}
	p.Networks = slices.Clone(p.Networks)
	for i := range p.Networks {
		p.Networks[i].DriverOpts = maskedSettings(p.Networks[i].DriverOpts)
	}
	p.Configs = slices.Clone(p.Configs)
	for i := range p.Configs {
		c := &p.Configs[i]
		c.Content, c.Literal = maskedValue(c.Name, c.Content), maskValue(c.Name, c.Literal)
	}
	return &masked
}

func maskService(s *model.Service) {
	s.Environment = maskedSettings(s.Environment)
	s.Options = maskedSettings(s.Options)
	s.Labels = maskedSettings(s.Labels)
	s.Sysctls = maskedSettings(s.Sysctls)
	s.Deploy.Labels = maskedSettings(s.Deploy.Labels)
	s.Logging.Options = maskedSettings(s.Logging.Options)
	s.Entrypoint = maskedWords(s.Entrypoint)
	s.Command = maskedWords(s.Command)
	s.Healthcheck.Test = maskedWords(s.Healthcheck.Test)
	if s.Provider != nil {
		provider := *s.Provider
		provider.Options = maskedSettings(provider.Options)
		s.Provider = &provider
	}
	if s.Build != nil {
		build := *s.Build
		build.Args = maskedSettings(build.Args)
		build.Labels = maskedSettings(build.Labels)
		build.Contexts = slices.Clone(build.Contexts)
		for i, c := range build.Contexts {
			build.Contexts[i].Source = maskedValue(c.Name, c.Source)
		}
		s.Build = &build
	}
}

func maskedSettings(settings []model.Setting) []model.Setting {
	masked := slices.Clone(settings)
	for i, s := range masked {
		masked[i].Value, masked[i].Literal = maskedValue(s.Name, s.Value), maskValue(s.Name, s.Literal)
	}
	return masked
}

// maskedWords masks the words of a command line. An option like --password makes a
// credential of the next word.
func maskedWords(words []model.Word) []model.Word {
	masked := slices.Clone(words)
	option := ""
	for i, w := range masked {
		masked[i].Value, masked[i].Literal = maskedValue(option, w.Value), maskValue(option, w.Literal)
		option = ""
		if name, isOption := strings.CutPrefix(w.Literal, "-"); isOption && !strings.Contains(name, "=") {
			option = strings.TrimLeft(name, "-")
		}
	}
	return masked
}

func maskedValue(name string, value *string) *string {
	if value == nil {
		return nil
	}
	return new(maskValue(name, *value))
}

// maskValue masks a value by the name it stands under, by the names that stand in it, and
// by its own shape.
func maskValue(name, value string) string {
	if harmless.MatchString(value) {
		return value
	}
	if isSecretKey(name) {
		return mask
	}
	key, assigned, found := strings.Cut(value, "=")
	if key = strings.TrimLeft(key, "-"); found && assigned != "" && !strings.Contains(key, " ") && isSecretKey(key) {
		return strings.TrimSuffix(value, assigned) + mask
	}
	out, done := "", 0
	if strings.ContainsAny(value, " \n") {
		for _, at := range secretAssignment.FindAllStringSubmatchIndex(value, -1) {
			if isSecretKey(value[at[2]:at[3]]) {
				out += value[done:at[4]] + mask
				done = at[5]
			}
		}
	}
	return maskText(out + value[done:])
}

// maskText masks what looks like a credential by its own shape.
func maskText(text string) string {
	if i := privateKey.FindStringIndex(text); i != nil {
		text = text[:i[0]] + mask
	}
	text = secretValue.ReplaceAllString(text, mask)
	out, done := "", 0
	for _, at := range urlPassword.FindAllStringSubmatchIndex(text, -1) {
		out += text[done:at[2]] + mask
		done = at[3]
	}
	return out + text[done:]
}
