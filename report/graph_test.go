package report

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules"
)

func step(label string) rules.Step { return rules.Step{Label: label} }

var (
	possible = rules.Attack{ID: "a", Title: "be root", Flag: "POST", Guide: 1, Ways: []rules.Way{{Verdict: "possible"}},
		Certain: rules.Outcome{Verdict: "possible", Goal: "possible"}, Perhaps: rules.Outcome{Verdict: "unknown", Goal: "unknown"}}
	blocked = rules.Attack{ID: "b", Title: "read logs", Ways: []rules.Way{{Verdict: "blocked"}, {Title: "by the files", Verdict: "unknown"}},
		Certain: rules.Outcome{Verdict: "blocked", Goal: "blocked"}, Perhaps: rules.Outcome{Verdict: "blocked", Goal: "blocked"}}
)

// reviewed is a review with every kind of way: by a network and a namespace, straight to a proxy, to a
// socket that a service holds; a network that joins others, and one that joins nobody.
var reviewed = rules.Review{
	Networks: []rules.Network{
		{Name: "api", Internal: "yes", Services: []string{"app", "idle", "proxy"}},
		{Name: "back", Internal: "no", Services: []string{"app", "database"}},
		{Name: "lonely", Internal: "unknown", Services: []string{"idle"}},
	},
	WaysIn: []rules.Entry{
		{Kind: "router", Service: "app", Called: `the Traefik router "r"`, Certain: true},
		{Kind: "external-network", Service: "app", Called: `the external network "web"`},
		{Kind: "port", Service: "remote", Called: "port 2375", Certain: true},
		{Kind: "port", Service: "idle", Called: "port 80", Certain: true},
	},
	Targets: []rules.Target{
		{Kind: "proxy", Service: "proxy", Attacks: []rules.Attack{possible, blocked}, Entries: []rules.Entry{
			{Kind: "router", Service: "app", Called: `the Traefik router "r"`, Certain: true, Path: []rules.Step{
				step(`outsiders come in by the Traefik router "r"`), step(`service "app"`), step(`network "api"`), step(`socket proxy "proxy"`), step("the host's Docker API socket")}},
			{Kind: "external-network", Service: "app", Called: `the external network "web"`, Path: []rules.Step{
				step(`outsiders come in by the external network "web"`), step(`service "app"`), step(`network "api"`), step(`socket proxy "proxy"`), step("the host's Docker API socket")}},
			{Kind: "service", Service: "side", Called: `job "side"`, Certain: true, Path: []rules.Step{
				step(`job "side"`), step("a shared network namespace"), step(`socket proxy "proxy"`), step("the host's Docker API socket")}},
		}},
		{Kind: "proxy", Service: "remote", Attacks: []rules.Attack{blocked}, Entries: []rules.Entry{
			{Kind: "port", Service: "remote", Called: "port 2375", Certain: true, Path: []rules.Step{step("outsiders come in by port 2375"), step(`socket proxy "remote"`)}},
		}},
		{Kind: "socket", Service: "agent", Attacks: []rules.Attack{possible}, Entries: []rules.Entry{
			{Kind: "service", Service: "agent", Certain: true, Path: []rules.Step{step(`service "agent"`), step("the host's Docker API socket")}},
		}},
	},
	DockerAPI: []rules.ProxyAPI{{Service: "proxy", Name: "A proxy", Filters: []string{"Binds"}, Replaced: true, Operations: []rules.Operation{
		{OperationID: "ContainerCreate", Spec: true, Verdict: "allow", Flag: "POST"},
		{OperationID: "ContainerList", Spec: true, Verdict: "deny", Flag: "CONTAINERS"},
		{OperationID: "SystemPing", Spec: true, Verdict: "unknown"},
		{OperationID: "Debug", Verdict: "allow"},
	}}, {Service: "remote", Name: "Another"}},
	Checklist: []rules.ChecklistItem{
		{Section: "Containers", Title: "no service holds the socket", Verdict: "fail", Results: []rules.ChecklistResult{{Verdict: "fail", Says: "agent does", Location: span("compose.yaml", 3, 5, 9)}}},
		{Section: "Containers", Title: "limits", Verdict: "not applicable"},
	},
	Standards: []rules.Standard{{ID: "s", Title: "A standard", Controls: []rules.Control{
		{ID: "1", Title: "no socket", Verdict: rules.Fail, Rules: []rules.ControlRule{{ID: "docker-socket-mount", Findings: 1}}},
		{ID: "2", Title: "limits", Verdict: rules.Pass, Judged: 3, Of: "service", By: []string{"mem_limit"}, Rules: []rules.ControlRule{{ID: "resource-limits-missing"}}},
		{ID: "3", Title: "the daemon", Verdict: rules.NotJudged, Because: []string{"needs the host"}}, {ID: "4", Title: "the host", Verdict: rules.NotJudged, Because: []string{"needs the host"}},
	}}},
	Unknown: []string{"TAG"},
}

func TestFlowchart(t *testing.T) {
	want := `flowchart LR
  n0["Traefik router r"]
  n1["outside"]
  n2["service app"]
  n3["external network web"]
  n4["port 2375"]
  n5["socket proxy remote"]
  n6["port 80"]
  n7["service idle"]
  n8["network api"]
  n9["socket proxy proxy"]
  n10["network back"]
  n11["service database"]
  n12["Docker API socket"]
  n13["service side"]
  n14["a shared network namespace"]
  n15["service agent"]
  n1 ==> n0
  n0 ==> n2
  n1 -.- n3
  n3 -.- n2
  n1 --- n4
  n4 --- n5
  n1 --- n6
  n6 --- n7
  n2 ==> n8
  n7 --- n8
  n8 ==> n9
  n2 --- n10
  n11 --- n10
  n9 ==> n12
  n13 -.-> n14
  n14 -.-> n9
  n15 -.-> n12
  linkStyle 0,1,8,10,13 stroke:#d1242f
`
	if diff := cmp.Diff(want, flowchart(graphOf(Review{Review: reviewed}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		networks [][]string
		holder   bool
		want     string
	}{
		{nil, false, ""},
		{[][]string{{"app"}, {"database"}}, false, ""},
		{[][]string{{"app", "database"}, {"app"}}, false, ""},
		{[][]string{{"app", "database"}, {"app", "mail"}}, false, "services app, database, mail on networks n0, n1"},
		{nil, true, "services agent on networks "},
	} {
		review := Review{}
		for i, services := range c.networks {
			review.Networks = append(review.Networks, rules.Network{Name: fmt.Sprintf("n%d", i), Services: services})
		}
		if c.holder {
			review.Targets = reviewed.Targets[2:]
		}
		got := ""
		if g := graphOf(review); g != nil {
			got = fmt.Sprintf("services %s on networks %s", strings.Join(g.names(atService), ", "), strings.Join(g.names(atNetwork), ", "))
		}
		if got != c.want {
			t.Errorf("%v: %q, want %q", c.networks, got, c.want)
		}
	}
}

func (g *graph) names(at stage) []string {
	var names []string
	for _, n := range g.nodes {
		if n.stage == at {
			names = append(names, n.name)
		}
	}
	return names
}

// TestFlowchartLabels has nothing in a label that Mermaid could read.
func TestFlowchartLabels(t *testing.T) {
	got := flowchart(&graph{nodes: []graphNode{{stage: atNetwork, name: "a\"b`c#quot;&lt;<d>\\"}}})
	if want := "flowchart LR\n  n0[\"network a'b'c＃quot;＆lt;‹d›＼\"]\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestGraphIsCut keeps what attacks lead over.
func TestGraphIsCut(t *testing.T) {
	review := Review{Review: rules.Review{
		Networks:  []rules.Network{{Name: "api", Services: []string{"proxy"}}},
		DockerAPI: []rules.ProxyAPI{{Service: "proxy"}},
	}}
	for i := range 100 {
		review.Networks[0].Services = append(review.Networks[0].Services, fmt.Sprintf("s%d", i))
	}
	review.Targets = []rules.Target{{Kind: "proxy", Service: "proxy", Attacks: []rules.Attack{possible}, Entries: []rules.Entry{
		{Kind: "service", Service: "s99", Certain: true, Path: []rules.Step{step(`service "s99"`), step(`network "api"`), step(`socket proxy "proxy"`)}},
	}}}
	g := graphOf(review)
	if got, want := g.more(), "services (40 more)"; got != want {
		t.Errorf("left out are %q, want %q", got, want)
	}
	if text := flowchart(g); !strings.Contains(text, `"service s99"`) || strings.Contains(text, `"service s59"`) {
		t.Errorf("the wrong ones are left out:\n%s", text)
	}
}

// TestGraphOfManyConnections keeps to what Mermaid draws, and to what is connected.
func TestGraphOfManyConnections(t *testing.T) {
	review := Review{}
	for n := range 30 {
		network := rules.Network{Name: fmt.Sprintf("n%d", n)}
		for s := range 50 {
			network.Services = append(network.Services, fmt.Sprintf("s%d", s))
		}
		review.Networks = append(review.Networks, network)
	}
	review.WaysIn = []rules.Entry{{Service: "s7", Called: "port 80", Certain: true}}
	g := graphOf(review)
	if got, want := g.more(), "networks (22 more) and connections (2 more)"; got != want || len(g.edges) != mostEdges {
		t.Errorf("%d connections, left out are %q, want %q", len(g.edges), got, want)
	}
	if text := flowchart(g); !strings.Contains(text, `["port 80"]`) {
		t.Errorf("the way in is left out:\n%s", text)
	}
}

// TestPictureKeepsApart draws graphs of all sorts: nothing lies on anything else, or outside.
func TestPictureKeepsApart(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		g := &graph{}
		for range 1 + random.IntN(40) {
			g.nodes = append(g.nodes, graphNode{stage: stage(random.IntN(len(stageNames))), name: strings.Repeat("é", random.IntN(50))})
		}
		for range random.IntN(80) {
			from, to := random.IntN(len(g.nodes)), random.IntN(len(g.nodes))
			if g.nodes[from].stage < g.nodes[to].stage {
				g.edges = append(g.edges, graphEdge{from, to, peril(random.IntN(4))})
			}
		}
		p := draw(g)
		for i, a := range p.Nodes {
			if a.X < 0 || a.Y < headHeight || a.X+a.Width > p.Width || a.Y+a.Height > p.Height {
				t.Fatalf("%+v lies outside", a)
			}
			for _, b := range p.Nodes[:i] {
				if a.X < b.X+b.Width && b.X < a.X+a.Width && a.Y < b.Y+b.Height && b.Y < a.Y+a.Height {
					t.Fatalf("%+v and %+v overlap", a, b)
				}
			}
			if text := int(charWidth * float64(layOut(a.Text).width())); text > a.Width {
				t.Fatalf("%q is wider than its node", a.Text)
			}
		}
		if len(p.Nodes) != len(g.nodes) {
			t.Fatalf("%d of %d nodes", len(p.Nodes), len(g.nodes))
		}
	}
}
