package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/triage"
)

// mutual are the rules whose findings at one service come and go with another.
var mutual = map[string]string{
	"default-network-only":              "two services make one",
	"docker-host-insecure":              "the name is no longer that of a service",
	"docker-host-unreachable":           "the server is gone",
	"edge-reaches-database":             "each edge makes one at the database",
	"host-port-clash":                   "both want the port",
	"invalid-compose":                   "it names the other one",
	"ipc-shareable":                     "nobody joins any more",
	"socket-proxy-network-not-internal": "no proxy is on the network any more",
	"socket-proxy-missing-permission":   "its clients are those that name it",
	"socket-proxy-stranger":             "there is no proxy any more",
	"unused-definition":                 "nothing else used it",
	"unresolved-variable":               "nothing requires the variable any more, which has been required-variable-unset",
}

// TestBaselineOfEdits holds a baseline of real projects against the same ones with a service less, with one
// twice, and with all in another order: new and fixed is what is about that service, and nothing else.
// COMPOSELINT_EDITS is the number of projects.
func TestBaselineOfEdits(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	edits := map[string]int{}
	for _, p := range sampleOfCorpus(t, 150, "COMPOSELINT_EDITS") {
		text, blocks := editable(t, p)
		if len(blocks) < 2 {
			continue
		}
		before := triagedStrictly(t, p, nil)
		of := blocks[random.IntN(len(blocks))]
		for kind, edited := range map[string][]byte{
			"reordered": reversed(text, blocks),
			"removed":   slices.Concat(text[:of.start], text[of.end:]),
			"copied":    slices.Concat(text[:of.end], text[of.start:of.name.Start], []byte(of.copied()), text[of.name.End:of.end], text[of.end:]),
		} {
			after := triagedStrictly(t, p, map[string][]byte{p.Files[0]: edited})
			if after == nil || refusals(after) > refusals(before) {
				continue // docker compose would not take it
			}
			edits[kind]++
			for _, wrong := range wrongAfter(t, kind, of, before, after) {
				t.Errorf("%s: %q %s: %s", p.ID, of.service, kind, wrong)
			}
		}
	}
	for _, kind := range []string{"reordered", "removed", "copied"} {
		if edits[kind] == 0 {
			t.Errorf("nothing was %s", kind)
		}
	}
	t.Log(edits)
}

// block is the lines of a service.
type block struct {
	service    string
	name       yamltree.Span
	start, end int
}

func (b block) copied() string { return b.service + "-copy" }

// editable is the text of a project of one file, with the lines of each service; none where these do not
// stand below each other.
func editable(t *testing.T, p corpus.Project) ([]byte, []block) {
	t.Helper()
	project := triagedStrictly(t, p, nil)
	if project == nil || len(p.Files) != 1 {
		return nil, nil
	}
	file := project.projects[0].Sources.Files[p.Files[0]]
	docs, problems, fatal := yamltree.Parse(yamltree.NewSource(file))
	if fatal != nil || len(problems) > 0 || len(docs) != 1 {
		return nil, nil
	}
	services := docs[0].Field("services")
	var blocks []block
	for _, service := range services.KeysInFileOrder() {
		n := services.Field(service)
		b := block{service: service, name: n.Key, start: bytes.LastIndexAny(file.Text[:n.Key.Start], "\r\n") + 1, end: max(n.Key.End, n.Span.End)}
		line := bytes.IndexByte(file.Text[b.end:], '\n')
		inFlow := len(bytes.TrimSpace(file.Text[b.start:n.Key.Start])) > 0
		if n.Via != nil || line < 0 || inFlow || len(blocks) > 0 && b.start < blocks[len(blocks)-1].end {
			return nil, nil
		}
		b.end += line + 1
		blocks = append(blocks, b)
	}
	return file.Text, blocks
}

// reversed is a text with the services in the opposite order.
func reversed(text []byte, blocks []block) []byte {
	all := slices.Clone(text[:blocks[0].start])
	for i, b := range slices.Backward(blocks) {
		all = append(all, text[b.start:b.end]...)
		if i > 0 {
			all = append(all, text[blocks[i-1].end:b.start]...)
		}
	}
	return append(all, text[blocks[len(blocks)-1].end:]...)
}

// triagedStrictly is a project that is judged strictly.
func triagedStrictly(t *testing.T, p corpus.Project, texts map[string][]byte) *Triaged {
	t.Helper()
	strict := true
	return triaged(t, p, texts, &strict)
}

// refusals is how much of a project docker compose would refuse.
func refusals(of *Triaged) int {
	n := 0
	for _, f := range of.projects[0].judged.Findings {
		if f.Rule == rules.InvalidCompose {
			n++
		}
	}
	return n
}

// wrongAfter is what is new or fixed after an edit and should not be, and the reverse.
func wrongAfter(t *testing.T, kind string, of block, before, after *Triaged) (wrong []string) {
	t.Helper()
	if kind == "reordered" && modelOf(t, before) != modelOf(t, after) {
		return nil // the anchors are others
	}
	at, atCopy := nodeOf(before, of.service), nodeOf(after, of.copied())
	fixed := triage.NewBaseline(before.judged()).Apply(after.judged())
	var isNew []string
	for _, f := range after.projects[0].judged.Findings {
		if mutual[f.Rule] == "" {
			isNew = append(isNew, identityOf(f.Rule, f.At, f.Key))
		}
	}
	var isFixed []string
	for _, a := range fixed {
		shared := !strings.HasPrefix(a.At, "services") // which no other service needs any more
		if mutual[a.Rule] == "" && (kind != "removed" || !shared) {
			isFixed = append(isFixed, identityOf(a.Rule, a.At, a.Key))
		}
	}
	var wantNew, wantFixed []string
	for _, f := range before.projects[0].judged.Findings {
		if mutual[f.Rule] != "" || f.About != "" || f.Service.Name != of.service {
			continue
		}
		isRead := after.projects[0].Sources.Files[f.Location.File] != nil // else another run may find it
		switch {
		case kind == "copied":
			wantNew = append(wantNew, identityOf(f.Rule, atCopy+strings.TrimPrefix(f.At, at), f.Key))
		case kind == "removed" && isRead && nodeOf(after, of.service) == "":
			wantFixed = append(wantFixed, identityOf(f.Rule, f.At, f.Key))
		}
	}
	wrong = append(wrong, differences("new", wantNew, isNew)...)
	return append(wrong, differences("fixed", wantFixed, isFixed)...)
}

func identityOf(rule, at, key string) string { return fmt.Sprintf("%s at %s %s", rule, at, key) }

// differences are what is wanted and not there, and the reverse.
func differences(what string, want, got []string) (all []string) {
	left := slices.Clone(got)
	for _, finding := range want {
		if i := slices.Index(left, finding); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			all = append(all, finding+" should be "+what)
		}
	}
	for _, finding := range left {
		all = append(all, finding+" is "+what)
	}
	return all
}

// nodeOf is the node of a service, empty where there is none.
func nodeOf(of *Triaged, service string) string {
	for _, s := range of.projects[0].Project.Services {
		if s.Name == service {
			return s.At
		}
	}
	return ""
}

// modelOf is the model of a project with its services in the order of their names.
func modelOf(t *testing.T, of *Triaged) string {
	t.Helper()
	project := of.projects[0].Project
	project.Services = slices.SortedFunc(slices.Values(project.Services), func(a, b model.Service) int { return strings.Compare(a.At, b.At) })
	text, err := json.Marshal(project)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
