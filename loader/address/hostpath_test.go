package address

import "testing"

func TestHostPath(t *testing.T) {
	for written, want := range map[string]string{
		"":                                "",
		"/":                               "/",
		"//srv//data/":                    "/srv/data",
		"/srv/../etc":                     "/etc",
		"/..":                             "/",
		"./data":                          "data",
		"../../..":                        "../../..",
		"/var/run/docker.sock":            "/run/docker.sock",
		"/var/running":                    "/var/running",
		`\\.\pipe\docker_engine`:          "//./pipe/docker_engine",
		"/proc/1/root":                    "/",
		"/proc/1/root/":                   "/",
		"/proc/1/root/etc":                "/etc",
		"/proc/self/root/var/run/a.sock":  "/run/a.sock",
		"/proc/thread-self/root/etc":      "/etc",
		"/proc/1/root/proc/self/root/etc": "/etc",
		"/proc/1/rootfs":                  "/proc/1/rootfs",
		"/proc/12/root/etc":               "/proc/12/root/etc",
		"/proc/1/root/../environ":         "/proc/1/environ",
		"~":                               "~",
		"~/":                              "~",
		"~/.ssh/":                         "~/.ssh",
		"~/a/../b":                        "~/b",
		"~/a/..":                          "~",
		"~/..":                            "~/..",
		"~/../other":                      "~/../other",
		"~/../..":                         "/",
		"~/../../..":                      "/",
		"~/../../var/run/a.sock":          "/run/a.sock",
	} {
		if got := HostPath(written); got != want {
			t.Errorf("%q is %q, want %q", written, got, want)
		}
	}
}
