package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const acting = `{"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}}}`

// withEdit is the text of a document after the edits of an action, made as an editor does: all of the text as it was.
func withEdit(t *testing.T, content string, a codeAction, uri string) string {
	t.Helper()
	var edits []textEdit
	if a.Edit != nil {
		edits = a.Edit.Changes[uri]
		for _, change := range a.Edit.DocumentChanges {
			var of textDocumentEdit
			data, err := json.Marshal(change)
			if err != nil || json.Unmarshal(data, &of) != nil {
				t.Fatal(err)
			}
			if of.TextDocument.URI == uri {
				edits = append(edits, of.Edits...)
			}
		}
	}
	text := newText(content, utf16Encoding)
	slices.SortStableFunc(edits, func(a, b textEdit) int { return text.offset(a.Range.Start) - text.offset(b.Range.Start) })
	var out strings.Builder
	done := 0
	for _, e := range edits {
		start, end := text.offset(e.Range.Start), text.offset(e.Range.End)
		if start < done {
			t.Fatalf("%q: two edits concern the same bytes", a.Title)
		}
		out.WriteString(content[done:start] + e.NewText)
		done = end
	}
	return out.String() + content[done:]
}

func titles(actions []codeAction) []string {
	all := []string{}
	for _, a := range actions {
		mark := ""
		if a.IsPreferred {
			mark = "* "
		}
		all = append(all, mark+a.Title)
	}
	return all
}

// TestCodeActions offers the fixes of the findings in a range, what is safe first, and what accepts them.
func TestCodeActions(t *testing.T) {
	const content = "services:\n  app: # 😀\n    image: nginx:1.31.0\n    privileged: true\n    security_opt: [no-new-privileges:true]\n    mem_limit: 64m\n    cpus: 1\n  proxy:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    volumes: [/var/run/docker.sock:/var/run/docker.sock]\n    security_opt: [no-new-privileges:true]\n    mem_limit: 64m\n    cpus: 1\n"
	tests := []struct {
		name string
		in   textRange
		only []string
		want []string
		// after is the text after the first action.
		after string
	}{
		{
			"unsafe", textRange{position{3, 5}, position{3, 5}}, nil,
			[]string{
				`unsafe: remove "privileged" (it may need a capability or a device, which is then to be granted)`,
				"ignore privileged here, with a reason",
				`add an exception for privileged to ".composelint.yaml", with a reason`,
			},
			"",
		},
		{
			"safe", textRange{position{9, 0}, position{9, 0}}, []string{quickFix},
			[]string{
				"* mount the socket read-only",
				"ignore docker-socket-writable here, with a reason",
				`add an exception for docker-socket-writable to ".composelint.yaml", with a reason`,
			},
			strings.Replace(content, "docker.sock]", "docker.sock:ro]", 1),
		},
		{"nothing there", textRange{position{0, 0}, position{0, 3}}, nil, []string{}, ""},
		{"of another kind", textRange{position{3, 0}, position{3, 9}}, []string{"refactor"}, []string{}, ""},
	}
	for _, test := range tests {
		c := open(t, nil, acting)
		c.didOpen("compose.yaml", content)
		got := c.actions("compose.yaml", test.in, test.only)
		if !reflect.DeepEqual(titles(got), test.want) {
			t.Errorf("%s: %q, not %q", test.name, titles(got), test.want)
		}
		if test.after != "" {
			if after := withEdit(t, content, got[0], c.uri("compose.yaml")); after != test.after {
				t.Errorf("%s: the text becomes\n%s", test.name, after)
			}
		}
	}
}

// TestFixAll makes what composelint fix makes, and leaves nothing to fix.
func TestFixAll(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(testdata, "guide", "broken", "socket-writable.yml"))
	if err != nil {
		t.Fatal(err)
	}
	c := open(t, nil, acting)
	c.didOpen("compose.yaml", string(content))
	actions := c.actions("compose.yaml", textRange{}, []string{"source.fixAll"})
	if len(actions) != 1 || actions[0].Kind != fixAll || actions[0].Title != "fix all that is safe to fix" {
		t.Fatalf("there is %+v", actions)
	}
	after := withEdit(t, string(content), actions[0], c.uri("compose.yaml"))
	want := strings.NewReplacer("/var/run/docker.sock:/var/run/docker.sock", "/var/run/docker.sock:/var/run/docker.sock:ro", "      DELETE: 1\n", "").Replace(string(content))
	if after != want {
		t.Errorf("the text becomes\n%s", after)
	}
	c.didChange("compose.yaml", 2, contentChange{nil, after})
	if actions := c.actions("compose.yaml", textRange{}, []string{fixAll}); len(actions) > 0 {
		t.Errorf("there is more to fix: %+v", actions)
	}
}

// TestFixAllOfSeveral offers one action for a file that two projects include, since editors make all that they get.
func TestFixAllOfSeveral(t *testing.T) {
	const base = "services: {proxy: {image: \"tecnativa/docker-socket-proxy:0.3.0\", volumes: [\"/var/run/docker.sock:/var/run/docker.sock\"]}}\n"
	c := open(t, map[string]string{
		"base.yaml": base, "a/compose.yaml": "include: [../base.yaml]\n", "b/compose.yaml": "include: [../base.yaml]\n",
	}, acting)
	c.didOpen("base.yaml", base)
	actions := c.actions("base.yaml", textRange{}, []string{fixAll})
	if len(actions) != 1 {
		t.Fatalf("there are %d actions", len(actions))
	}
	if after, want := withEdit(t, base, actions[0], c.uri("base.yaml")), strings.ReplaceAll(base, `.sock"`, `.sock:ro"`); after != want {
		t.Errorf("the text becomes\n%s", after)
	}
}

// TestAccept writes an ignore into the file, and an exception into the configuration, which is made where there is none.
func TestAccept(t *testing.T) {
	const content = "services:\n  app:\n    image: nginx:1.31.0\n    privileged: true\n"
	at := textRange{position{3, 16}, position{3, 16}}
	accept := func(c *client, title string) codeAction {
		for _, a := range c.actions("compose.yaml", at, []string{quickFix}) {
			if strings.HasPrefix(a.Title, title) {
				return a
			}
		}
		t.Fatalf("there is no action %q", title)
		return codeAction{}
	}
	t.Run("ignore", func(t *testing.T) {
		c := open(t, nil, `{}`)
		c.didOpen("compose.yaml", content)
		after := withEdit(t, content, accept(c, "ignore privileged"), c.uri("compose.yaml"))
		if want := "services:\n  app:\n    image: nginx:1.31.0\n    privileged: true # composelint:ignore privileged -- FILL IN: why this is accepted\n"; after != want {
			t.Errorf("the text becomes\n%s", after)
		}
		c.didChange("compose.yaml", 2, contentChange{nil, after})
		c.diagnostics("compose.yaml", 2)
		c.wantRules("compose.yaml")
	})
	t.Run("a new configuration", func(t *testing.T) {
		c := open(t, nil, acting)
		c.didOpen("compose.yaml", content)
		got, err := json.Marshal(accept(c, "add an exception").Edit)
		want := `{"documentChanges":[{"kind":"create","uri":"` + c.uri(".composelint.yaml") + `"},{"edits":[{"newText":"exceptions:\n  - {rule: privileged, service: \"app\", reason: \"FILL IN: why this is accepted\"}\n","range":{"end":{"character":0,"line":0},"start":{"character":0,"line":0}}}],"textDocument":{"uri":"` + c.uri(".composelint.yaml") + `","version":null}}]}`
		if err != nil || string(got) != want {
			t.Errorf("the edit is %s, not %s", got, want)
		}
	})
	for _, test := range []struct{ name, before, after string }{
		{"one without exceptions", "fail-on: error\n", "fail-on: error\nexceptions:\n  - rule: privileged\n    reason: \"FILL IN: why this is accepted\"\n    service: app\n"},
		{"one with some", "exceptions:\n  - {rule: host-pid, service: x, reason: y}\n", "exceptions:\n  - {rule: host-pid, service: x, reason: y}\n  - rule: privileged\n    reason: \"FILL IN: why this is accepted\"\n    service: app\n"},
		{"one with comments alone", "# nothing yet", "# nothing yet\nexceptions:\n  - {rule: privileged, service: \"app\", reason: \"FILL IN: why this is accepted\"}\n"},
		{"one with an empty list", "exceptions: []\nfail-on: note\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := open(t, map[string]string{".composelint.yaml": test.before}, acting)
			c.didOpen("compose.yaml", content)
			after := withEdit(t, test.before, accept(c, "add an exception"), c.uri(".composelint.yaml"))
			if after != test.after && test.after != "" {
				t.Errorf("it becomes\n%s", after)
			}
			c.didOpen(".composelint.yaml", after)
			c.wantRules("compose.yaml")
		})
	}
}

// TestActionsWithoutVersions has edits of the form that every client can read.
func TestActionsWithoutVersions(t *testing.T) {
	c := open(t, nil, `{}`)
	c.didOpen("compose.yaml", privileged)
	for _, a := range c.actions("compose.yaml", textRange{position{3, 16}, position{3, 16}}, nil) {
		if len(a.Edit.DocumentChanges) > 0 || len(a.Edit.Changes) != 1 {
			t.Errorf("%q is an edit that the client cannot read: %+v", a.Title, a.Edit)
		}
	}
}

// TestEditsInOrder adds a network and puts a proxy on it, at one place: the end of the file.
func TestEditsInOrder(t *testing.T) {
	const content = "services:\n  app:\n    image: traefik:v3.6.4\n    command: [--providers.docker.endpoint=tcp://proxy:2375]\n    ports: [\"80:80\"]\n  proxy:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment: {CONTAINERS: 1}\n    volumes: [\"/var/run/docker.sock:/var/run/docker.sock:ro\"]\n"
	c := open(t, nil, acting)
	c.didOpen("compose.yaml", content)
	for _, a := range c.actions("compose.yaml", textRange{position{0, 0}, position{20, 0}}, []string{quickFix}) {
		if strings.HasPrefix(a.Title, "unsafe: move it to network") {
			c.didChange("compose.yaml", 2, contentChange{nil, withEdit(t, content, a, c.uri("compose.yaml"))})
			for _, d := range c.diagnostics("compose.yaml", 2) {
				if d.Code == "invalid-compose" || d.Code == "socket-proxy-network-not-internal" {
					t.Errorf("there is %v", d)
				}
			}
			return
		}
	}
	t.Error("there is no action")
}
