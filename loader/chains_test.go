package loader

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
)

// TestLongWayToHost wants of a chain of a thousand namespaces, by service and by container,
// that its first service knows to be in the host's, with a way that a reader can follow.
func TestLongWayToHost(t *testing.T) {
	r := loadText(t, "services:\n"+many(1000, func(i int) string {
		mode := "host"
		switch {
		case i == 999:
		case i%2 == 0:
			mode = fmt.Sprintf("service:s%d", i+1)
		default:
			mode = fmt.Sprintf("container:c%d", i+1)
		}
		return fmt.Sprintf("  s%d: {image: a, container_name: c%d, network_mode: %q}\n", i, i, mode)
	}))
	want := []model.Namespace{{
		At: "services.s0.network_mode", Name: "network", Mode: "service", Of: "s1", Joined: "s1", Host: true,
		Through: []string{
			"services.s1.network_mode", "services.s2.network_mode", "services.s3.network_mode",
			"services.s4.network_mode", "services.s5.network_mode", "services.s6.network_mode",
			"services.s7.network_mode", "services.s8.network_mode", "services.s9.network_mode",
			"services.s999.network_mode",
		},
	}}
	if diff := cmp.Diff(want, r.Project.Services[0].Namespaces); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNamespaceCircle has services that join each other's network, which docker compose
// refuses: nobody is in the host's, and nobody meets another at the loopback address.
func TestNamespaceCircle(t *testing.T) {
	r := loadText(t, `services:
  a: {image: a, network_mode: "service:b", environment: {PEER: "localhost:80"}}
  b: {image: a, network_mode: "service:c"}
  c: {image: a, network_mode: "service:a"}
  outside: {image: a}
`)
	a := r.Project.Services[0]
	if a.Namespaces[0].Host || len(a.Namespaces[0].Through) > 0 {
		t.Errorf("the circle leads to the host's network: %+v", a.Namespaces)
	}
	if diff := cmp.Diff([]string{}, a.Endpoints[0].Services); diff != "" {
		t.Errorf("behind the loopback address (-want +got):\n%s", diff)
	}
}

// TestHopsAreBounded follows extends through a thousand services.
func TestHopsAreBounded(t *testing.T) {
	r := loadText(t, "services:\n"+many(1000, func(i int) string {
		return fmt.Sprintf("  s%d: {extends: s%d}\n", i, i+1)
	})+"  s1000: {image: a, privileged: true}\n")
	o, ok := r.Sources.Locate("services.s0", "privileged")
	if !ok || o.Start.Line != 1002 {
		t.Errorf("it is placed at %v", o.Location)
	}
	if len(o.Hops) != 9 || o.Hops[0].Label != `extended by service "s0"` || o.Hops[0].Location.Start.Line != 2 {
		t.Errorf("%d hops, the first of them %+v", len(o.Hops), o.Hops[:1])
	}
}

// loadText loads a project of one file.
func loadText(t *testing.T, text string) *Result {
	t.Helper()
	t.Chdir(t.TempDir())
	writeFile(t, "compose.yml", []byte(text))
	r, err := Load(context.Background(), Options{Files: []string{"compose.yml"}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
