package own

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
)

// checkProxy holds a socket proxy of the user against those that are known: what no policy
// reads would be passed over in silence.
func (u *union) checkProxy(v any) error {
	proxy, ok := v.(map[string]any)
	if !ok {
		return errors.New("is not an object")
	}
	fields, languages := map[string]bool{}, map[string]bool{}
	for _, known := range u.Data["proxies"].(map[string]any) {
		for field, value := range known.(map[string]any) {
			fields[field] = true
			if text, ok := value.(string); ok && field == "language" {
				languages[text] = true
			}
		}
	}
	for _, field := range []string{"name", "source", "images", "language", "variables"} {
		if proxy[field] == nil {
			return fmt.Errorf("lacks %q: see docs/proxies.md", field)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(proxy)) {
		if !fields[field] {
			return fmt.Errorf("unknown field %q%s", field, suggest.Question(field, slices.Sorted(maps.Keys(fields))))
		}
	}
	if err := oneOf("language", proxy["language"], slices.Sorted(maps.Keys(languages))); err != nil {
		return err
	}
	if proxy["language"] == "flags" {
		truths := slices.Sorted(maps.Keys(u.Data["truth"].(map[string]any)))
		return oneOf("truth", proxy["truth"], slices.DeleteFunc(truths, func(s string) bool { return s == "about" }))
	}
	return nil
}

func oneOf(field string, v any, known []string) error {
	if text, _ := v.(string); !slices.Contains(known, text) {
		return fmt.Errorf("unknown %s %q: use %s", field, text, strings.Join(known, ", "))
	}
	return nil
}
