package compose_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/compose/composetest"
)

// TestTagsAsInCompose holds random projects against compose-go's own model: !reset and !override
// beside merge keys, aliases, extends, include and files that lie over others.
// COMPOSELINT_TAGS is the number of projects.
func TestTagsAsInCompose(t *testing.T) {
	projects := 300
	if stated := os.Getenv("COMPOSELINT_TAGS"); stated != "" {
		var err error
		if projects, err = strconv.Atoi(stated); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(t.TempDir())
	compared := 0
	for i := range projects {
		w := &tagWriter{random: rand.New(rand.NewPCG(7, uint64(i)))}
		o := w.project(t)
		want, err := composetest.Model(t, o)
		if err != nil {
			continue
		}
		compared++
		got, problems := treeOf(t, o)
		for _, problem := range problems {
			t.Errorf("project %d: compose-go accepts this: %s: %s", i, problem.At, problem.Message)
		}
		if diff := cmp.Diff(composetest.JSON(t, want), composetest.JSON(t, got)); diff != "" {
			t.Errorf("project %d: the model differs from compose-go's (-want +got):\n%s", i, diff)
		}
		if t.Failed() {
			t.Fatal(w.text.String())
		}
	}
	t.Logf("%d of %d projects have the same model as in compose-go, which refuses the others", compared, projects)
	if compared < projects/3 {
		t.Error("compose-go refuses too many of the projects to compare them")
	}
}

// tagWriter writes random projects.
type tagWriter struct {
	random *rand.Rand
	text   strings.Builder
	// anchors are those of the document, by what they hold.
	anchors map[string][]string
	named   int
}

// project writes the files of a project into the working directory.
func (w *tagWriter) project(t *testing.T) compose.Options {
	t.Helper()
	for _, name := range []string{"compose.yaml", "over.yaml", "base.yaml", "included.yaml"} {
		var documents []string
		for range 1 + w.random.IntN(4)/3 {
			documents = append(documents, w.document(name))
		}
		text := strings.Join(documents, "---\n")
		fmt.Fprintf(&w.text, "# %s\n%s", name, text)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return compose.Options{
		Files:            []string{"compose.yaml", "over.yaml"},
		ProjectDirectory: ".",
	}
}

// one is true once in n times.
func (w *tagWriter) one(n int) bool { return w.random.IntN(n) == 0 }

func (w *tagWriter) pick(from ...string) string { return from[w.random.IntN(len(from))] }

func (w *tagWriter) document(file string) string {
	w.anchors = map[string][]string{}
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, "x-%d: %s\n", i, w.anchored("service", w.service("")))
		fmt.Fprintf(&b, "x-e%d: %s\n", i, w.anchored("environment", w.environment()))
	}
	if w.one(3) {
		fmt.Fprintf(&b, "x-list: %s\n", w.anchored("services", "["+w.service("")+", "+w.service("")+"]"))
	}
	if w.one(8) {
		fmt.Fprintf(&b, "%s: !reset x\n", w.pick("services.app.pid", "services.*.privileged", "services.app.environment", "'*'", "services.base"))
	}
	if file == "compose.yaml" && w.one(3) {
		b.WriteString("include: [included.yaml]\n")
	}
	b.WriteString("services:\n")
	for _, name := range []string{"app", "base", "job"} {
		switch service := w.service(w.extends(file, name)); {
		case w.one(20):
			fmt.Fprintf(&b, "  %s: !reset %s\n", w.pick(name, "'*'"), service)
		case w.one(8):
			fmt.Fprintf(&b, "  %s: !override %s\n", name, service)
		default:
			fmt.Fprintf(&b, "  %s: %s\n", name, service)
		}
	}
	return b.String()
}

// extends is the attribute of a service, or nothing.
func (w *tagWriter) extends(file, name string) string {
	if name == "base" || !w.one(2) {
		return ""
	}
	if file == "base.yaml" || w.one(2) {
		return "extends: base"
	}
	return "extends: {file: base.yaml, service: " + w.pick("base", "app") + "}"
}

func (w *tagWriter) service(first string) string {
	fields := []string{"image: alpine"}
	if first != "" {
		fields = append(fields, first)
	}
	if w.one(2) {
		fields = append(fields, w.merge("service"))
	}
	attributes := map[string]func() string{
		"privileged":  func() string { return w.pick("true", "false") },
		"pid":         func() string { return w.pick("host", "service:base", "null") },
		"user":        func() string { return w.pick("root", "'1000'") },
		"cap_add":     func() string { return w.list("SYS_ADMIN", "NET_ADMIN", "ALL") },
		"devices":     func() string { return w.list("/dev/sda", "/dev/mem:/dev/mem") },
		"volumes":     func() string { return w.list("/:/host", "/etc:/e:ro", "data:/data") },
		"ports":       func() string { return w.list("'80:80'", "'22:22'", "{target: 90}") },
		"command":     func() string { return w.list("a", "b", "c") },
		"environment": w.environment,
		"labels":      w.environment,
		"build":       func() string { return "{context: ., args: " + w.tagged("environment", w.environment()) + "}" },
		"deploy": func() string {
			return "{replicas: 2, resources: " + w.tagged("limits", "{limits: {cpus: "+w.tagged("", "'1'")+", memory: 1g}}") + "}"
		},
		"develop":   w.develop,
		"x-develop": w.develop,
	}
	for _, key := range []string{
		"privileged", "pid", "user", "cap_add", "devices", "volumes", "ports", "command", "environment", "labels", "build", "deploy",
		"develop", "x-develop",
	} {
		if w.one(4) {
			fields = append(fields, key+": "+w.tagged(key, attributes[key]()))
		}
	}
	if w.one(20) {
		fields = append(fields, w.pick("'*'", "pid.<<", "environment.A.<<", "'[0]'")+": !reset x")
	}
	w.random.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
	return "{" + strings.Join(without(fields, ""), ", ") + "}"
}

func (w *tagWriter) develop() string {
	return "{watch: [{path: a, action: rebuild}, " + w.tagged("", "{path: b, action: rebuild, x-initialSync: true}") + "]}"
}

// environment is never empty: merging two empty mappings compose-go makes a null.
func (w *tagWriter) environment() string {
	fields := []string{"Z: '1'"}
	for _, key := range []string{"A", "B.C", "'0'", "x-develop"} {
		if w.one(2) {
			fields = append(fields, key+": "+w.tagged("", w.pick("'1'", "'2'")))
		}
	}
	if w.one(3) {
		fields = append(fields, w.merge("environment"))
	}
	return "{" + strings.Join(without(fields, ""), ", ") + "}"
}

func (w *tagWriter) list(from ...string) string {
	var items []string
	for _, item := range from {
		if w.one(2) {
			items = append(items, w.tagged("", item))
		}
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// merge is a merge key, where there is something to merge.
func (w *tagWriter) merge(what string) string {
	anchors := w.anchors[what]
	switch {
	case len(anchors) == 0:
		return ""
	case what == "service" && len(w.anchors["services"]) > 0 && w.one(6):
		return "<<: *" + w.pick(w.anchors["services"]...)
	case w.one(4):
		return "<<: [*" + w.pick(anchors...) + ", *" + w.pick(anchors...) + "]"
	case w.one(8):
		return "<<: " + w.pick("!reset", "!override") + " {user: root}"
	}
	return "<<: *" + w.pick(anchors...)
}

// tagged gives a value a tag or an anchor here and there, or an alias in its place.
func (w *tagWriter) tagged(what, value string) string {
	switch anchors := w.anchors[what]; {
	case w.one(6):
		return "!reset " + value
	case w.one(6):
		return "!override " + value
	case what == "" || what == "service":
		return value
	case len(anchors) > 0 && w.one(5):
		return "*" + w.pick(anchors...)
	case w.one(5):
		return w.anchored(what, value)
	}
	return value
}

func (w *tagWriter) anchored(what, value string) string {
	w.named++
	name := fmt.Sprintf("n%d", w.named)
	// Within its own value an anchor is not known.
	w.anchors[what] = append(w.anchors[what], name)
	if w.one(30) {
		return w.pick("!reset", "!override") + " &" + name + " " + value
	}
	return "&" + name + " " + value
}

func without(list []string, value string) []string {
	var kept []string
	for _, entry := range list {
		if entry != value {
			kept = append(kept, entry)
		}
	}
	return kept
}
