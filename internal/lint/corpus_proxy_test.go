package lint

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// proxyDisputed are the differences from the labels about socket proxies, by project and what
// is said of it, each with the reason.
var proxyDisputed = func() map[string]string {
	const (
		writes  = "with POST=1 the section writes: NETWORKS connects containers to any network, VOLUMES makes volumes that are the host's directories, both measured; the label counts POST alone"
		anchors = "the alternation at the top level loses an anchor on each side, so that other paths pass as well (measured)"
		needed  = "the client is known to need it: Portainer to manage, Watchtower to update; what it comes to is the finding at POST, or the client's own"
		filter  = "FoxxMD's filter holds no socket, but hands on what the proxy behind it lets through: who reaches it reaches the API"
		dpf     = "FoxxMD__docker-proxy-filter/compose.yaml"
		arche   = "Dokploy__templates/blueprints/arche/docker-compose.yml"
		jacker  = "jacar-javi__jacker/compose/socket-proxy.yml"
		infra   = "jshessen__infrakit/socket-proxy/docker-compose.yml"
		mjm     = "mjmccans__docker-socket-proxy/examples/docker-compose-portainer.yml"
		sly     = "sly67__arcane-templates/templates/socket-proxy/compose.yml"
		wolle   = "wollomatic__socket-proxy/examples/docker-compose/"
	)
	return map[string]string{
		arche + " proxy-flag-dangerous docker-compose.yml:93":                                       writes,
		arche + " proxy-flag-dangerous docker-compose.yml:97":                                       writes,
		"coollabsio__coolify/templates/compose/trigger.yaml proxy-flag-dangerous trigger.yaml:138":  writes,
		jacker + " proxy-flag-dangerous socket-proxy.yml:114":                                       writes,
		jacker + " proxy-flag-dangerous socket-proxy.yml:120":                                       writes,
		infra + " proxy-flag-dangerous docker-compose.yml:70":                                       writes,
		infra + " proxy-flag-dangerous docker-compose.yml:78":                                       writes,
		"FoxxMD__docker-proxy-filter/compose.yaml proxy-flag-dangerous compose.yaml:24":             anchors,
		"FoxxMD__docker-proxy-filter/.devcontainer/compose.yml proxy-flag-dangerous compose.yml:37": "every GET is one of /swarm as well, whose answer has the join tokens",
		wolle + "dozzle/compose.yaml proxy-flag-dangerous compose.yaml:8":                           anchors,
		wolle + "watchtower/compose.yaml proxy-flag-dangerous compose.yaml:12":                      needed,
		mjm + " proxy-flag-dangerous docker-compose-portainer.yml:26":                               needed,
		mjm + " proxy-flag-dangerous docker-compose-portainer.yml:40":                               needed,
		mjm + " proxy-flag-dangerous docker-compose-portainer.yml:43":                               needed,
		dpf + " proxy-network-not-internal proxy-container":                                         filter,
		dpf + " proxy-port-published proxy-container":                                               filter,
		dpf + " proxy-service proxy-container":                                                      filter,
		sly + " proxy-port-published Socket-proxy":                                                  "line 8 publishes port 80, on which the proxy does not listen: its API is on 2375",
	}
}()

// TestProxyLabels holds what composelint says of socket proxies against what careful reading
// of the labelled projects found, in both directions: which services are proxies, which
// publish their port or are on a network that is not internal, who points at them, and which
// of their flags are dangerous.
func TestProxyLabels(t *testing.T) {
	engine := newEngine(t)
	labels, minor := map[string]map[string]bool{}, map[string]bool{}
	for _, row := range corpus.Table(t, "labels.tsv") {
		id, ok := proxyLabel(row)
		if row["note"] == "minor" {
			minor[row["project"]+" "+id] = true // it may be found or not
			ok = false
		}
		if ok {
			if labels[row["project"]] == nil {
				labels[row["project"]] = map[string]bool{}
			}
			labels[row["project"]][id] = true
		}
	}
	complete := completelyLabelled(t)
	agreed := map[string]int{}
	for _, p := range judgedCorpus(t) {
		if !complete[p.ID] {
			continue
		}
		got := proxyFacts(t, engine, p)
		want := labels[p.ID]
		for _, id := range slices.Sorted(maps.Keys(union(got, want))) {
			property, _, _ := strings.Cut(id, " ")
			switch {
			case got[id] && want[id]:
				agreed[property]++
			case proxyDisputed[p.ID+" "+id] == "" && !minor[p.ID+" "+id]:
				t.Errorf("%s %s: found %t, labelled %t", p.ID, id, got[id], want[id])
			}
		}
	}
	for _, property := range slices.Sorted(maps.Keys(agreed)) {
		t.Logf("%-30s %3d agree", property, agreed[property])
	}
}

// proxyLabel is the identity of a label about a socket proxy: its property, the service, and
// of a flag its line. A network of others counts as one that is not internal, and a list of
// clients that is open as a dangerous flag.
func proxyLabel(row map[string]string) (string, bool) {
	flag := fmt.Sprintf("proxy-flag-dangerous %s:%s", filepath.Base(row["file"]), row["line"])
	switch property := row["property"]; property {
	case "proxy-service", "proxy-port-published", "proxy-network-not-internal", "DOCKER_HOST-points-to-proxy":
		return property + " " + row["service"], true
	case "proxy-network-external":
		return "proxy-network-not-internal " + row["service"], true
	case "proxy-flag-dangerous":
		return flag, true
	case "proxy-allowfrom":
		return flag, row["value"] == "0.0.0.0/0"
	}
	return "", false
}

// proxyFacts are the same of what composelint finds.
func proxyFacts(t *testing.T, engine *rules.Engine, p judgedProject) map[string]bool {
	t.Helper()
	findings, result := p.findings, p.result
	_, review, err := engine.Review(context.Background(), result.Input(model.Config{Enabled: []string{}}), result.Sources)
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string]bool{}
	proxies := map[string]bool{}
	for _, api := range review.DockerAPI {
		facts["proxy-service "+api.Service] = true
		proxies[api.Service] = true
	}
	open := func(service string) {
		if proxies[service] {
			facts["proxy-network-not-internal "+service] = true
		}
	}
	for _, f := range findings {
		switch f.Rule {
		case "socket-proxy-published":
			for _, s := range servicesWith([]rules.Finding{f}, result.Project, []string{f.Rule}) {
				facts["proxy-port-published "+s] = true
			}
		case "socket-proxy-network-not-internal", "socket-proxy-extra-network":
			for _, s := range servicesWith([]rules.Finding{f}, result.Project, []string{f.Rule}) {
				open(s)
			}
			for _, n := range review.Networks {
				if n.At == f.At {
					for _, s := range n.Services {
						open(s)
					}
				}
			}
		case "socket-proxy-host-root", "socket-proxy-dangerous-section", "socket-proxy-regex":
			facts[fmt.Sprintf("proxy-flag-dangerous %s:%d", filepath.Base(f.Location.File), f.Location.Start.Line)] = true
		}
	}
	for _, s := range result.Project.Services {
		for _, e := range s.Endpoints {
			if e.Name == "DOCKER_HOST" && slices.ContainsFunc(e.Services, func(name string) bool { return proxies[name] }) {
				facts["DOCKER_HOST-points-to-proxy "+s.Name] = true
			}
		}
	}
	return facts
}

func union(a, b map[string]bool) map[string]bool {
	all := maps.Clone(a)
	for key := range b {
		all[key] = true
	}
	return all
}
