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

// TestExpressions compares proxies whose users write expressions, as they were recorded.
func TestExpressions(t *testing.T) {
	const wollomatic, cetusguard = "wollomatic/socket-proxy:1.13.1", "hectorm/cetusguard:v1.1.3"
	for name, test := range map[string]struct {
		compose string
		filter  filter
		// want are the lines of what does not agree.
		want []string
	}{
		"wollomatic": {
			compose: command(wollomatic, `-allowGET=/v1\..{1,2}/(version|containers/.*|events.*)`, `-allowHEAD=/_ping`),
			filter:  filter{passes: map[string][]string{"GET": {`/v1\..{1,2}/(version|containers/.*|events.*)`}, "HEAD": {"/_ping"}}, deny: asWollomatic},
		},
		"wollomatic, whole ids": {
			compose: command(wollomatic, `-allowPOST=/v1\.[0-9]+/containers/[a-f0-9]{64}/restart`, `-allowGET=/_ping`),
			filter:  filter{passes: map[string][]string{"POST": {`/v1\.[0-9]+/containers/[a-f0-9]{64}/restart`}, "GET": {"/_ping"}}, deny: asWollomatic},
		},
		"wollomatic, names alone": {
			compose: command(wollomatic, `-allowPOST=/v1\.[0-9]+/containers/my_app-1.web/restart`, `-allowGET=.*`),
			filter:  filter{passes: map[string][]string{"POST": {`/v1\.[0-9]+/containers/my_app-1.web/restart`}, "GET": {".*"}}, deny: asWollomatic},
			want:    []string{`docker api ContainerRestart: expected "allow", seen "deny": it is let through for some clients, or by some ids, names or versions alone`},
		},
		"wollomatic, bodies": {
			compose: command(wollomatic, `-allowPOST=.*`, `-allowGET=.*`, `-allowbindmountfrom=/srv`),
			filter:  filter{passes: map[string][]string{"POST": {".*"}, "GET": {".*"}}, binds: true, deny: asWollomatic},
		},
		"wollomatic, bodies that pass": {
			compose: command(wollomatic, `-allowPOST=.*`, `-allowGET=.*`, `-allowbindmountfrom=/srv`),
			filter:  filter{passes: map[string][]string{"POST": {".*"}, "GET": {".*"}}, deny: asWollomatic},
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
			compose: command(cetusguard),
			filter:  filter{passes: map[string][]string{"GET": {`(/v[0-9.]+)?/(_ping|version|info)`}, "HEAD": {`(/v[0-9.]+)?/_ping`}}, deny: asCetusGuard},
		},
		"cetusguard": {
			compose: command(cetusguard, `-no-builtin-rules`, "-rules=GET %API_PREFIX_CONTAINERS%/json"),
			filter:  filter{passes: map[string][]string{"GET": {`(/v[0-9.]+)?/containers/json`}}, deny: asCetusGuard},
		},
	} {
		t.Run(name, func(t *testing.T) {
			socket, _ := startEngine(t, "dockerd 28.5.2 (API 1.51)")
			test.filter.next = toEngine(socket)
			report := verify.Live(t.Context(), promised(t, test.compose), knowledge(t), at(t, serve(t, test.filter)))
			if diff := cmp.Diff(test.want, other(report)); diff != "" {
				t.Errorf("what does not agree (-want +got):\n%s", diff)
			}
			if n := report.Count(check.Agrees); n < 130 {
				t.Errorf("%d checks agree", n)
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
