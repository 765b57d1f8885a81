package rules_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestConsumers holds what is known of the clients of proxies to its shape.
func TestConsumers(t *testing.T) {
	type signs struct {
		Options          []string     `json:"options"`
		Variables        []string     `json:"variables"`
		VariablePatterns []expression `json:"variable_patterns"`
		Labels           []string     `json:"labels"`
		LabelPatterns    []expression `json:"label_patterns"`
		Value            expression   `json:"value"`
	}
	libraries := readMap[struct {
		Paths          string   `json:"paths"`
		Version        string   `json:"version"`
		BareOperations []string `json:"bare_operations"`
		HeadOrGet      bool     `json:"head_or_get"`
		Port           *int     `json:"port"`
		Source         string   `json:"source"`
	}](t, "data/client_libraries.json")
	for name, l := range libraries {
		if !slices.Contains([]string{"versioned", "bare", "fixed"}, l.Paths) || (l.Paths == "fixed") != (l.Version != "") || l.Source == "" {
			t.Errorf("the library %s does not say how it writes paths, or has no source", name)
		}
		checkOperations(t, name, l.BareOperations)
	}
	images := onlyOnce{}
	for name, c := range readMap[struct {
		Name    string   `json:"name"`
		Images  []string `json:"images"`
		Exposes *bool    `json:"exposes"`
		Needs   []string `json:"needs"`
		MayNeed []string `json:"may_need"`
		Modes   map[string]struct {
			Needs        []string `json:"needs"`
			MayNeed      []string `json:"may_need"`
			Replaces     bool     `json:"replaces"`
			RecognisedBy struct {
				signs
				Unless  *signs `json:"unless"`
				Without *signs `json:"without"`
			} `json:"recognised_by"`
		} `json:"modes"`
		Library  string `json:"library"`
		Endpoint *struct {
			Form      string            `json:"form"`
			With      map[string]string `json:"with"`
			ToldBy    []string          `json:"told_by"`
			First     []string          `json:"first"`
			UnixOnly  bool              `json:"unix_only"`
			NoCommand bool              `json:"no_command"`
			Settings  string            `json:"settings"`
		} `json:"endpoint"`
		Older *struct {
			Tags     expression `json:"tags"`
			Lacks    []string   `json:"lacks"`
			Library  string     `json:"library"`
			ToldBy   []string   `json:"told_by"`
			UnixOnly bool       `json:"unix_only"`
		} `json:"older"`
		When   string `json:"when"`
		Advice string `json:"advice"`
		Source string `json:"source"`
	}](t, "data/consumers.json") {
		if c.Name == "" || c.Source == "" {
			t.Errorf("%s has no name or no source", name)
		}
		images.check(t, name, c.Images)
		if e := c.Endpoint; e != nil && e.ToldBy != nil && len(e.ToldBy) == 0 && e.Settings == "" && !e.UnixOnly {
			t.Errorf("%s is told of its endpoint by nothing", name)
		}
		if _, ok := libraries[c.Library]; !ok && c.Library != "" {
			t.Errorf("%s asks by the library %q, which is not in client_libraries.json", name, c.Library)
		}
		checkOperations(t, name, c.Needs, c.MayNeed)
		if c.Older != nil {
			checkOperations(t, name, c.Older.Lacks)
		}
		for mode, m := range c.Modes {
			checkOperations(t, name+", "+mode, m.Needs, m.MayNeed)
		}
	}
}

// TestAttacks holds the attacks to their shape, and what filters of bodies cover to what some
// attack asks for.
func TestAttacks(t *testing.T) {
	attacks := read[struct {
		About     string `json:"about"`
		Source    string `json:"source"`
		Scenarios []struct {
			ID       string `json:"id"`
			Guide    int    `json:"guide"`
			Title    string `json:"title"`
			Example  string `json:"example"`
			HostRoot bool   `json:"host_root"`
			Ways     []struct {
				Title string   `json:"title"`
				Needs []string `json:"needs"`
				Body  string   `json:"body"`
				Where string   `json:"where"`
			} `json:"ways"`
			Source string `json:"source"`
		} `json:"scenarios"`
	}](t, "data/attacks.json")
	ids := onlyOnce{}
	bodies := map[string]bool{"device": true, "volumes-from": true} // two ways to what others show
	for _, s := range attacks.Scenarios {
		ids.check(t, "a scenario", []string{s.ID})
		if s.Title == "" || s.Example == "" || s.Source == "" || len(s.Ways) == 0 || s.Ways[0].Title != "" {
			t.Errorf("%s has no title, example, source or ways, or its first way is not the attack itself", s.ID)
		}
		for i, way := range s.Ways {
			checkOperations(t, s.ID, way.Needs)
			if i > 0 && way.Title == "" {
				t.Errorf("way %d of %s has no title", i+1, s.ID)
			}
			if !slices.Contains([]string{"", "stdin_open", "bind", "h2c", "podman"}, way.Where) {
				t.Errorf("%s needs %q, which no policy looks for", s.ID, way.Where)
			}
			bodies[way.Body] = true
		}
	}
	for kind, p := range proxyKinds(t) {
		if p.BodyFilter == nil {
			continue
		}
		for _, token := range p.BodyFilter.Covers {
			if !bodies[token] {
				t.Errorf("%s filters %q, which no attack asks for", kind, token)
			}
		}
		for _, opener := range p.BodyFilter.OpenedBy {
			for _, token := range opener.Covers {
				if !slices.Contains(p.BodyFilter.Covers, token) {
					t.Errorf("%s opens %q, which it does not filter", kind, token)
				}
			}
		}
	}
}

// TestEffects wants every operation to have its effects.
func TestEffects(t *testing.T) {
	effects := read[struct {
		About   string              `json:"about"`
		Source  string              `json:"source"`
		Effects map[string][]string `json:"effects"`
	}](t, "data/docker_api_effects.json")
	checkOperations(t, "effects", slices.Collect(maps.Keys(effects.Effects)))
	known := map[string]bool{}
	for id := range operations(t) {
		if len(effects.Effects[id]) == 0 {
			t.Errorf("%s has no effects", id)
		}
		for _, effect := range effects.Effects[id] {
			known[effect] = true
		}
	}
	for name, c := range consoles(t) {
		for _, effect := range c.Writes {
			if !known[effect] {
				t.Errorf("%s writes %q, which no operation has as an effect", name, effect)
			}
		}
	}
}

// TestRunners holds the CI runners to their shape.
func TestRunners(t *testing.T) {
	images := onlyOnce{}
	for name, r := range read[struct {
		About   string `json:"about"`
		Runners map[string]struct {
			Name      string   `json:"name"`
			Images    []string `json:"images"`
			OwnEngine []string `json:"own_engine"`
			Source    string   `json:"source"`
		} `json:"runners"`
	}](t, "data/ci_runners.json").Runners {
		if r.Name == "" || r.Source == "" {
			t.Errorf("%s has no name or no source", name)
		}
		images.check(t, name, r.Images)
	}
}

// TestConsoles holds the consoles to their shape. An image can be several, by its settings.
func TestConsoles(t *testing.T) {
	for name, c := range consoles(t) {
		if c.Name == "" || c.Source == "" || len(c.Images) == 0 || len(c.Writes) == 0 || len(c.Ports.Web)+len(c.Ports.Agent) == 0 {
			t.Errorf("%s has no name, source, images, writes or ports", name)
		}
	}
}

type console struct {
	Name   string   `json:"name"`
	Images []string `json:"images"`
	Ports  struct {
		Web   []int `json:"web"`
		Agent []int `json:"agent"`
	} `json:"ports"`
	When *struct {
		Options          []string     `json:"options"`
		Variables        []string     `json:"variables"`
		VariablePatterns []expression `json:"variable_patterns"`
		Value            expression   `json:"value"`
	} `json:"when"`
	PortVariables     []string   `json:"port_variables"`
	AgentOffWith      []string   `json:"agent_off_with"`
	PasswordVariables []string   `json:"password_variables"`
	PasswordOptions   []string   `json:"password_options"`
	NoPassword        expression `json:"no_password"`
	Writes            []string   `json:"writes"`
	Source            string     `json:"source"`
}

func consoles(t *testing.T) map[string]console {
	t.Helper()
	return read[struct {
		About    string             `json:"about"`
		Consoles map[string]console `json:"consoles"`
	}](t, "data/consoles.json").Consoles
}

// TestChecklist wants the checklist to list its items once, and to judge them by rules that
// there are: by one that is missing, an item would pass unjudged.
func TestChecklist(t *testing.T) {
	checklist := read[struct {
		About    string `json:"about"`
		Sections []struct {
			Title string   `json:"title"`
			Items []string `json:"items"`
		} `json:"sections"`
		Items map[string]struct {
			Title string   `json:"title"`
			Guide string   `json:"guide"`
			Rules []string `json:"rules"`
		} `json:"items"`
	}](t, "data/checklist.json")
	var listed []string
	for _, s := range checklist.Sections {
		listed = append(listed, s.Items...)
	}
	slices.Sort(listed)
	if known := slices.Sorted(maps.Keys(checklist.Items)); !slices.Equal(listed, known) {
		t.Errorf("the sections list %q, the items are %q", listed, known)
	}
	rules := map[string]bool{}
	for _, r := range engine(t).Catalogue {
		rules[r.ID] = true
	}
	for id, item := range checklist.Items {
		for _, rule := range item.Rules {
			if !rules[rule] {
				t.Errorf("%s is judged by %q, which is no rule", id, rule)
			}
		}
	}
}

// onlyOnce are names with what has them.
type onlyOnce map[string]string

func (o onlyOnce) check(t *testing.T, of string, names []string) {
	t.Helper()
	for _, name := range names {
		if o[name] != "" {
			t.Errorf("%s and %s both have %q", o[name], of, name)
		}
		o[name] = of
	}
}

func checkOperations(t *testing.T, of string, lists ...[]string) {
	t.Helper()
	known := operations(t)
	for _, list := range lists {
		for _, id := range list {
			if !known[id] {
				t.Errorf("%s: there is no operation %q", of, id)
			}
		}
	}
}

// operations are those of the Docker API, by id.
func operations(t *testing.T) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for _, o := range apiOperations(t) {
		ids[o.ID] = true
	}
	return ids
}

// apiOperation is an operation of the Docker API.
type apiOperation struct {
	ID     string `json:"id"`
	Method string `json:"method"`
	Path   string `json:"path"`
	Spec   bool   `json:"spec"`
}

// examples are the paths of an operation, with each form of the ids and names in it.
func (o apiOperation) examples(forms map[string][]string) []string {
	elements := strings.Split(o.Path, "/")
	paths := []string{o.Path}
	for i, element := range elements {
		if !strings.HasPrefix(element, "{") {
			continue
		}
		of := elements[i-1]
		if of == "" {
			of = element
		}
		var written []string
		for _, path := range paths {
			for _, form := range forms[of] {
				written = append(written, strings.Replace(path, element, form, 1))
			}
		}
		paths = written
	}
	return paths
}

// TestOperations wants forms of every placeholder in a path.
func TestOperations(t *testing.T) {
	api := dockerOperations(t)
	for _, o := range api.all() {
		if paths := o.examples(api.Forms); len(paths) == 0 || strings.Contains(paths[0], "{") {
			t.Errorf("%s has no form of a placeholder in %s", o.ID, o.Path)
		}
	}
}

type dockerOperationsFile struct {
	About      string              `json:"about"`
	Source     string              `json:"source"`
	Forms      map[string][]string `json:"forms"`
	Operations []apiOperation      `json:"operations"`
	Libpod     []apiOperation      `json:"libpod"`
}

// all are the operations of both APIs.
func (f dockerOperationsFile) all() []apiOperation {
	return append(slices.Clone(f.Operations), f.Libpod...)
}

func dockerOperations(t *testing.T) dockerOperationsFile {
	t.Helper()
	return read[dockerOperationsFile](t, "data/docker_api.json")
}

func apiOperations(t *testing.T) []apiOperation {
	t.Helper()
	return dockerOperations(t).all()
}
