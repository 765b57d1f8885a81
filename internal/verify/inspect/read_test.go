package inspect

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	container = `{"Id": "1", "Name": "/web", "State": {"Status": "running"}, "HostConfig": {}, "Config": {"Image": "web"}}`
	network   = `{"Name": "front", "IPAM": {}, "Internal": true, "Containers": {"1": {"Name": "web"}}}`
)

// TestRead reads the forms in which engines and their users write what they say.
func TestRead(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	for said, want := range map[string]string{
		"":                                       "[] [] 0 0",
		"[]":                                     "[] [] 0 0",
		"[" + container + "]\n[" + network + "]": "[web] [front] 0 0",
		"[" + container + "," + network + "]":    "[web] [front] 0 0",
		container + network + container:          "[web] [front] 0 0",
		// `docker inspect` of an image, and of a volume.
		`[{"Id": "sha256:1", "RepoTags": []}, {"Name": "data", "Mountpoint": "/x"}]`: "[] [] 0 2",
		// Podman has small letters for networks, and 4 writes an entrypoint as a text.
		`[{"name": "podman", "id": "2", "driver": "bridge", "subnets": [], "internal": false}]`:                            "[] [podman] 0 0",
		`[{"Id": "1", "Name": "web", "State": {}, "HostConfig": {}, "Config": {"Entrypoint": "/bin/sh -c", "Cmd": null}}]`: "[web] [] 0 0",
		"web " + hash + "\n" + container + "\napp " + hash + "\n":                                                          "[web] [] 2 0",
		"\ufeff" + container:             "[web] [] 0 0",
		"Error: No such object: web\n[]": "line 1: it is no JSON of docker inspect",
		"[\n{\"a\": }]":                  "line 1: it is no JSON of docker inspect: invalid character '}' looking for beginning of value",
		container + "\n\n[" + network:    "line 3: it is no JSON of docker inspect: unexpected EOF",
		"[1]":                            "line 1: it is no JSON of docker inspect: an object is wanted",
		`[{"State": {}, "HostConfig": {}, "Config": {"Env": "PASSWORD=hunter2"}}]`: "line 1: could not read a container: json: cannot unmarshal string into Go struct field .Config.Env of type []string",
		`[{"IPAM": {}, "Internal": "yes"}]`:                                        "line 1: could not read a network: json: cannot unmarshal string into Go struct field Network.Internal of type bool",
		strings.Repeat("[", 20_000):                                                "line 1: it is no JSON of docker inspect: invalid character '[' exceeded max depth",
		"[" + strings.Repeat("{},", maxObjects) + "{}]":                            "line 1: it has more than 10000 containers and networks",
		strings.Repeat(" ", maxBytes) + "[]":                                       "it has more than 64 MB",
	} {
		d, err := Read(strings.NewReader(said))
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			var containers, networks []string
			for i := range d.Containers {
				containers = append(containers, d.Containers[i].name())
			}
			for i := range d.Networks {
				networks = append(networks, d.Networks[i].Name)
			}
			got = fmt.Sprint(containers, networks, len(d.Hashes), d.Others)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%.100q (-want +got):\n%s", said, diff)
		}
	}
}

// TestReadOfPodman reads a command line that is one text.
func TestReadOfPodman(t *testing.T) {
	d, err := Read(strings.NewReader(`{"Id": "1", "State": {}, "HostConfig": {}, "Config": {"Entrypoint": "/bin/sh -c", "Cmd": ["run"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(line{"/bin/sh", "-c"}, d.Containers[0].Config.Entrypoint); diff != "" {
		t.Error(diff)
	}
}

// FuzzRead reads whatever somebody pipes in, and writes the Compose file of it.
func FuzzRead(f *testing.F) {
	f.Add("[" + container + "]" + network)
	f.Add(container + "\nweb " + strings.Repeat("ab", 32))
	f.Add(`[{"Id":"1","State":{},"Config":{"Env":["A"],"Cmd":"x"},"HostConfig":{"PidsLimit":null,"PortBindings":{"x":[{}]},"Tmpfs":{"":""},"Ulimits":[{}]},"Mounts":[{"Type":"bind"}],"NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"::"}]},"Networks":{"":null}}}]`)
	for _, name := range samples(f) {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, said string) {
		d, err := Read(strings.NewReader(said))
		if err != nil {
			return
		}
		if _, err := d.Compose(); err != nil {
			t.Error(err)
		}
	})
}

// samples are what real engines said, where they are at hand.
func samples(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("../../../../shared/facts/verify/inspect-*.json")
	if err != nil {
		t.Fatal(err)
	}
	return names
}
