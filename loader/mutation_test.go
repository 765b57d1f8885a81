package loader

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/compose/composetest"
	"github.com/composelint/composelint/loader/yamltree"
)

// tokensPerProject bounds how much of the sample comes from one project.
const tokensPerProject = 12

// TestMutations holds the places of values against compose-go itself: whoever edits the
// bytes that a value is said to come from, and loads the project with compose-go again,
// must find another value there. COMPOSELINT_MUTATIONS is the number of tokens to edit.
func TestMutations(t *testing.T) {
	t.Setenv("HOME", "~") // which compose-go then leaves as it is
	tokens := 2160
	if stated := os.Getenv("COMPOSELINT_MUTATIONS"); stated != "" {
		var err error
		if tokens, err = strconv.Atoi(stated); err != nil {
			t.Fatal(err)
		}
	}
	m := newMutator(t)
	for _, kind := range mutationKinds {
		m.counts = append(m.counts, mutationCounts{kind: kind.name})
		m.count = &m.counts[len(m.counts)-1]
		for tries := 0; m.count.tokens < tokens/len(mutationKinds) && tries < tokens; tries++ {
			m.run(kind)
		}
		if m.count.changed == 0 {
			t.Errorf("%s: no edit changed anything", kind.name)
		}
	}
	t.Log("\n" + m.table())
}

// mutator edits the projects of a copy of the collection.
type mutator struct {
	t        *testing.T
	random   *rand.Rand
	projects []corpus.Project
	// files are what the edits of the current project start from, by path.
	files  map[string][]byte
	count  *mutationCounts
	counts []mutationCounts
}

// mutationCounts say what became of the edits of one kind of project. Implied are the values
// of its projects that no edit was tried of.
type mutationCounts struct {
	kind                                                            string
	projects, tokens, changed, duplicates, rejected, implied, wrong int
}

func newMutator(t *testing.T) *mutator {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(corpus.Dir(t))); err != nil {
		t.Fatal(err)
	}
	t.Setenv("COMPOSELINT_CORPUS", dir)
	return &mutator{t: t, random: rand.New(rand.NewPCG(11, 11)), projects: corpus.Projects(t)}
}

func (m *mutator) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "kind\tprojects\ttokens\tchanged\twith duplicates\trejected\timplied\twrong\t")
	for _, c := range m.counts {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", c.kind, c.projects, c.tokens, c.changed, c.duplicates, c.rejected, c.implied, c.wrong)
	}
	w.Flush()
	return b.String()
}

// run makes a project of the kind and edits tokens of it, if compose-go loads it.
func (m *mutator) run(kind mutationKind) {
	p := m.projects[m.random.IntN(len(m.projects))]
	m.t.Chdir(p.Directory)
	o := composetest.InDirectory(m.t, p)
	if len(o.Files) > 1 {
		return
	}
	made := kind.make(m, &o)
	defer func() {
		for _, file := range made {
			_ = os.Remove(file)
		}
	}()
	root, env, problems := m.tree(o)
	before, err := composetest.Reload(o, env)
	if err != nil || len(o.Files) == 0 {
		return
	}
	if len(problems) > 0 {
		m.t.Errorf("%s of %s: compose-go accepts this: %s: %s", kind.name, p.ID, problems[0].At, problems[0].Message)
		return
	}
	plain, _ := root.Plain().(map[string]any)
	plain["name"] = before["name"]
	if diff := cmp.Diff(composetest.WithoutLookups(composeCopy(m.t, before)), composetest.WithoutLookups(composeCopy(m.t, plain))); diff != "" {
		m.t.Errorf("%s of %s: the model differs from compose-go's (-want +got):\n%s", kind.name, p.ID, diff)
		return
	}
	m.count.projects++
	m.files = map[string][]byte{}
	for _, l := range m.sample(m.stated(leavesOf(root))) {
		m.count.tokens++
		if wrong := m.judge(l, o, env, before); wrong != "" {
			m.t.Errorf("%s of %s: %s: %s", kind.name, p.ID, l.path.At(), wrong)
		}
	}
}

// composeCopy is a copy of a model without the types in which equal values differ.
func composeCopy(t *testing.T, m map[string]any) map[string]any {
	t.Helper()
	return composetest.JSON(t, listed(m)).(map[string]any)
}

// listed makes lists of the nil slices that compose-go's merge returns for empty ones.
func listed(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := map[string]any{}
		for key, e := range v {
			c[key] = listed(e)
		}
		return c
	case []any:
		c := []any{}
		for _, e := range v {
			c = append(c, listed(e))
		}
		return c
	}
	return v
}

// tree is the merged tree of a project, with its variables and problems.
func (m *mutator) tree(o Options) (*yamltree.Node, map[string]string, []compose.Problem) {
	m.t.Helper()
	merger, problems := composetest.Open(m.t, o)
	return merger.Normalize(merger.Merge()), composetest.Environment(merger), problems.All
}

// leaf is a scalar of a tree, with the nodes above it, outermost first.
type leaf struct {
	*yamltree.Node
	path  yamltree.Path
	above []*yamltree.Node
}

// leavesOf are the scalars that a file states. The name of the project is left out: it is
// docker compose's command line that reads it.
func leavesOf(root *yamltree.Node) []leaf {
	var leaves []leaf
	var walk func(n *yamltree.Node, p yamltree.Path, above []*yamltree.Node)
	walk = func(n *yamltree.Node, p yamltree.Path, above []*yamltree.Node) {
		inner := append(slices.Clone(above), n)
		for _, key := range n.Keys() {
			walk(n.Fields[key], p.Field(key), inner)
		}
		for i, item := range n.Items {
			walk(item, p.Item(i), inner)
		}
		if n.Kind == yamltree.Scalar && !n.Generated && len(p) > 1 {
			leaves = append(leaves, leaf{n, slices.Clone(p), above})
		}
	}
	walk(root, nil, nil)
	return leaves
}

// stated are the leaves that are not merely implied by the token at their place.
func (m *mutator) stated(leaves []leaf) []leaf {
	var stated []leaf
	for _, l := range leaves {
		if !l.Span.IsZero() && l.implied(m.token(l.Span)) {
			m.count.implied++
		} else {
			stated = append(stated, l)
		}
	}
	return stated
}

// attribute is the place of a leaf without the names and indexes in it.
func (l leaf) attribute() string {
	var parts []string
	for i, part := range l.path {
		if i != 1 && !strings.HasPrefix(part, "[") && i < 5 {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ".")
}

// sample picks leaves of as many attributes as possible.
func (m *mutator) sample(leaves []leaf) []leaf {
	m.random.Shuffle(len(leaves), func(i, j int) { leaves[i], leaves[j] = leaves[j], leaves[i] })
	seen := map[string]int{}
	rank := make(map[*leaf]int, len(leaves))
	order := make([]*leaf, len(leaves))
	for i := range leaves {
		l := &leaves[i]
		seen[l.attribute()]++
		rank[l], order[i] = seen[l.attribute()], l
	}
	slices.SortStableFunc(order, func(a, b *leaf) int { return rank[a] - rank[b] })
	var picked []leaf
	for _, l := range order[:min(len(order), tokensPerProject)] {
		picked = append(picked, *l)
	}
	return picked
}

// judge edits the token of a leaf and says what is wrong with its place, if anything is.
func (m *mutator) judge(l leaf, o Options, env map[string]string, before map[string]any) string {
	if l.Span.IsZero() {
		m.count.wrong++
		return "it has no place"
	}
	accepted := 0
	for _, others := range [][]*yamltree.Node{nil, l.duplicates()} {
		for i := range m.candidates(l.Node) {
			after, err := m.reload(m.edits(i, l.Node, others), o, env)
			switch {
			case err != nil:
				continue
			case !m.asWritten(l, m.candidates(l.Node)[i], after):
				m.count.wrong++
				return fmt.Sprintf("«%s» at %s became another value than «%s»", m.token(l.Span), l.Span.Location(), m.candidates(l.Node)[i])
			case !changed(m.t, before, after, l.path):
				accepted++ // perhaps it made the entry equal to another one
				continue
			case others == nil:
				m.count.changed++
			default:
				m.count.duplicates++
			}
			return ""
		}
	}
	if accepted == 0 {
		m.count.rejected++
		return ""
	}
	m.count.wrong++
	return fmt.Sprintf("it stays %v whatever stands at %s «%s»", l.Value, l.Span.Location(), m.token(l.Span))
}

// asWritten is true when the value at the place of a leaf is the text that was written
// there, or when that cannot be said: where the token was not just the value, and where
// there is no value any more.
func (m *mutator) asWritten(l leaf, written string, after map[string]any) bool {
	plain := func(token string) string { return strings.Trim(token, `"'`) }
	is, found := plainAt(after, l.path)
	token := plain(m.token(l.Span))
	if !found || token == "" || token != l.String() || yamltree.Written(is) == token || slices.Contains(l.path, "watch") { // whose paths compose-go looks up
		return true
	}
	number, err := strconv.ParseFloat(plain(written), 64)
	return yamltree.Written(is) == plain(written) || err == nil && yamltree.Written(is) == yamltree.Written(number)
}

// changed is true when the models have different values at a path.
func changed(t *testing.T, before, after map[string]any, p yamltree.Path) bool {
	t.Helper()
	was, found := plainAt(before, p)
	if !found {
		t.Fatalf("compose-go has no value at %s", p.At())
	}
	is, found := plainAt(after, p)
	return !found || !reflect.DeepEqual(composetest.JSON(t, was), composetest.JSON(t, is))
}

// plainAt is the value at a path of compose-go's model.
func plainAt(v any, p yamltree.Path) (any, bool) {
	for _, part := range p {
		switch c := v.(type) {
		case map[string]any:
			inner, ok := c[part]
			if !ok {
				return nil, false
			}
			v = inner
		case []any:
			i, err := strconv.Atoi(strings.Trim(part, "[]"))
			if err != nil || i >= len(c) {
				return nil, false
			}
			v = c[i]
		default:
			return nil, false
		}
	}
	return v, true
}
