package loader

import (
	"maps"
	"os"
	"slices"

	"github.com/composelint/composelint/loader/compose/composetest"
	"go.yaml.in/yaml/v4"
)

// mutationKind is a way to make a project of one of the collection.
type mutationKind struct {
	name string
	// make adds files to the project's, and returns those that it wrote. A project that
	// the kind does not fit is left without files.
	make func(m *mutator, o *Options) []string
}

var mutationKinds = []mutationKind{
	{"single file", func(*mutator, *Options) []string { return nil }},
	{"merged with itself", (*mutator).twice},
	{"two siblings", (*mutator).sibling},
	{"include", (*mutator).include},
	{"extends, !reset, !override", (*mutator).extends},
	{"base and fragments", (*mutator).fragments},
}

// twice puts a copy of the file over itself.
func (m *mutator) twice(o *Options) []string {
	text, err := os.ReadFile(o.Files[0])
	if err != nil {
		m.t.Fatal(err)
	}
	m.write("mutated-copy.yaml", text)
	o.Files = append(o.Files, "mutated-copy.yaml")
	return []string{"mutated-copy.yaml"}
}

// sibling puts another project of the same directory over the file.
func (m *mutator) sibling(o *Options) []string {
	here, err := os.Getwd()
	if err != nil {
		m.t.Fatal(err)
	}
	var others []string
	for _, p := range m.projects {
		if p.Directory == here && len(p.Files) == 1 {
			if file := composetest.InDirectory(m.t, p).Files[0]; file != o.Files[0] {
				others = append(others, file)
			}
		}
	}
	if len(others) == 0 {
		o.Files = nil
		return nil
	}
	o.Files = append(o.Files, others[m.random.IntN(len(others))])
	return nil
}

// include includes the file beside a service of its own and a fragment of it.
func (m *mutator) include(o *Options) []string {
	wrapper := map[string]any{"include": []any{o.Files[0]}}
	if m.random.IntN(2) == 0 {
		wrapper["include"] = []any{map[string]any{"path": []any{o.Files[0]}, "project_directory": "."}}
	}
	m.writeYAML("mutated-include.yaml", wrapper)
	o.Files = []string{"mutated-include.yaml"}
	return o.Files
}

// extends extends every service of the file, and puts fragments with tags over that.
func (m *mutator) extends(o *Options) []string {
	base := m.document(o.Files[0])
	services := map[string]any{}
	for name := range fieldNodes(fieldNodes(base)["services"]) {
		services[name] = map[string]any{"extends": map[string]any{"file": o.Files[0], "service": name}}
	}
	if len(services) == 0 {
		o.Files = nil
		return nil
	}
	m.writeYAML("mutated-extends.yaml", map[string]any{"services": services})
	m.writeYAML("mutated-tags.yaml", m.fragment(base, true))
	o.Files = []string{"mutated-extends.yaml", "mutated-tags.yaml"}
	return o.Files
}

// fragments puts one or two random parts of the file over it.
func (m *mutator) fragments(o *Options) []string {
	base := m.document(o.Files[0])
	made := []string{"mutated-one.yaml", "mutated-two.yaml"}[:1+m.random.IntN(2)]
	for _, file := range made {
		m.writeYAML(file, m.fragment(base, false))
	}
	o.Files = append(o.Files, made...)
	return made
}

// document is the first document of a file, with its aliases resolved.
func (m *mutator) document(file string) *yaml.Node {
	text, err := os.ReadFile(file)
	if err != nil {
		m.t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil || len(document.Content) == 0 {
		return &yaml.Node{Kind: yaml.MappingNode}
	}
	return dealiased(document.Content[0])
}

func dealiased(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return dealiased(n.Alias)
	}
	c := *n
	c.Anchor, c.Content = "", nil
	c.HeadComment, c.LineComment, c.FootComment = "", "", ""
	for _, child := range n.Content {
		c.Content = append(c.Content, dealiased(child))
	}
	return &c
}

// fieldNodes are the values of a mapping by key.
func fieldNodes(n *yaml.Node) map[string]*yaml.Node {
	fields := map[string]*yaml.Node{}
	if n == nil || n.Kind != yaml.MappingNode {
		return fields
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		fields[n.Content[i].Value] = n.Content[i+1]
	}
	return fields
}

// fragment cuts a random part out of the services of a project, changes some of its values
// and tags some with !reset and !override.
func (m *mutator) fragment(base *yaml.Node, tags bool) map[string]any {
	services := map[string]any{}
	all := fieldNodes(fieldNodes(base)["services"])
	for _, name := range slices.Sorted(maps.Keys(all)) {
		attributes := fieldNodes(all[name])
		cut := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(attributes)) {
			if key == "<<" || key == "extends" || m.random.IntN(3) > 0 {
				continue
			}
			c := m.cut(attributes[key])
			switch {
			case tags && m.random.IntN(6) == 0:
				c = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!reset", Style: yaml.TaggedStyle | yaml.FlowStyle}
			case tags && m.random.IntN(4) == 0 && c.Kind != yaml.ScalarNode:
				c.Tag, c.Style = "!override", yaml.TaggedStyle
			}
			cut[key] = c
		}
		if len(cut) > 0 {
			services[name] = cut
		}
	}
	return map[string]any{"services": services}
}

// cut copies a value less some of its entries, and with other scalars here and there.
func (m *mutator) cut(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = nil
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := 0; i+step <= len(n.Content); i += step {
		if len(n.Content) > step && m.random.IntN(3) == 0 {
			continue
		}
		if step == 2 {
			c.Content = append(c.Content, n.Content[i])
		}
		c.Content = append(c.Content, m.cut(n.Content[i+step-1]))
	}
	if n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" && m.random.IntN(4) == 0 {
		c.Value = variants(n.Value)[0]
	}
	return &c
}

func (m *mutator) writeYAML(file string, v any) {
	text, err := yaml.Marshal(v)
	if err != nil {
		m.t.Fatal(err)
	}
	m.write(file, text)
}
