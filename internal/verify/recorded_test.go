package verify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/verify"
	"github.com/composelint/composelint/internal/verify/check"
)

// filter stands in for a proxy whose users write expressions: it asks an engine for what passes, and answers
// the rest as the proxy was seen to.
type filter struct {
	// passes are whole expressions, by method; every method may do what those of "*" match.
	passes map[string][]string
	// binds is true where it refuses what mounts directories of the host.
	binds bool
	deny  func(w http.ResponseWriter, known bool)
	next  http.Handler
}

func (f filter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	matches := func(expression string) bool {
		return regexp.MustCompile("^" + expression + "$").MatchString(r.URL.Path)
	}
	if !slices.ContainsFunc(f.passes[r.Method], matches) {
		f.deny(w, len(f.passes[r.Method]) > 0)
		return
	}
	body, _ := io.ReadAll(r.Body)
	if f.binds && bindsHost(body) {
		f.deny(w, true)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	f.next.ServeHTTP(w, r)
}

// bindsHost is true of a body by which a container would have directories of the host, or another one's volumes.
func bindsHost(body []byte) bool {
	var container struct {
		HostConfig struct {
			Binds, VolumesFrom []string
			Mounts             []struct {
				Type          string
				VolumeOptions struct {
					DriverConfig struct{ Options map[string]string }
				}
			}
		}
	}
	_ = json.Unmarshal(body, &container)
	h := container.HostConfig
	return len(h.Binds)+len(h.VolumesFrom) > 0 || slices.ContainsFunc(h.Mounts, func(m struct {
		Type          string
		VolumeOptions struct {
			DriverConfig struct{ Options map[string]string }
		}
	}) bool {
		return m.Type == "bind" || m.VolumeOptions.DriverConfig.Options["device"] != ""
	})
}

// The answers of these to what they deny, as recorded.
func asWollomatic(w http.ResponseWriter, known bool) {
	if known {
		http.Error(w, "Forbidden", http.StatusForbidden)
		return
	}
	http.Error(w, "Method Not Allowed", http.StatusMethodNotAllowed)
}

func asCetusGuard(w http.ResponseWriter, _ bool) { w.WriteHeader(http.StatusForbidden) }

// toEngine hands requests on to a unix socket.
func toEngine(socket string) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: "http", Host: "docker"}) },
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", socket)
		}},
	}
}

// programs are the variables of the environment that name the proxies themselves, by image, with the options by
// which they listen on a unix socket before an engine's.
var programs = map[string]struct {
	variable string
	options  func(listen, engine string) []string
}{
	"wollomatic/socket-proxy:1.13.1": {"COMPOSELINT_WOLLOMATIC", func(listen, engine string) []string {
		return []string{"-proxysocketendpoint=" + listen, "-socketpath=" + engine}
	}},
	"hectorm/cetusguard:v1.1.3": {"COMPOSELINT_CETUSGUARD", func(listen, engine string) []string {
		return []string{"-frontend-addr=unix://" + listen, "-backend-addr=unix://" + engine}
	}},
}

// unlike are the tests of a proxy that does not do what it says.
var unlike = []string{"wollomatic, bodies that pass"}

// startProgram starts the proxy itself, where the environment names its program.
func startProgram(t *testing.T, image, engine string, options []string) (socket string) {
	t.Helper()
	program := os.Getenv(programs[image].variable)
	if program == "" {
		return ""
	}
	dir, err := os.MkdirTemp("", "verify")
	if err != nil {
		t.Fatal(err)
	}
	socket = filepath.Join(dir, "p.sock")
	proxy := exec.Command(program, append(programs[image].options(socket, engine), options...)...)
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = proxy.Process.Kill()
		_ = proxy.Wait()
		os.RemoveAll(dir)
	})
	awaitSocket(t, socket, program)
	return socket
}

// TestExpressions compares proxies whose users write expressions, as they were recorded. COMPOSELINT_WOLLOMATIC
// and COMPOSELINT_CETUSGUARD name programs that are asked too.
func TestExpressions(t *testing.T) {
	const wollomatic, cetusguard = "wollomatic/socket-proxy:1.13.1", "hectorm/cetusguard:v1.1.3"
	for name, test := range map[string]struct {
		image   string
		options []string
		filter  filter
		// want are the lines of what does not agree.
		want []string
	}{
		"wollomatic": {
			image: wollomatic, options: []string{`-allowGET=/v1\..{1,2}/(version|containers/.*|events.*)`, `-allowHEAD=/_ping`},
			filter: filter{passes: map[string][]string{"GET": {`/v1\..{1,2}/(version|containers/.*|events.*)`}, "HEAD": {"/_ping"}}, deny: asWollomatic},
		},
		"wollomatic, whole ids": {
			image: wollomatic, options: []string{`-allowPOST=/v1\.[0-9]+/containers/[a-f0-9]{64}/restart`, `-allowGET=/_ping`},
			filter: filter{passes: map[string][]string{"POST": {`/v1\.[0-9]+/containers/[a-f0-9]{64}/restart`}, "GET": {"/_ping"}}, deny: asWollomatic},
		},
		"wollomatic, names alone": {
			image: wollomatic, options: []string{`-allowPOST=/v1\.[0-9]+/containers/my_app-1.web/restart`, `-allowGET=.*`},
			filter: filter{passes: map[string][]string{"POST": {`/v1\.[0-9]+/containers/my_app-1.web/restart`}, "GET": {".*"}}, deny: asWollomatic},
			want:   []string{`docker api ContainerRestart: expected "allow", seen "deny": it is let through for some clients, or by some ids, names or versions alone`},
		},
		"wollomatic, bodies": {
			image: wollomatic, options: []string{`-allowPOST=.*`, `-allowGET=.*`, `-allowbindmountfrom=/srv`},
			filter: filter{passes: map[string][]string{"POST": {".*"}, "GET": {".*"}}, binds: true, deny: asWollomatic},
		},
		"wollomatic, bodies that pass": {
			image: wollomatic, options: []string{`-allowPOST=.*`, `-allowGET=.*`, `-allowbindmountfrom=/srv`},
			filter: filter{passes: map[string][]string{"POST": {".*"}, "GET": {".*"}}, deny: asWollomatic},
			want: []string{
				`request bodies the host's root directory, by Binds: expected "refused", seen "passed on": the engine answered 400`,
				`request bodies the host's root directory, by Mounts: expected "refused", seen "passed on": the engine answered 400`,
				`request bodies the engine's socket, by Binds: expected "refused", seen "passed on": the engine answered 400`,
				`request bodies the engine's socket, by Mounts: expected "refused", seen "passed on": the engine answered 400`,
				`request bodies a volume that is the host's root directory: expected "refused", seen "passed on": the engine answered 400`,
				`request bodies the volumes of another container: expected "refused", seen "passed on": the engine answered 400`,
				`attacks host-files-mounted: expected "blocked", seen "possible": mount the host's root directory`,
				`attacks socket-mounted: expected "blocked", seen "possible": mount the engine's own socket`,
			},
		},
		"cetusguard, built-in rules": {
			image: cetusguard, options: []string{},
			filter: filter{passes: map[string][]string{"GET": {`(/v[0-9.]+)?/(_ping|version|info)`}, "HEAD": {`(/v[0-9.]+)?/_ping`}}, deny: asCetusGuard},
		},
		"cetusguard": {
			image: cetusguard, options: []string{`-no-builtin-rules`, "-rules=GET %API_PREFIX_CONTAINERS%/json"},
			filter: filter{passes: map[string][]string{"GET": {`(/v[0-9.]+)?/containers/json`}}, deny: asCetusGuard},
		},
	} {
		t.Run(name, func(t *testing.T) {
			engine, _ := startEngine(t, "dockerd 28.5.2 (API 1.51)")
			test.filter.next = toEngine(engine)
			proxies := map[string]string{"as recorded": serve(t, test.filter)}
			if proxy := startProgram(t, test.image, engine, test.options); proxy != "" && !slices.Contains(unlike, name) {
				proxies["itself"] = proxy
			}
			for proxy, socket := range proxies {
				report := verify.Live(t.Context(), promised(t, command(test.image, test.options...)), knowledge(t), at(t, socket))
				if diff := cmp.Diff(test.want, other(report)); diff != "" {
					t.Errorf("%s: what does not agree (-want +got):\n%s", proxy, diff)
				}
				if n := report.Count(check.Agrees); n < 130 {
					t.Errorf("%s: %d checks agree", proxy, n)
				}
			}
		})
	}
}

// command is a project of one proxy that has options.
func command(image string, options ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "services:\n  proxy:\n    image: %q\n    volumes: [/var/run/docker.sock:/var/run/docker.sock:ro]\n    command:\n", image)
	for _, option := range options {
		fmt.Fprintf(&b, "      - %q\n", option)
	}
	return b.String()
}
