package loader

import "slices"

// mask stands for a value that is not to be shown.
const mask = "***"

// Masked is the result with a mask for every value that looks like a credential.
func (r *Result) Masked() *Result {
	masked := *r
	masked.Project.Services = slices.Clone(r.Project.Services)
	for i := range masked.Project.Services {
		s := &masked.Project.Services[i]
		s.Environment = slices.Clone(s.Environment)
		for j, v := range s.Environment {
			s.Environment[j].Value = maskedValue(v.Name, v.Value)
		}
		s.Options = slices.Clone(s.Options)
		for j, o := range s.Options {
			s.Options[j].Value = maskedValue(o.Name, o.Value)
		}
	}
	return &masked
}

func maskedValue(name string, value *string) *string {
	switch {
	case value == nil || *value == "":
		return value
	case isSecretKey(name):
		return new(mask)
	}
	return new(maskText(*value))
}

// maskText masks what looks like a credential by its own shape.
func maskText(text string) string {
	text = secretValue.ReplaceAllString(text, mask)
	out, done := "", 0
	for _, at := range urlPassword.FindAllStringSubmatchIndex(text, -1) {
		out += text[done:at[2]] + mask
		done = at[3]
	}
	return out + text[done:]
}
