package probe

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/policies"
)

// TestProbesAreWhole wants a probe for each operation of the Docker API and of Podman's own, which asks for that and nothing else.
func TestProbesAreWhole(t *testing.T) {
	text, err := fs.ReadFile(policies.FS, "data/docker_api.json")
	if err != nil {
		t.Fatal(err)
	}
	var api struct {
		Operations, Libpod []struct{ ID, Method, Path string }
	}
	if err := json.Unmarshal(text, &api); err != nil {
		t.Fatal(err)
	}
	all := All()
	named := strings.NewReplacer("{anyroute}", "containers/json", "{checkpoint}", "none")
	placeholder := regexp.MustCompile(`\{[^/]*\}`)
	var want, got []string
	for _, o := range append(api.Operations, api.Libpod...) {
		want = append(want, o.ID+" "+o.Method+" "+placeholder.ReplaceAllString(named.Replace(o.Path), all.NoSuchID))
	}
	for _, p := range all.Operations {
		got = append(got, p.ID+" "+p.Method+" "+p.Path)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-operations +probes):\n%s", diff)
	}
}

// TestProbesMayBeSent lets each be sent with each version: what is not harmless with one alone, after an engine
// refused it.
func TestProbesMayBeSent(t *testing.T) {
	all := All()
	for _, p := range slices.Concat(all.Operations, all.Bodies) {
		for _, version := range all.Versions {
			for _, refused := range []bool{false, true} {
				may := p.Harmless || version == all.TooNew && refused
				if err := all.refusal(p, version, refused); (err == nil) != may {
					t.Errorf("%s %s%s may be sent: %v, where it is so that %v: %v", p.Method, version, p.Path, err == nil, may, err)
				}
			}
		}
		if !p.Harmless && p.ID != "SwarmLeave" {
			t.Errorf("%s %s is not harmless", p.ID, p.Path)
		}
	}
	for _, p := range all.Bodies {
		if p.Path != "/containers/create" || p.Token == "" || p.Title == "" {
			t.Errorf("%+v is no request for a container", p)
		}
	}
}

// TestNever is the list of what acted on some engine, or hung.
func TestNever(t *testing.T) {
	all := All()
	id := all.NoSuchID
	const wrong = "application/json"
	for why, p := range map[string]Probe{
		"engines resolve the beginning of an id":         {Method: "POST", Path: "/containers/ab12887e63e2/kill"},
		"engines resolve names":                          {Method: "DELETE", Path: "/networks/my-net"},
		"it creates a volume":                            {Method: "POST", Path: "/volumes/create"},
		"it creates a volume with an empty object":       {Method: "POST", Path: "/volumes/create", Type: wrong, Body: "{}"},
		"Podman creates a network":                       {Method: "POST", Path: "/networks/create", Type: wrong, Body: "{}"},
		"dockerd 28 created a network of that name":      {Method: "POST", Path: "/networks/create", Type: wrong, Body: `{"Name":"/"}`},
		"another engine may create one of that name":     {Method: "POST", Path: "/networks/create", Type: wrong, Body: `{"Name":"-composelint verify/"}`},
		"Podman prunes whatever the version":             {Method: "POST", Path: "/containers/prune"},
		"a prune with filters that can be read":          {Method: "POST", Path: "/volumes/prune", Query: "filters={}"},
		"engines look for a plugin":                      {Method: "POST", Path: "/volumes/create", Type: wrong, Body: `{"Name":7,"Driver":"composelint"}`},
		"a worker leaves its swarm":                      {Method: "POST", Path: "/swarm/leave"},
		"force makes a manager leave as well":            {Method: "POST", Path: "/swarm/leave", Query: "force=1"},
		"proxies take what is no JSON for a denial":      {Method: "POST", Path: "/containers/create", Type: wrong, Body: `{"Image"`},
		"the image may be there":                         {Method: "POST", Path: "/containers/create", Type: wrong, Body: `{"Image":"alpine"}`},
		"a container without an image may be one":        {Method: "POST", Path: "/containers/create", Type: wrong, Body: `{}`},
		"it creates a secret":                            {Method: "POST", Path: "/secrets/create", Type: wrong, Body: `{"Name":"x"}`},
		"Podman prunes everything":                       {Method: "POST", Path: "/libpod/system/prune", Query: "filters=composelint"},
		"Podman creates a manifest of that name":         {Method: "POST", Path: "/libpod/manifests/" + id},
		"Podman plays what the body says":                {Method: "POST", Path: "/libpod/play/kube", Query: "start=false"},
		"Podman makes an image of an empty body":         {Method: "POST", Path: "/libpod/images/import"},
		"Podman pulls":                                   {Method: "POST", Path: "/libpod/images/pull", Query: "reference=alpine"},
		"Podman creates a secret":                        {Method: "POST", Path: "/libpod/secrets/create", Query: "name=x", Body: "{}"},
		"Podman creates a volume with a name of its own": {Method: "POST", Path: "/libpod/volumes/create", Type: wrong, Body: "{}"},
		"Podman creates a pod":                           {Method: "POST", Path: "/libpod/pods/create", Type: wrong, Body: `{"name":"x"}`},
		"its query cannot be read":                       {Method: "POST", Path: "/containers/" + id + "/kill", Query: "%"},
		"a query with a semicolon is read in other ways": {Method: "POST", Path: "/containers/prune", Query: "filters=x;filters={}"},
	} {
		p.Harmless, p.Why = true, why
		for _, version := range all.Versions {
			if all.refusal(p, version, true) == nil {
				t.Errorf("%s %s%s?%s %s may be sent, though %s", p.Method, version, p.Path, p.Query, p.Body, why)
			}
		}
	}
	ping, _ := all.Of("SystemPing")
	for _, version := range []string{"/v1.1", "/v1.41", "v1.99"} {
		if all.refusal(ping, version, true) == nil {
			t.Errorf("a request may be sent with the version %q", version)
		}
	}
	ping.Why = ""
	if all.refusal(ping, "", true) == nil {
		t.Error("a request may be sent of which nothing says why it is harmless")
	}
}
