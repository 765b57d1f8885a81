package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// everyKind holds a rule of every kind.
var everyKind = catalogue.Catalogue{
	{
		ID:    "docker-socket-mount",
		Title: "A service mounts the Docker API socket",
		Description: "Who can talk to the Docker API can start a privileged container and is root on the host.\n\n" +
			"Remove the mount, or put a proxy that filters request bodies in front of the socket.",
		References: []catalogue.Reference{
			{Title: "Protect the Docker daemon socket", URL: "https://docs.docker.com/engine/security/protect-access/"},
			{URL: "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html"},
		},
		Facts: catalogue.Facts{
			Severity: "error", SecuritySeverity: 9.5, Precision: "very-high", Set: "default",
			Controls:   []string{"cis-docker-1.8.0/5.32", "owasp-docker/1"},
			Tags:       []string{"external/cwe/cwe-250", "security"},
			Techniques: []string{"T1611"},
		},
	},
	{
		ID:          "no-restart-policy",
		Title:       "A service lacks a restart policy",
		Description: "It stays down after a crash.",
		Facts:       catalogue.Facts{Severity: "note", Precision: "high", Set: "strict"},
	},
	{
		ID:          "published-port",
		Title:       "A port is published on all interfaces",
		Description: "Docker's own firewall rules pass by those of the host.",
		Facts: catalogue.Facts{
			Severity: "warning", SecuritySeverity: 5.5, Precision: "medium", Set: "default",
			Tags: []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"},
		},
	},
	{
		ID:          "unresolved-variable",
		Title:       strings.Repeat("wörter ", 200),
		Description: strings.Repeat("wörter ", 200),
		Facts:       catalogue.Facts{Severity: "warning", Precision: "low", Set: "default"},
	},
}

func newFile(path, text string) *model.File {
	return &model.File{Path: path, URI: path, Text: []byte(text)}
}

func files(all ...*model.File) map[string]*model.File {
	m := map[string]*model.File{}
	for _, f := range all {
		m[f.Path] = f
	}
	return m
}

// at is the place of the first token in the file.
func at(t *testing.T, f *model.File, token string) model.Location {
	t.Helper()
	for i, line := range f.Lines() {
		if before, _, ok := strings.Cut(line, token); ok {
			column := utf8.RuneCountInString(before) + 1
			return span(f.Path, i+1, column, column+utf8.RuneCountInString(token))
		}
	}
	t.Fatalf("%s does not hold %q", f.Path, token)
	return model.Location{}
}

// span is a place within one line.
func span(path string, line, start, end int) model.Location {
	return model.Location{
		File:  path,
		Start: model.Position{Line: line, Column: start},
		End:   model.Position{Line: line, Column: end},
	}
}

// full is a report with findings of every severity, over several files.
func full(t *testing.T) Report {
	base := newFile("docker-compose.yml", `services:
  app:
    image: nginx:1.29
    ports:
      - "8080:80"
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
      - /var/run/docker.sock:/var/run/docker.sock
`)
	common := newFile("deploy/base [1]/50%: é.yml", "x-app: &app\n  image: nginx\nservices:\n  web:\n    <<: *app\n")
	common.URI = "root/" + common.Path
	socket := at(t, base, "/var/run/docker.sock:/var/run/docker.sock")
	again := socket
	again.Start.Line, again.End.Line = 8, 8
	mount := rules.Finding{
		Rule: "docker-socket-mount", Severity: severity.Error,
		Message:  `service "app" mounts the Docker API socket: it is root on the host`,
		At:       "services.app.volumes[/var/run/docker.sock]",
		Location: socket,
	}
	port := at(t, base, "8080:80")
	port.End = port.Start
	loopback := rules.Fix{
		Label: `publish it on "127.0.0.1"`, Risk: "nobody else reaches it",
		Changes: []rules.Change{{File: base.Path, Location: port, Text: "127.0.0.1:"}},
	}
	second := mount
	second.Location = again
	return failing(Report{
		Version: "1.2.3", Rules: everyKind, Projects: 1, Files: files(base, common),
		Taxonomies: []rules.Standard{
			{ID: "unused-1", Title: "A standard that no rule names", Edition: "1", Controls: []rules.Control{{ID: "1", Title: "one", Name: "unused-1/1"}}},
			{ID: "cis-docker-1.8.0", Title: "CIS Docker Benchmark v1.8.0", Edition: "1.8.0", Source: "https://example.com/cis; read elsewhere", Controls: []rules.Control{
				{ID: "5.5", Title: "no privileged containers", Name: "cis-docker-1.8.0/5.5"},
				{ID: "5.32", Title: "no Docker socket in containers", Name: "cis-docker-1.8.0/5.32"},
			}},
			{ID: "mitre-attack", Title: "MITRE ATT&CK", Edition: "18.1", Source: "elsewhere", Controls: []rules.Control{{ID: "T1611", Title: "Escape to Host", Name: "mitre-attack/T1611"}}},
		},
		Findings: []rules.Finding{
			{
				Rule: "no-restart-policy", Severity: severity.Note, Message: `service "web" has no restart policy`,
				At: "services.web", Key: "restart", Location: at(t, common, "web"),
				Related: []rules.Related{
					{Label: "through the alias *app", Location: at(t, common, "*app")},
					{Label: "defined as &app[0]", Location: at(t, common, "&app")},
					{Label: "", Location: at(t, base, "app")},
				},
			},
			{
				Rule: "published-port", Severity: severity.Warning, Message: `service "app" publishes port 8080 on all interfaces`,
				At: "services.app.ports[8080:80/tcp]", Location: at(t, base, `"8080:80"`), Fixes: []rules.Fix{loopback},
			},
			mount,
			second,
			{Rule: "published-port", Severity: severity.Warning, Message: "see [here](https://example.com)", Location: model.Location{File: "gone.yml"}},
		},
	})
}

// failing is a report of which all but notes fail the run.
func failing(r Report) Report {
	for i := range r.Findings {
		r.Findings[i].Fails = r.Findings[i].Severity > severity.Note
	}
	return r
}

// several is a report of what is said of several services: of one token, of tokens of their own, and of
// what they lack.
func several(t *testing.T) Report {
	text := "x-common: &common\n  privileged: true\nservices:\n"
	names := []string{"a", "b", "c", "d", "e", "f"}
	for _, name := range names {
		text += "  " + name + ":\n    <<: *common\n    pid: host\n"
	}
	f := newFile("compose.yaml", text)
	r := Report{Version: "1.2.3", Rules: everyKind, Projects: 1, Files: files(f)}
	for i, name := range names {
		line := 4 + 3*i
		of := rules.Service{Name: name, Kind: "service", Location: span("compose.yaml", line, 3, 4)}
		common := rules.Finding{Project: "compose.yaml", Service: of, At: "services." + name}
		token, own, lack := common, common, common
		token.Rule, token.Severity, token.Key, token.Location = "docker-socket-mount", severity.Error, "privileged", at(t, f, "privileged: true")
		token.Message = fmt.Sprintf("service %q is privileged", name)
		token.Related = []rules.Related{{Label: "through the alias *common", Location: span("compose.yaml", line+1, 9, 16)}}
		own.Rule, own.Severity, own.Key, own.Location = "published-port", severity.Warning, "pid", span("compose.yaml", line+2, 10, 14)
		own.Message = fmt.Sprintf("service %q shares the host's PID namespace", name)
		lack.Rule, lack.Severity, lack.Location = "no-restart-policy", severity.Note, of.Location
		lack.Message, lack.Summary = fmt.Sprintf("service %q has no restart policy", name), "have no restart policy"
		r.Findings = append(r.Findings, token, own, lack)
		if name == "c" {
			excused := &r.Findings[len(r.Findings)-3:][0]
			excused.Suppression = &rules.Suppression{Kind: "ignore", Reason: "why", Location: excused.Location}
			r.Suppressed = append(r.Suppressed, *excused)
			r.Findings = slices.Delete(r.Findings, len(r.Findings)-3, len(r.Findings)-2)
		}
	}
	rules.Sort(r.Findings)
	return failing(r)
}
