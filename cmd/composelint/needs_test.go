package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/policies"
)

// followed are the rules whose advice depends on the image.
var followed = []string{"capabilities-kept", "writable-root-filesystem", "root-user", "new-privileges-allowed", "healthcheck-missing"}

// TestAdviceForImages follows the advice of those rules for every image of which it is known what it
// needs, all of it at once: the image still starts, and nothing is found again.
func TestAdviceForImages(t *testing.T) {
	text, err := fs.ReadFile(policies.FS, "data/image_needs.json")
	if err != nil {
		t.Fatal(err)
	}
	var needs struct {
		Entries []struct {
			Images []string
			Tags   string
		}
	}
	if err := json.Unmarshal(text, &needs); err != nil {
		t.Fatal(err)
	}
	services := map[string]any{}
	for i, entry := range needs.Entries {
		for _, image := range entry.Images {
			name := fmt.Sprintf("s%d-%s", i, strings.ReplaceAll(image, "/", "-"))
			name = strings.ReplaceAll(name, "*", "sonarr")
			reference := strings.ReplaceAll(image, "*", "sonarr")
			if tag := tagOf(t, entry.Tags); tag != "" {
				reference += ":" + tag
			}
			services[name] = map[string]any{"image": reference, "ports": []string{"127.0.0.1::80"}}
		}
	}
	before := hardened(t, services)
	found := map[string]bool{}
	for _, f := range before {
		found[f.Rule] = true
	}
	if len(found) != len(followed) {
		t.Fatalf("of %q only %v find something", followed, found)
	}
	for _, f := range before {
		follow(t, services[f.service()].(map[string]any), f.Message)
	}
	for _, f := range hardened(t, services) {
		t.Errorf("%v, after the advice was followed: %s", services[f.service()], f.Message)
	}
}

// tagOf is a tag that an expression of tags means.
func tagOf(t *testing.T, expression string) string {
	t.Helper()
	of := regexp.MustCompile(expression)
	for _, tag := range []string{"9.16.1", "8.0", "7.4", "3.7.0", "2.7", "17-alpine", "2-rootless", "1.27-slim", "v1-unprivileged", "2-s6", "v3.5.0-distroless", "9.1.2", "3.5.1"} {
		if of.MatchString(tag) {
			return tag
		}
	}
	t.Fatalf("no tag of the test is one of %q", expression)
	return ""
}

type hardening struct {
	Rule    string `json:"rule"`
	At      string `json:"at"`
	Message string `json:"message"`
}

// service is the name of the service that the finding is about.
func (h hardening) service() string {
	return regexp.MustCompile(`"([^"]+)"`).FindStringSubmatch(h.Message)[1]
}

// hardened are the findings about services by the rules whose advice is followed, and by that about
// hardening which breaks an image.
func hardened(t *testing.T, services map[string]any) []hardening {
	t.Helper()
	text, err := json.Marshal(map[string]any{"services": services})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "compose.yaml"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, _ := run(t, dir, "--no-config", "--strict", "--format", "json", "--select", strings.Join(append(slices.Clone(followed), "hardening-breaks-image"), ","))
	var document struct{ Findings []hardening }
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatalf("%v: %s", err, errs)
	}
	return document.Findings
}

// follow changes a service as a message says, word by word.
func follow(t *testing.T, service map[string]any, message string) {
	t.Helper()
	_, advice, _ := strings.Cut(message, ": ")
	quoted := func(part string) []string {
		var texts []string
		for _, m := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(part, -1) {
			texts = append(texts, m[1])
		}
		return texts
	}
	for _, a := range []struct {
		says *regexp.Regexp
		do   func(part string)
	}{
		{regexp.MustCompile(`set "cap_drop" to "ALL"`), func(string) { service["cap_drop"] = []string{"ALL"} }},
		{regexp.MustCompile(`and add (.*) to "cap_add"`), func(part string) { service["cap_add"] = quoted(part) }},
		{regexp.MustCompile(`set "read_only" to "true"`), func(string) { service["read_only"] = true }},
		{regexp.MustCompile(`"tmpfs" to (("[^"]*"(, | and )?)+)`), func(part string) { service["tmpfs"] = quoted(part) }},
		{regexp.MustCompile(`mount a volume at (.*)`), func(part string) { service["volumes"] = quoted(part) }},
		{regexp.MustCompile(`set "user" to "([^"]*)"`), func(part string) { service["user"] = part }},
		{regexp.MustCompile(`set "user"$`), func(string) { service["user"] = "10001" }},
		{regexp.MustCompile(`add "(no-new-privileges:true)" to "security_opt"`), func(part string) { service["security_opt"] = []string{part} }},
		{regexp.MustCompile(`set "PGADMIN_LISTEN_PORT" to "(.*?)", and publish that`), func(part string) {
			service["environment"] = map[string]string{"PGADMIN_LISTEN_PORT": part}
			service["ports"] = []string{"127.0.0.1::" + part}
		}},
		{regexp.MustCompile(`add "healthcheck" with the "test" (\[.*\])`), func(part string) { service["healthcheck"] = map[string]any{"test": json.RawMessage(part)} }},
		{regexp.MustCompile(`add "healthcheck", unless`), func(string) { service["healthcheck"] = map[string]any{"test": "true"} }},
	} {
		if m := a.says.FindStringSubmatch(advice); m != nil {
			a.do(append(m, "")[1])
		}
	}
}
