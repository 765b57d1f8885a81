package rules_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/policies"
)

// proxyKind is a file of data/proxies, as docs/proxies.md describes it.
type proxyKind struct {
	Name   string   `json:"name"`
	Source string   `json:"source"`
	About  string   `json:"about"`
	Images []string `json:"images"`

	Registries []string `json:"registries"`
	Files      []string `json:"files"`

	Language  string            `json:"language"`
	Variables map[string]string `json:"variables"`
	Patterns  []expression      `json:"patterns"`
	Truth     string            `json:"truth"`
	Gate      string            `json:"gate"`
	Rules     []proxyRule       `json:"rules"`

	Current expression `json:"current"`
	Newest  string     `json:"newest"`
	Eras    []proxyEra `json:"eras"`

	FlagOption      string                 `json:"flag_option"`
	ProfileVariable string                 `json:"profile_variable"`
	Profiles        map[string][]proxyRule `json:"profiles"`
	Methods         *struct {
		About          string     `json:"about"`
		Source         string     `json:"source"`
		Names          []string   `json:"names"`
		OptionPrefix   string     `json:"option_prefix"`
		VariablePrefix string     `json:"variable_prefix"`
		VariableSuffix expression `json:"variable_suffix"`
		LastWins       bool       `json:"last_wins"`
		Prefix         string     `json:"prefix"`
		Suffix         string     `json:"suffix"`
	} `json:"methods"`
	Labels *struct {
		About    string     `json:"about"`
		Source   string     `json:"source"`
		Option   string     `json:"option"`
		Variable string     `json:"variable"`
		Prefix   string     `json:"prefix"`
		Suffix   expression `json:"suffix"`

		PrefixOption   string `json:"prefix_option"`
		PrefixVariable string `json:"prefix_variable"`
	} `json:"labels"`
	RulesLanguage *struct {
		About           string            `json:"about"`
		Source          string            `json:"source"`
		Option          string            `json:"option"`
		Variable        string            `json:"variable"`
		FileOption      string            `json:"file_option"`
		FileVariable    string            `json:"file_variable"`
		Separator       expression        `json:"separator"`
		Comment         expression        `json:"comment"`
		Line            expression        `json:"line"`
		MethodSeparator string            `json:"method_separator"`
		Prefix          string            `json:"prefix"`
		Suffix          string            `json:"suffix"`
		ProbeQueries    []string          `json:"probe_queries"`
		Expansions      map[string]string `json:"expansions"`
	} `json:"rules_language"`
	DefaultRules   []proxyRule `json:"default_rules"`
	NoDefaultRules *struct {
		About     string     `json:"about"`
		Source    string     `json:"source"`
		Options   []string   `json:"options"`
		Variables []string   `json:"variables"`
		True      expression `json:"true"`
	} `json:"no_default_rules"`

	ConfiguredBy          []expression `json:"configured_by"`
	ConfiguredByOptions   []string     `json:"configured_by_options"`
	ConfiguredByVariables []string     `json:"configured_by_variables"`

	BodyFilter *struct {
		About      string     `json:"about"`
		Source     string     `json:"source"`
		Covers     []string   `json:"covers"`
		When       *setting   `json:"when"`
		VoidValues expression `json:"void_values"`
		OpenedBy   []struct {
			setting
			Covers []string   `json:"covers"`
			Value  expression `json:"value"`
		} `json:"opened_by"`
	} `json:"body_filter"`

	FormerProfiles []string `json:"former_profiles"`

	Port          int      `json:"port"`
	PortVariables []string `json:"port_variables"`
	PortOptions   []string `json:"port_options"`
	Socket        *struct {
		Source    string   `json:"source"`
		Variables []string `json:"variables"`
		Options   []string `json:"options"`
		Default   string   `json:"default"`
	} `json:"socket"`
	Listen *struct {
		About              string `json:"about"`
		Source             string `json:"source"`
		Variable           string `json:"variable"`
		Option             string `json:"option"`
		Default            string `json:"default"`
		SocketVariable     string `json:"socket_variable"`
		SocketOption       string `json:"socket_option"`
		SocketDefault      string `json:"socket_default"`
		SocketFile         string `json:"socket_file"`
		ClientCertificates *struct {
			Options   []string `json:"options"`
			Variables []string `json:"variables"`
		} `json:"client_certificates"`
	} `json:"listen"`
	Clients *struct {
		setting
		About   string   `json:"about"`
		Source  string   `json:"source"`
		Default string   `json:"default"`
		Open    []string `json:"open"`
		List    string   `json:"list"`
		Names   string   `json:"names_since"`
	} `json:"clients"`
	Denied *struct {
		About  string     `json:"about"`
		Source string     `json:"source"`
		Status []int      `json:"status"`
		Type   string     `json:"type"`
		Body   expression `json:"body"`
	} `json:"denied"`
	Log *struct {
		setting
		About  string     `json:"about"`
		Source string     `json:"source"`
		Hides  expression `json:"hides"`
		Shows  string     `json:"shows"`
	} `json:"log"`
	PasswordVariable string     `json:"password_variable"`
	Settings         bool       `json:"settings"`
	H2C              expression `json:"h2c"`
}

// setting is a setting by its names as a variable and as an option.
type setting struct {
	Variable string `json:"variable"`
	Option   string `json:"option"`
}

// proxyEra is how older releases differ from those of today.
type proxyEra struct {
	Tags    expression     `json:"tags"`
	Example string         `json:"example"`
	About   string         `json:"about"`
	Without []string       `json:"without"`
	Before  []proxyRule    `json:"before"`
	Differs map[string]any `json:"differs"`
	Kind    string         `json:"kind"`
	Later   bool           `json:"later"`
	Source  string         `json:"source"`
}

type proxyRule struct {
	Verdict    string     `json:"verdict"`
	Methods    []string   `json:"methods"`
	NotMethods []string   `json:"not_methods"`
	Path       expression `json:"path"`
	If         string     `json:"if"`
	Unless     string     `json:"unless"`
}

// expression is a regular expression, which has to compile.
type expression string

func (e *expression) UnmarshalJSON(text []byte) error {
	if err := json.Unmarshal(text, (*string)(e)); err != nil {
		return err
	}
	_, err := regexp.Compile(string(*e))
	return err
}

// TestProxies holds every kind of proxy to the shape that docs/proxies.md describes.
func TestProxies(t *testing.T) {
	kinds := proxyKinds(t)
	truths := readMap[struct {
		Source  string     `json:"source"`
		Flag    expression `json:"flag"`
		Gate    expression `json:"gate"`
		Refused expression `json:"refused"`
	}](t, "data/truth.json")
	sold := map[string]string{}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		t.Run(kind, func(t *testing.T) {
			p := kinds[kind]
			if p.Name == "" || p.Source == "" {
				t.Error("there is no name or no source")
			}
			for _, image := range p.Images {
				if sold[image] != "" {
					t.Errorf("%s sells the image %q too", sold[image], image)
				}
				sold[image] = kind
			}
			checkLanguage(t, p)
			if _, ok := truths[p.Truth]; !ok && p.Truth != "" {
				t.Errorf("the truth %q is not in truth.json", p.Truth)
			}
			checkEras(t, p, kinds)
			checkRules(t, p, p.Rules)
			for _, profile := range slices.Sorted(maps.Keys(p.Profiles)) {
				checkRules(t, p, p.Profiles[profile])
			}
		})
	}
}

// checkEras wants of each era that it says how it differs, that its example is of it alone, and that
// what it differs in is the shape of a kind.
func checkEras(t *testing.T, p proxyKind, kinds map[string]proxyKind) {
	t.Helper()
	for i, era := range p.Eras {
		if _, ok := kinds[era.Kind]; (era.Kind == "") == (era.Without == nil) || (era.Kind != "" && !ok) || era.Source == "" {
			t.Errorf("the era %q has not either another kind or what it is without, and a source", era.Tags)
		}
		checkNames(t, p, "an era is without", era.Without)
		first := slices.IndexFunc(p.Eras, func(e proxyEra) bool { return matches(e.Tags, era.Example) })
		if first != i || p.Current != "" && matches(p.Current, era.Example) {
			t.Errorf("the example %q of the era %q is of another, or of today", era.Example, era.Tags)
		}
		text, err := json.Marshal(era.Differs)
		if err != nil {
			t.Fatal(err)
		}
		decode[proxyKind](t, era.Example, text)
	}
	if p.Current != "" && p.Newest != "" && len(p.Eras) > 0 && !matches(p.Current, p.Newest) {
		t.Errorf("the newest release %q is none of today's %q", p.Newest, p.Current)
	}
}

func matches(e expression, text string) bool { return regexp.MustCompile(string(e)).MatchString(text) }

// checkLanguage wants of a language the fields that it goes by, and no others.
func checkLanguage(t *testing.T, p proxyKind) {
	t.Helper()
	has := map[string]bool{"flag_option": p.FlagOption != "", "profiles": p.Profiles != nil, "methods": p.Methods != nil, "rules_language": p.RulesLanguage != nil}
	want := map[string]string{"flags": "", "options": "flag_option", "profiles": "profiles", "methods": "methods", "rules": "rules_language", "": ""}
	by, ok := want[p.Language]
	if !ok {
		t.Errorf("the language %q is unknown", p.Language)
	}
	for field, there := range has {
		if there != (field == by) {
			t.Errorf("the language %q goes with %q, and not with %q", p.Language, by, field)
		}
	}
	if ordered := p.Language == "flags" || p.Language == "options"; ordered != (p.Rules != nil) {
		t.Errorf("a kind of the language %q has rules, or another has none", p.Language)
	}
	if (p.ProfileVariable != "") != (p.Profiles != nil) {
		t.Error("profiles and profile_variable go together")
	}
}

// checkRules wants rules that decide everything and ask flags that there are.
func checkRules(t *testing.T, p proxyKind, rules []proxyRule) {
	t.Helper()
	for i, rule := range rules {
		last := i == len(rules)-1
		anything := rule.Methods == nil && rule.NotMethods == nil && rule.Path == "" && rule.If == "" && rule.Unless == ""
		switch {
		case rule.Verdict != "allow" && rule.Verdict != "deny":
			t.Errorf("the verdict %q is neither allow nor deny", rule.Verdict)
		case rule.If != "" && rule.Unless != "", rule.Methods != nil && rule.NotMethods != nil:
			t.Errorf("rule %d asks for one thing in two ways", i+1)
		case anything != last:
			t.Errorf("rule %d of %d is the last that is ever asked, or the last is not", i+1, len(rules))
		}
		if flag := rule.If + rule.Unless; flag != "" && p.Language == "flags" {
			checkNames(t, p, "a rule asks", []string{flag})
			if p.Truth == "" {
				t.Error("there are flags, but no truth")
			}
		}
	}
	if p.Gate != "" {
		checkNames(t, p, "the gate is", []string{p.Gate})
	}
	checkVersions(t, rules)
}

// checkVersions wants rules that let nothing through for its version alone, nor for a form of an id
// alone: the policies ask with paths that have no version and the first form, and would take it for
// denied.
func checkVersions(t *testing.T, rules []proxyRule) {
	t.Helper()
	paths := make([]*regexp.Regexp, len(rules))
	for i, rule := range rules {
		paths[i] = regexp.MustCompile(string(rule.Path))
	}
	api := dockerOperations(t)
	for i, rule := range rules {
		for _, o := range api.all() {
			examples := o.examples(api.Forms)
			for _, example := range examples {
				if rule.Path == "" || !paths[i].MatchString("/v1.47"+example) {
					continue
				}
				without := false
				for j := range rules {
					without = without || rules[j].Verdict == rule.Verdict && paths[j].MatchString(examples[0])
				}
				if !without {
					t.Errorf("rule %d matches %s with a version in front, but none matches %s", i+1, example, examples[0])
				}
			}
		}
	}
}

func checkNames(t *testing.T, p proxyKind, what string, names []string) {
	t.Helper()
	for _, name := range names {
		if _, ok := p.Variables[name]; !ok {
			t.Errorf("%s %q, which is not among the variables", what, name)
		}
	}
}

// proxyKinds are the kinds of proxies by name.
func proxyKinds(t *testing.T) map[string]proxyKind {
	t.Helper()
	names, err := fs.Glob(policies.FS, "data/proxies/*.json")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]proxyKind{}
	for _, name := range names {
		kinds[strings.TrimSuffix(path.Base(name), ".json")] = read[proxyKind](t, name)
	}
	return kinds
}

// read decodes a data file, which must have no other fields than the type.
func read[T any](t *testing.T, name string) T {
	t.Helper()
	text, err := fs.ReadFile(policies.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return decode[T](t, name, text)
}

func decode[T any](t *testing.T, name string, text []byte) T {
	t.Helper()
	var v T
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return v
}

// readMap decodes a data file that is entries by name, with a remark about them all.
func readMap[T any](t *testing.T, name string) map[string]T {
	t.Helper()
	entries := map[string]T{}
	for key, text := range read[map[string]json.RawMessage](t, name) {
		if key != "about" {
			entries[key] = decode[T](t, name+": "+key, text)
		}
	}
	return entries
}
