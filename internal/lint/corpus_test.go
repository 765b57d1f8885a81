package lint

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	_ "github.com/composelint/composelint/internal/collector" // as in the program
	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
)

// TestCorpusIsJudged runs every project of the collection that docker compose loads as it
// is: none may fail, or be called invalid.
func TestCorpusIsJudged(t *testing.T) {
	judged, others, findings := 0, 0, 0
	for _, p := range judgedCorpus(t) {
		if p.LoadsAt != "asis" {
			others++
			continue
		}
		if p.result.Incomplete {
			t.Errorf("%s: not all of it was read: %v", p.ID, p.result.Problems)
		}
		for _, f := range p.findings {
			if f.Location.Start.Line == 0 {
				t.Errorf("%s: a finding of %s has no place: %s", p.ID, f.Rule, f.At)
			}
			if f.Rule == rules.InvalidCompose && !missingFile.MatchString(f.Message) || f.Rule == rules.CreateRefused && !neverRun.MatchString(f.Message) {
				t.Errorf("%s: %v: docker compose accepts this: %s", p.ID, f.Location, f.Message)
			}
		}
		judged++
		findings += len(p.findings)
	}
	t.Logf("%d projects were judged, with %d findings; %d others were left out", judged, findings, others)
}

// missingFile matches what docker compose accepts of a file, and refuses when it reads it.
var missingFile = regexp.MustCompile(`^could not read ".*": there is no such file$`)

// neverRun matches what the engine would refuse of files that are written for a swarm, or to test a parser.
var neverRun = regexp.MustCompile(`only a swarm has|^"mem_limit" of "10000"`)

// labelled are the properties of the collection's labels that a rule judges already.
var labelled = map[string][]string{
	"docker-socket-mounted": {"docker-socket-mount", "docker-socket-beside-proxy", "ci-runner-socket"},
	"privileged":            {"privileged", "socket-proxy-privileged"},
	"host-network":          {"host-network"},
	"host-pid":              {"host-pid"},
	"host-ipc":              {"host-ipc"},
	"cap-add-dangerous":     {"dangerous-capability"},
	"published-port-all-interfaces": {
		"port-on-all-interfaces", "any-port-on-all-interfaces", "docker-api-published", "docker-console-exposed",
		"socket-proxy-published", "ssh-port-published",
	},
	"image-latest-or-untagged": {"image-tag-mutable"},
}

// disputed are the differences from the labels, each with the reason.
var disputed = func() map[string]string {
	const fabric = "hyperledger__fabric-samples/test-network/compose/docker/docker-compose-bft-test-net.yaml"
	const variable = "lines 18 and 31: the source is ${DOCKER_SOCK}, which has no default and no env file sets, so that the path is unknown"
	const edge = "ports 80 and 443 alone, of a reverse proxy: they are meant for everybody"
	const loopback = "published on 127.0.0.1, which socket-proxy-published warns of"
	const built = "the service has a build section: the tag names what is built here, not what is pulled"
	const moving = "the label is for no tag and latest alone, and a tag such as alpine or stable moves as they do"
	const unpublished = "the image has the name of the publisher's and is built here: socket-proxy-untrusted"
	const open = "authentication-off speaks of the port, which lets everybody in"
	return map[string]string{
		"microservices-demo__microservices-demo/deploy/docker-compose/docker-compose.monitoring.yml prometheus published-port-all-interfaces": open,
		"11notes__docker-socket-proxy/compose.yaml traefik published-port-all-interfaces":                                                     edge,
		"11notes__docker-socket-proxy/compose.yaml nginx published-port-all-interfaces":                                                       "line 131: its only network is internal, so that nothing is published",
		"AlexanderLeipnitz__webserver/docker-compose.yml traefik published-port-all-interfaces":                                               edge,
		"yusing__godoxy/rootless-compose.example.yml app published-port-all-interfaces":                                                       edge,
		"jacar-javi__jacker/compose/socket-proxy.yml socket-proxy published-port-all-interfaces":                                              loopback,
		"jshessen__infrakit/socket-proxy/docker-compose.yml socket-proxy published-port-all-interfaces":                                       loopback,
		"yusing__godoxy/compose.example.yml socket-proxy published-port-all-interfaces":                                                       loopback,
		"fastapi__full-stack-fastapi-template/compose.yml+compose.override.yml backend image-latest-or-untagged":                              built,
		"mjmccans__docker-socket-proxy/docker-compose.yml docker-socket-proxy image-latest-or-untagged":                                       built,
		"11notes__docker-socket-proxy/compose.yaml nginx image-latest-or-untagged":                                                            moving,
		"Dokploy__templates/blueprints/arche/docker-compose.yml docker-socket-proxy image-latest-or-untagged":                                 moving,
		"coollabsio__coolify/templates/compose/forgejo-with-runner-with-mysql.yaml docker-in-docker image-latest-or-untagged":                 moving,
		"zulip__docker-zulip/compose.yaml memcached image-latest-or-untagged":                                                                 moving,
		"zulip__docker-zulip/compose.yaml redis image-latest-or-untagged":                                                                     moving,
		"mjmccans__docker-socket-proxy/docker-compose.yml docker-socket-proxy docker-socket-mounted":                                          unpublished,
		fabric + " peer0.org1.example.com docker-socket-mounted":                                                                              variable,
		fabric + " peer0.org2.example.com docker-socket-mounted":                                                                              variable,
	}
}()

// TestLabels holds the findings against what careful reading of the labelled projects
// found, service by service, in both directions.
func TestLabels(t *testing.T) {
	want := labels(t)
	complete := completelyLabelled(t)
	agreed := map[string]int{}
	for _, p := range judgedCorpus(t) {
		if !complete[p.ID] {
			continue
		}
		for property, ids := range labelled {
			got := servicesWith(p.findings, p.result.Project, ids)
			for _, service := range slices.Concat(got, want[p.ID][property]) {
				id := strings.Join([]string{p.ID, service, property}, " ")
				finding, label := slices.Contains(got, service), slices.Contains(want[p.ID][property], service)
				switch {
				case finding && label:
					agreed[property]++
				case disputed[id] == "":
					t.Errorf("%s: finding %t, label %t", id, finding, label)
				}
			}
		}
	}
	for _, property := range slices.Sorted(maps.Keys(labelled)) {
		t.Logf("%-24s %3d services agree", property, agreed[property]/2) // each was met from both sides
	}
}

// completelyLabelled are the projects of which a missing label means that there is none.
func completelyLabelled(t *testing.T) map[string]bool {
	t.Helper()
	projects := map[string]bool{}
	for _, row := range corpus.Table(t, "labels_files.tsv") {
		projects[row["project"]] = true
	}
	return projects
}

// labels are the services with a property, by project and property.
func labels(t *testing.T) map[string]map[string][]string {
	t.Helper()
	byProject := map[string]map[string][]string{}
	for _, row := range corpus.Table(t, "labels.tsv") {
		property := row["property"]
		isProxy := strings.Contains(row["note"], "is-proxy")
		if labelled[property] == nil || isProxy {
			continue
		}
		if byProject[row["project"]] == nil {
			byProject[row["project"]] = map[string][]string{}
		}
		services := byProject[row["project"]][property]
		if !slices.Contains(services, row["service"]) {
			byProject[row["project"]][property] = append(services, row["service"])
		}
	}
	return byProject
}

// servicesWith are the services with a finding of one of the rules. The socket by way of a
// directory that holds it is another property.
func servicesWith(findings []rules.Finding, project model.Project, ids []string) []string {
	var services []string
	for _, f := range findings {
		for _, s := range project.Services {
			inService := f.At == s.At || strings.HasPrefix(f.At, s.At+".")
			if inService && slices.Contains(ids, f.Rule) && !byDirectory(f, s) && !slices.Contains(services, s.Name) {
				services = append(services, s.Name)
			}
		}
	}
	return services
}

func byDirectory(f rules.Finding, s model.Service) bool {
	return slices.ContainsFunc(s.Mounts, func(m model.Mount) bool {
		return m.At == f.At && m.HostPath != nil && !strings.HasSuffix(*m.HostPath, ".sock")
	})
}

// root is the repository's.
const root = "../.."

func newEngine(t testing.TB) *rules.Engine {
	t.Helper()
	engine, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// judgedProject is a project of the collection with what all rules find in it.
type judgedProject struct {
	corpus.Project
	findings []rules.Finding
	result   *loader.Result
}

// whole is the collection, once it is judged.
var whole []judgedProject

// judgedCorpus is the collection, judged once for all tests.
func judgedCorpus(t *testing.T) []judgedProject {
	t.Helper()
	engine := newEngine(t)
	if whole == nil {
		for _, p := range corpus.Projects(t) {
			findings, result := judge(t, engine, p)
			whole = append(whole, judgedProject{p, findings, result})
		}
	}
	return whole
}

// judge asks every rule about a project.
func judge(t *testing.T, engine *rules.Engine, p corpus.Project) ([]rules.Finding, *loader.Result) {
	t.Helper()
	return judgeWith(t, engine, p, enabled(t, engine, true))
}

// judgeWith asks some rules about a project.
func judgeWith(t *testing.T, engine *rules.Engine, p corpus.Project, chosen []string) ([]rules.Finding, *loader.Result) {
	t.Helper()
	result, err := loader.Load(context.Background(), loader.Options{
		Files: p.Files, EnvFiles: p.EnvFiles, ProjectDirectory: p.Directory, AllowOutside: true,
	})
	if err != nil {
		t.Fatalf("%s: %v", p.ID, err)
	}
	findings, err := engine.Judge(context.Background(), result.Input(model.Config{Enabled: chosen}), result.Sources)
	if err != nil {
		t.Fatalf("%s: %v", p.ID, err)
	}
	return findings, result
}

// TestSameFindingsTwice judges the whole collection a second time.
func TestSameFindingsTwice(t *testing.T) {
	engine := newEngine(t)
	first := judgedCorpus(t)
	for i, p := range corpus.Projects(t) {
		second, _ := judge(t, engine, p)
		if diff := cmp.Diff(fmt.Sprint(first[i].findings), fmt.Sprint(second)); diff != "" {
			t.Errorf("%s: %s", p.ID, diff)
		}
	}
}

// enabled are the rules that run, with --strict or without.
func enabled(t *testing.T, engine *rules.Engine, strict bool) []string {
	t.Helper()
	choice, err := engine.Catalogue.Choose(catalogue.Selection{Strict: strict})
	if err != nil {
		t.Fatal(err)
	}
	return choice.Rules
}
