package inspect

import "testing"

// TestBare shows of an address where it leads.
func TestBare(t *testing.T) {
	for address, want := range map[string]string{
		"tcp://proxy:2375":                    "tcp://proxy:2375",
		"unix:///var/run/docker.sock":         "unix:///var/run/docker.sock",
		"npipe:////./pipe/docker_engine":      "npipe:////./pipe/docker_engine",
		"/var/run/docker.sock":                "/var/run/docker.sock",
		"tcp://ann@proxy:2375":                "tcp://proxy:2375",
		"tcp://ann:hunter@2/x@proxy:2375":     "tcp://proxy:2375",
		"ann:hunter2@proxy:2375":              "proxy:2375",
		"http://proxy:2375/v1.41?key=hunter2": "http://proxy:2375/v1.41",
		"http://proxy:2375#hunter2":           "http://proxy:2375",
		"tcp://ann:hunter?2@proxy:2375":       "tcp://",
		"":                                    "",
	} {
		if got := bare(address); got != want {
			t.Errorf("%q is shown as %q, want %q", address, got, want)
		}
	}
}
