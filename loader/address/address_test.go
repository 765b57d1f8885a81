package address

import "testing"

func TestIsHost(t *testing.T) {
	for server, want := range map[string]bool{
		"localhost":            true,
		"127.0.1.1":            true,
		"::1":                  true,
		"::ffff:127.0.0.1":     true,
		"0.0.0.0":              true,
		"Host.Docker.Internal": true,
		"172.17.0.1":           true,
		"172.31.0.1":           true,
		"172.32.0.1":           false,
		"172.17.0.2":           false,
		"192.168.0.1":          false,
		"nas":                  false,
		"":                     false,
	} {
		if got := IsHost(server); got != want {
			t.Errorf("%q is the host: %v, want %v", server, got, want)
		}
	}
}
