package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/rules"
)

// TestLeast follows the advice of least for all programs that are known together, and for each of them by
// the kinds that it takes unasked:
// with the proxies that it prints, and on their networks, each has all that it needs and no more, and the
// proxies themselves are in order.
func TestLeast(t *testing.T) {
	images := imagesOfConsumers(t)
	for kind, deployment := range deployments(t) {
		for _, image := range images {
			if !deployment.Hardened {
				break
			}
			t.Run(kind+"/"+image, func(t *testing.T) { followAdvice(t, kind, deployment, image) })
		}
		t.Run(kind+"/all", func(t *testing.T) { followAdvice(t, kind, deployment, images...) })
	}
}

func followAdvice(t *testing.T, kind string, deployment rules.Deployment, images ...string) {
	dir := t.TempDir()
	args := []string{"least", "--kind", kind}
	for _, image := range images {
		args = append(args, "--image", image)
	}
	printed, stderr, status := run(t, dir, args...)
	if stderr != "" || status != statusClean {
		t.Fatalf("status %d: %s", status, stderr)
	}
	least := leastOf(t, dir, args)
	for name, text := range map[string]string{"proxies.yaml": printed, "clients.yaml": clientsAsAdvised(t, printed, least)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stdout, stderr, _ := run(t, dir, "-f", "proxies.yaml", "-f", "clients.yaml", "--format", "json")
	var found struct {
		Findings  []struct{ Rule, Severity, Service, Message string }
		DockerAPI []judgedProxy `json:"docker_api"`
	}
	if err := json.Unmarshal([]byte(stdout), &found); err != nil || stderr != "" {
		t.Fatalf("%v %s", err, stderr)
	}
	root := strings.Contains(printed, "is root on the host")
	rooted, missing := false, false
	for _, f := range found.Findings {
		switch {
		case f.Rule == "socket-proxy-host-root":
			rooted = true
		case f.Rule == "socket-proxy-missing-permission":
			missing = true
		case f.Rule == "socket-proxy-excess-permission",
			strings.HasPrefix(f.Rule, "docker-host-") && f.Severity == "error",
			!root && deployment.Hardened && strings.HasPrefix(f.Service, "docker-proxy") && f.Severity != "note":
			t.Errorf("%s: %s [%s]\n%s", f.Severity, f.Message, f.Rule, printed)
		}
	}
	if rooted != root || missing != lacking.MatchString(printed) {
		t.Errorf("root on the host: %v, operations are missing: %v; what was printed says otherwise:\n%s\n%s", rooted, missing, printed, stdout)
	}
	if deployment.Form == "variables" || deployment.Form == "lines" {
		letsThroughWhatIsNeeded(t, least, found.DockerAPI)
	}
}

// lacking is how least says that a client does not get what it needs.
var lacking = regexp.MustCompile(`No (flag|harmless profile)\s+(# )?lets through`)

// judgedProxy is what a proxy lets through, as a report says it.
type judgedProxy struct {
	Service    string
	Operations []struct {
		ID      string `json:"operationId"`
		Verdict string
	}
}

// letsThroughWhatIsNeeded holds proxies with lists to what the clients of each group need: that, and no more.
func letsThroughWhatIsNeeded(t *testing.T, least rules.Least, proxies []judgedProxy) {
	t.Helper()
	var want, got []string
	for _, group := range least.Groups {
		needed := map[string]bool{}
		for _, c := range least.Clients {
			for _, operation := range c.Needs {
				needed[operation] = needed[operation] || slices.Contains(group.Clients, c.Service)
			}
		}
		maps.DeleteFunc(needed, func(_ string, ofGroup bool) bool { return !ofGroup })
		want = append(want, strings.Join(slices.Sorted(maps.Keys(needed)), " "))
	}
	for _, proxy := range proxies {
		var passing []string
		for _, o := range proxy.Operations {
			if o.Verdict != "deny" {
				passing = append(passing, o.ID)
			}
		}
		slices.Sort(passing)
		got = append(got, strings.Join(passing, " "))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the lists let through\n%q\nneeded is\n%q", got, want)
	}
}

// advised is what is said of a client, once the lines of the comment are joined: its service, its network, its
// endpoint and what else it is told.
var advised = regexp.MustCompile(`# - "([^"]+)": network (\S+); .*?((?:tcp://|http://)?docker-proxy[^ ,)\n]*)([^\n]*)`)

// further is a setting that a client is told besides.
var further = regexp.MustCompile(`, ([A-Z_]+): ([^ ,]+)`)

// clientsAsAdvised is a Compose file with the clients, each on the network and with the endpoint that was printed.
func clientsAsAdvised(t *testing.T, printed string, least rules.Least) string {
	t.Helper()
	clients := map[string]rules.LeastClient{}
	for _, client := range least.Clients {
		clients[client.Service] = client
	}
	text := "services:\n"
	for _, m := range advised.FindAllStringSubmatch(strings.ReplaceAll(printed, "\n#   ", " "), -1) {
		client := clients[m[1]]
		text += fmt.Sprintf("  %q:\n    image: %q\n    networks: [default, %s]\n", client.Service, client.Image, m[2])
		switch told := append(client.ToldBy, "DOCKER_HOST")[0]; {
		case len(client.ToldBy) == 0 && client.Settings != "":
		case strings.HasPrefix(told, "-"):
			text += fmt.Sprintf("    command: [%q]\n", told+"="+m[3])
		default:
			text += fmt.Sprintf("    environment:\n      %s: %q\n", told, m[3])
			for _, more := range further.FindAllStringSubmatch(m[4], -1) {
				text += fmt.Sprintf("      %s: %q\n", more[1], more[2])
				delete(client.With, more[1])
			}
		}
		if len(client.With) > 0 {
			t.Errorf("%s is not told of %v:\n%s", client.Service, client.With, printed)
		}
		delete(clients, m[1])
	}
	for _, client := range clients {
		if !client.UnixOnly {
			t.Errorf("nothing is said of %q:\n%s", client.Service, printed)
		}
	}
	return text
}

// leastOf is the answer of least for programs.
func leastOf(t *testing.T, dir string, args []string) rules.Least {
	t.Helper()
	stdout, _, _ := run(t, dir, append(args, "--format", "json")...)
	var document struct{ Projects []rules.Least }
	if err := json.Unmarshal([]byte(stdout), &document); err != nil || len(document.Projects) != 1 {
		t.Fatalf("%v: %s", err, stdout)
	}
	whole, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
	if err != nil {
		t.Fatal(err)
	}
	if err := leastSchema(t).Validate(whole); err != nil {
		t.Error(err)
	}
	return document.Projects[0]
}

// leastSchema is the documented schema of what least writes as JSON.
func leastSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(filepath.Dir(here), "../../docs/least.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// imagesOfConsumers are an image of each program whose needs are known.
func imagesOfConsumers(t *testing.T) []string {
	t.Helper()
	text, err := fs.ReadFile(policies.FS, "data/consumers.json")
	if err != nil {
		t.Fatal(err)
	}
	var consumers map[string]struct{ Images []string }
	if err := json.Unmarshal(text, &consumers); err != nil {
		t.Fatal(err)
	}
	var images []string
	for _, id := range slices.Sorted(maps.Keys(consumers)) {
		if len(consumers[id].Images) > 0 {
			images = append(images, consumers[id].Images[0])
		}
	}
	if len(images) == 0 {
		t.Fatal("no program is known")
	}
	return images
}

// deployments are the kinds of proxies that least knows.
func deployments(t *testing.T) map[string]rules.Deployment {
	t.Helper()
	engine, err := lint.New(lint.Options{}).Engine()
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := engine.Deployments(t.Context())
	if err != nil || len(kinds) == 0 {
		t.Fatalf("no kinds: %v", err)
	}
	return kinds
}

// TestLeastOfMany asks for many clients of a few kinds: within the limit of steps, since what is alike is
// worked out once.
func TestLeastOfMany(t *testing.T) {
	images := imagesOfConsumers(t)
	text := "services:\n"
	for i := range 2000 {
		text += fmt.Sprintf("  c%d: {image: %q, volumes: [\"/var/run/docker.sock:/var/run/docker.sock\"]}\n", i, images[i%len(images)])
	}
	stdout, stderr, status := runWith(t, t.TempDir(), text, "least", "-")
	if stderr != "" || status != statusClean || !strings.Contains(stdout, `CONTAINERS: "1" # `) {
		t.Errorf("status %d: %s", status, stderr)
	}
}
