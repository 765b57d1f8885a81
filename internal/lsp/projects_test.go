package lsp

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// rulesAt are the diagnostics of a file of some rules, with their lines, once they are what is wanted.
func (c *client) wantRules(name string, want ...string) {
	c.t.Helper()
	var got []string
	for attempt := range 2 {
		c.eventually("the diagnostics of "+name, func() bool {
			got = []string{}
			for _, d := range codes(c.published[c.uri(name)].Diagnostics) {
				rule, _, _ := strings.Cut(d, " ")
				if !slices.Contains([]string{"new-privileges-allowed", "resource-limits-missing"}, rule) {
					got = append(got, d)
				}
			}
			return attempt > 0 || reflect.DeepEqual(got, append([]string{}, want...))
		})
	}
}

// TestProjectOfFile judges the project that Compose would run, of which a document is open, whatever is open of it and
// unsaved.
func TestProjectOfFile(t *testing.T) {
	const base = "services:\n  app:\n    image: nginx:1.31.0\n    privileged: true\n"
	t.Run("override", func(t *testing.T) {
		c := open(t, map[string]string{"compose.yaml": base, "compose.override.yaml": "services: {}\n"}, `{}`)
		c.didOpen("compose.override.yaml", "services:\n  app:\n    privileged: false\n")
		c.wantRules("compose.yaml")
		c.didChange("compose.override.yaml", 2, contentChange{&textRange{position{2, 16}, position{2, 21}}, "true"})
		c.wantRules("compose.override.yaml", "privileged 2")
		c.didChange("compose.override.yaml", 3, contentChange{nil, "services: {}\n"})
		c.wantRules("compose.override.yaml")
		c.wantRules("compose.yaml", "privileged 3")
	})
	t.Run("extends, both open", func(t *testing.T) {
		c := open(t, map[string]string{"compose.prod.yml": "", "base.yml": base}, `{}`)
		c.didOpen("base.yml", base)
		c.wantRules("base.yml", "privileged 3")
		c.didOpen("compose.prod.yml", "services:\n  web:\n    extends: {file: base.yml, service: app}\n    network_mode: host\n")
		c.wantRules("compose.prod.yml", "host-network 3")
		c.wantRules("base.yml", "privileged 3")
		c.didChange("base.yml", 2, contentChange{nil, "services:\n  app:\n    image: nginx:1.31.0\n    pid: host\n"})
		c.wantRules("base.yml", "host-pid 3")
		c.notify("textDocument/didClose", didCloseParams{textDocumentIdentifier{c.uri("compose.prod.yml")}})
		c.wantRules("compose.prod.yml")
		c.wantRules("base.yml", "host-pid 3")
	})
	t.Run("included, the other one closed", func(t *testing.T) {
		c := open(t, map[string]string{"deploy/compose.yaml": "include: [../parts/web.yml]\nservices:\n  web:\n    privileged: true\n", "parts/web.yml": "services:\n  web:\n    image: nginx:1.31.0\n"}, `{}`)
		c.didOpen("parts/web.yml", "services:\n  web:\n    image: nginx:1.31.0\n    pid: host\n")
		c.wantRules("parts/web.yml", "host-pid 3")
		c.eventually("the diagnostics of the other one", func() bool { return len(c.published[c.uri("deploy/compose.yaml")].Diagnostics) > 0 })
	})
	t.Run("variables of .env", func(t *testing.T) {
		c := open(t, map[string]string{".env": "P=true\n", "compose.yaml": ""}, `{}`)
		c.didOpen("compose.yaml", "services:\n  app:\n    image: nginx:1.31.0\n    privileged: ${P}\n")
		c.wantRules("compose.yaml", "privileged 3")
		c.didOpen(".env", "P=false\n")
		c.wantRules("compose.yaml")
		c.notify("textDocument/didClose", didCloseParams{textDocumentIdentifier{c.uri(".env")}})
		c.wantRules("compose.yaml", "privileged 3")
		c.write(".env", "P=false\n")
		c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": c.uri(".env"), "type": fileChanged}}})
		c.wantRules("compose.yaml")
	})
	t.Run("configuration", func(t *testing.T) {
		c := open(t, map[string]string{"compose.yaml": base}, `{}`)
		c.didOpen("compose.yaml", base)
		c.wantRules("compose.yaml", "privileged 3")
		c.write(".composelint.yaml", "rules: {privileged: off}\n")
		c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": c.uri(".composelint.yaml"), "type": 1}}})
		c.wantRules("compose.yaml")
		c.didOpen(".composelint.yaml", "rules: {privileged: warning}\n")
		c.wantRules("compose.yaml", "privileged 3")
		c.didChange(".composelint.yaml", 2, contentChange{nil, "rules: {priviledged: warning}\n"})
		c.wantRules(".composelint.yaml", "not-judged 0")
		c.wantRules("compose.yaml", "not-judged 0") // and what the one that was saved has found, which is nothing
		c.didChange(".composelint.yaml", 3, contentChange{nil, "rules: {privileged: off}\n"})
		c.wantRules(".composelint.yaml")
		c.wantRules("compose.yaml")
	})
	t.Run("projects of the configuration", func(t *testing.T) {
		c := open(t, map[string]string{
			".composelint.yaml": "projects:\n  - [a.yml, b.yml]\n  - c.yml\n", "a.yml": base, "b.yml": "", "c.yml": base,
		}, `{}`)
		c.didOpen("b.yml", "services:\n  app:\n    privileged: false\n    pid: host\n")
		c.wantRules("b.yml", "host-pid 3")
		c.wantRules("a.yml")
		c.wantRules("c.yml")
	})
	t.Run("settings", func(t *testing.T) {
		c := open(t, map[string]string{"compose.yaml": base, "other.yaml": "rules: {privileged: note}\n"}, `{}`)
		c.didOpen("compose.yaml", base)
		c.wantRules("compose.yaml", "privileged 3")
		c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"composelint": map[string]any{"configuration": "other.yaml"}}})
		c.eventually("a note", func() bool {
			found := c.published[c.uri("compose.yaml")].Diagnostics
			return len(found) > 0 && found[len(found)-1].Severity == severityInformation
		})
		c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"composelint": map[string]any{"strict": true}}})
		c.eventually("more", func() bool { return len(c.published[c.uri("compose.yaml")].Diagnostics) > 4 })
	})
	t.Run("policies of one's own", func(t *testing.T) {
		const policy = "# METADATA\n# title: A rule\n# description: Why.\n# custom: {severity: error, security_severity: 7.0, precision: high, set: default, by_hand: only you know}\npackage composelint.rules[\"own-rule\"]\n\nimport data.composelint.lint\n\nfindings contains lint.on(service, \"WORD\") if some service in input.project.services\n"
		c := open(t, map[string]string{"compose.yaml": base, "own/own_rule.rego": strings.Replace(policy, "WORD", "one", 1), "own.yaml": "policies: [own]\n"}, `{}`)
		c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"composelint": map[string]any{"configuration": "own.yaml"}}})
		c.didOpen("compose.yaml", base)
		c.wantRules("compose.yaml", "own-rule 1", "privileged 3")
		c.write("own/own_rule.rego", strings.Replace(policy, "on(service", "on_key(service, \"image\"", 1))
		c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": c.uri("own/own_rule.rego"), "type": fileChanged}}})
		c.wantRules("compose.yaml", "own-rule 2", "privileged 3")
	})
	t.Run("what is not Compose", func(t *testing.T) {
		c := open(t, nil, `{}`)
		c.didOpen("values.yaml", "services:\n  app:\n    port: 80\nreplicas: 2\n")
		c.didOpen("compose.yaml", base)
		c.wantRules("compose.yaml", "privileged 3")
		if p, ok := c.published[c.uri("values.yaml")]; ok {
			t.Errorf("there is %v", p)
		}
		c.didChange("values.yaml", 2, contentChange{nil, base})
		c.wantRules("values.yaml", "privileged 3")
	})
	t.Run("an override that comes", func(t *testing.T) {
		c := open(t, map[string]string{"compose.yaml": base}, `{}`)
		c.didOpen("compose.yaml", base)
		c.wantRules("compose.yaml", "privileged 3")
		c.write("compose.override.yaml", "services: {app: {privileged: false}}\n")
		c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": c.uri("compose.override.yaml"), "type": 1}}})
		c.wantRules("compose.yaml")
	})
}

// TestFolders shows what is found in the files of a folder by whichever name it is known, and in those of folders that
// come and go.
func TestFolders(t *testing.T) {
	initialize := func(c *client, folders ...string) {
		all := []map[string]string{}
		for _, folder := range folders {
			all = append(all, map[string]string{"uri": c.uri(folder)})
		}
		c.call("initialize", map[string]any{"capabilities": map[string]any{}, "workspaceFolders": all}, nil)
		c.notify("initialized", struct{}{})
	}
	change := func(c *client, added, removed []string) {
		event := map[string]any{}
		for key, names := range map[string][]string{"added": added, "removed": removed} {
			all := []map[string]string{}
			for _, name := range names {
				all = append(all, map[string]string{"uri": c.uri(name)})
			}
			event[key] = all
		}
		c.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": event})
	}
	t.Run("behind a link", func(t *testing.T) {
		c := start(t, map[string]string{"real/compose.yaml": privileged})
		if err := os.Symlink("real", filepath.Join(c.dir, "link")); err != nil {
			t.Skip(err)
		}
		initialize(c, "link")
		c.didOpen("link/compose.yaml", privileged)
		c.wantRules("link/compose.yaml", "privileged 3")
	})
	t.Run("that is not there", func(t *testing.T) {
		c := start(t, map[string]string{"compose.yaml": privileged})
		initialize(c, "nowhere")
		c.didOpen("compose.yaml", privileged)
		c.wantRules("compose.yaml", "privileged 3")
	})
	t.Run("added", func(t *testing.T) {
		c := start(t, map[string]string{"one/compose.yaml": privileged})
		initialize(c)
		change(c, []string{"one"}, nil)
		c.didOpen("one/compose.yaml", privileged)
		c.wantRules("one/compose.yaml", "privileged 3")
	})
	t.Run("removed and replaced", func(t *testing.T) {
		c := start(t, map[string]string{"one/compose.yaml": privileged, "two/compose.yaml": privileged})
		initialize(c, "one", "two")
		c.didOpen("two/compose.yaml", privileged)
		c.wantRules("two/compose.yaml", "privileged 3")
		change(c, nil, []string{"one"})
		c.didChange("two/compose.yaml", 2, contentChange{&textRange{position{0, 0}, position{0, 0}}, "\n"})
		c.wantRules("two/compose.yaml", "privileged 4")
	})
}

// TestParts shows what is found in files that are Compose's by what reads them alone.
func TestParts(t *testing.T) {
	const part = "services:\n  app:\n    privileged: true\n"
	t.Run("of a closed project", func(t *testing.T) {
		c := open(t, map[string]string{"compose.yaml": "services:\n  app:\n    image: nginx:1.31.0\n    extends: {file: part.yml, service: app}\n", "part.yml": part}, `{}`)
		c.didOpen("part.yml", part)
		c.wantRules("part.yml", "privileged 2")
	})
	t.Run("of one that is closed again", func(t *testing.T) {
		text := "services:\n  app:\n    image: nginx:1.31.0\n    extends: {file: part.yml, service: app}\n"
		c := open(t, map[string]string{"compose.yaml": text, "part.yml": part}, `{}`)
		c.didOpen("compose.yaml", text)
		c.didOpen("part.yml", part)
		c.wantRules("part.yml", "privileged 2")
		c.notify("textDocument/didClose", didCloseParams{textDocumentIdentifier{c.uri("compose.yaml")}})
		c.didChange("part.yml", 2, contentChange{&textRange{position{0, 0}, position{0, 0}}, "\n"})
		c.wantRules("part.yml", "privileged 3")
	})
	t.Run("by COMPOSE_FILE", func(t *testing.T) {
		c := open(t, map[string]string{".env": "COMPOSE_FILE=one.yml:two.yml\n", "one.yml": "services: {app: {image: \"nginx:1.31.0\"}}\n", "two.yml": part}, `{}`)
		c.didOpen("two.yml", part)
		c.wantRules("two.yml", "privileged 2")
	})
	t.Run("of a project that changes on disk", func(t *testing.T) {
		c := open(t, map[string]string{"compose.yaml": "services: {app: {image: \"nginx:1.31.0\"}}\n", "part.yml": part}, `{}`)
		c.didOpen("part.yml", part)
		c.write("compose.yaml", "services:\n  app:\n    image: nginx:1.31.0\n    extends: {file: part.yml, service: app}\n")
		c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": c.uri("compose.yaml"), "type": fileChanged}}})
		c.wantRules("part.yml", "privileged 2")
	})
}

// TestLetGo answers who waits for a project that is let go.
func TestLetGo(t *testing.T) {
	c := open(t, nil, `{}`)
	text := generated(300)
	c.didOpen("compose.yaml", text)
	c.diagnostics("compose.yaml", 1)
	c.didChange("compose.yaml", 2, contentChange{&textRange{position{0, 0}, position{0, 0}}, "\n"})
	answered := make(chan error, 1)
	go func() {
		answered <- c.ask("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": c.uri("compose.yaml")}, "position": position{3, 3}}, nil)
	}()
	time.Sleep(5 * time.Millisecond) // the request is on its way
	c.notify("textDocument/didClose", didCloseParams{textDocumentIdentifier{c.uri("compose.yaml")}})
	select {
	case <-answered:
	case <-time.After(clientPatience / 2):
		t.Error("there is no answer")
	}
}
