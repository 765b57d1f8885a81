package files

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFollow(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "deploy", "app")
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{
		"deploy/app/hostroot": "/",
		"deploy/app/socket":   "/var/run/docker.sock",
		"deploy/app/up":       "../..",
		"deploy/app/out":      "../../../../../../etc",
		"deploy/app/near":     "../../../shared",
		"deploy/app/inside":   "data",
		"deploy/app/chain":    "inside/../hostroot/etc",
		"deploy/app/loop":     "loop",
		"shared":              "/srv",
		"deploy/app/back":     filepath.Join(root, "shared"),
		"deploy/app/round":    filepath.Join(dir, "round"),
	} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Skipf("this system has no links: %v", err)
		}
	}
	r := Root{Repository: root}
	for name, want := range map[string]string{
		"":                          "",
		".":                         ".",
		"./data":                    "./data",
		"./gone/data":               "./gone/data",
		"/etc":                      "/etc",
		"~/x":                       "~/x",
		"./hostroot":                "/",
		"hostroot/etc/shadow":       "/etc/shadow",
		"hostroot/../data":          "hostroot/../data",
		"./socket":                  "/var/run/docker.sock",
		"up/shared/x":               "/srv/x",
		"../../shared":              "/srv",
		"chain/shadow":              "/etc/shadow",
		"inside/x":                  "data/x",
		"back/x":                    "/srv/x",
		"out/shadow":                "/etc/shadow",
		"near/x":                    "../../../shared/x",
		"loop":                      "loop",
		"..":                        "..",
		"../..":                     "../..",
		"../../../../x":             "../../../../x",
		"../../../../..":            "../../../../..",
		"../../../../../../..":      "/",
		"../../../../../etc":        "/etc",
		"../../../../../../../etc/": "/etc",
		"a/../../../../../../etc":   "/etc",
	} {
		got := r.Follow(dir, name)
		if got != want && !(name == "loop" && filepath.Base(got) == "loop") {
			t.Errorf("%q leads to %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		filepath.Join(dir, "hostroot", "etc"): "/etc",
		filepath.Join(dir, "inside", "x"):     filepath.Join(dir, "data", "x"),
		filepath.Join(dir, "near", "x"):       filepath.Join(filepath.Dir(root), "shared", "x"),
		filepath.Join(dir, "data"):            filepath.Join(dir, "data"),
		filepath.Join(dir, "back", "x"):       "/srv/x",
		filepath.Join(dir, "round"):           filepath.Join(dir, "round"),
		dir + "/gone/../hostroot":             "/",
		filepath.Dir(root):                    filepath.Dir(root),
	} {
		if got := r.Follow(dir, name); got != want {
			t.Errorf("%q leads to %q, want %q", name, got, want)
		}
	}
	if got := (Root{Repository: "/"}).Follow("/", "/var/run"); got != "/var/run" {
		t.Errorf("the host's root as that of the project leads to %q", got)
	}
	if got := (Root{Repository: "/app"}).Follow("/app/deploy", "../../.."); got != "/" {
		t.Errorf("more directories up than there are lead to %q", got)
	}
	if got := r.Follow(filepath.Dir(root), "../../../../etc"); got != "../../../../etc" {
		t.Errorf("outside of the root a path leads to %q", got)
	}
}
