package lsp

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// reference is a place of a Compose file that names something of the project.
type reference struct {
	// path is where it stands: keys, * for any key, [] for an item.
	path string
	// section is the top-level key under which it is defined.
	section string
	// prefix stands before the name, which ends before the separator.
	prefix, separator string
}

// references are the places that name something.
var references = []reference{
	{path: "services.*.depends_on.[]", section: "services"},
	{path: "services.*.depends_on.*", section: "services"},
	{path: "services.*.links.[]", section: "services", separator: ":"},
	{path: "services.*.volumes_from.[]", section: "services", separator: ":"},
	{path: "services.*.network_mode", section: "services", prefix: "service:"},
	{path: "services.*.ipc", section: "services", prefix: "service:"},
	{path: "services.*.pid", section: "services", prefix: "service:"},
	{path: "services.*.extends", section: "services"},
	{path: "services.*.extends.service", section: "services"},
	{path: "services.*.networks.[]", section: "networks"},
	{path: "services.*.networks.*", section: "networks"},
	{path: "services.*.volumes.[]", section: "volumes", separator: ":"},
	{path: "services.*.volumes.[].source", section: "volumes"},
	{path: "services.*.secrets.[]", section: "secrets"},
	{path: "services.*.secrets.[].source", section: "secrets"},
	{path: "services.*.build.secrets.[]", section: "secrets"},
	{path: "services.*.build.secrets.[].source", section: "secrets"},
	{path: "services.*.configs.[]", section: "configs"},
	{path: "services.*.configs.[].source", section: "configs"},
}

// matches is true for a path of such a form.
func matches(path yamltree.Path, form string) bool {
	for _, part := range path {
		want, rest, _ := strings.Cut(form, ".")
		isItem := strings.HasPrefix(part, "[") && strings.HasSuffix(part, "]")
		switch {
		case want == "":
			return false
		case want == "[]" && !isItem, want == "*" && isItem, want != "[]" && want != "*" && want != part:
			return false
		}
		form = rest
	}
	return form == ""
}

// reference is the one that stands at a spot; ok is false for none. Keys are names only where nothing but a name
// can be one.
func (s spot) reference() (r reference, ok bool) {
	for _, r := range references {
		isKey := strings.HasSuffix(r.path, ".*")
		if isKey == (s.role == atKey) && matches(s.path, r.path) && !(r.section == "services" && s.parent().Field("file") != nil) {
			return r, true
		}
	}
	return reference{}, false
}

// name is what a token names, with where that stands in the token; ok is false where an offset in it is not in the
// name, or where the token names nothing of the project.
func (r reference) name(token string, offset int) (start, end int, ok bool) {
	start, end = len(r.prefix), len(token)
	if !strings.HasPrefix(token, r.prefix) || r.section == "volumes" && token != "" && strings.Contains("/.~", token[:1]) {
		return 0, 0, false
	}
	if r.separator != "" {
		if i := strings.Index(token[start:], r.separator); i >= 0 {
			end = start + i
		}
	}
	return start, end, start <= offset && offset <= end
}
