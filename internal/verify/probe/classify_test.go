package probe

import (
	"net/http"
	"strings"
	"testing"
)

// denials are those of the proxies whose answers were recorded.
var denials = map[string]*Denial{
	"haproxy":    {Status: []int{403}, Type: "text/html", Body: "Request forbidden by administrative rules"},
	"wollomatic": {Status: []int{403, 405}, Type: "text/plain", Body: `^(Forbidden|Method Not Allowed)\s*$`},
	"cetusguard": {Status: []int{403}, Body: "^$"},
	"buildkite":  {Status: []int{401, 501}, Type: "application/json", Body: `"message":"(Unauthorized access to |[A-Z]+ /\S* not implemented yet)`},
	"unknown":    nil,
}

const (
	pageOfHAProxy = "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n"
	downOfHAProxy = "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n"
)

// TestClassify has the answers of engines and proxies that were recorded, and some that are nobody's.
func TestClassify(t *testing.T) {
	for _, test := range []struct {
		proxy, method string
		status        int
		headers, body string
		podman        bool
		want          Outcome
	}{
		{"haproxy", "GET", 400, "Api-Version: 1.41", `{"message":"client version 1.99 is too new"}`, false, Reached},
		{"haproxy", "GET", 200, "Api-Version: 1.41", pageOfHAProxy, false, Reached},
		{"haproxy", "GET", 403, "Api-Version: 1.41\nContent-Type: text/html", pageOfHAProxy, false, Reached},
		{"haproxy", "GET", 200, "Libpod-Api-Version: 4.3.1", "", false, Reached},
		{"haproxy", "GET", 403, "Content-Type: text/html", pageOfHAProxy, false, Denied},
		{"haproxy", "HEAD", 403, "Content-Type: text/html", "", false, Denied},
		{"haproxy", "GET", 403, "Content-Type: text/html", "", false, Untold},
		{"haproxy", "GET", 403, "Content-Type: application/json", `{"message":"authorization denied by plugin x"}`, false, Untold},
		{"haproxy", "GET", 503, "Content-Type: text/html", downOfHAProxy, false, Untold},
		{"haproxy", "GET", 200, "Content-Type: text/html", "<h1>hello</h1>", false, Untold},
		{"haproxy", "GET", 301, "Location: http://elsewhere/", "", false, Untold},
		{"haproxy", "GET", 404, "Content-Type: application/json", `{"message":"page not found"}`, false, Reached},
		{"haproxy", "GET", 404, "Content-Type: text/plain", "404 page not found\n", false, Untold}, // as any program in Go
		{"haproxy", "GET", 404, "Content-Type: text/plain; charset=utf-8", "Not Found\n", false, Reached},
		{"haproxy", "POST", 404, "Content-Type: application/vnd.docker.raw-stream", "No such container: ab12", false, Reached},
		{"haproxy", "POST", 404, "Content-Type: text/plain", "No such container: ab12", false, Reached},
		{"haproxy", "PUT", 405, "Content-Type: text/plain", "Method Not Allowed\n", true, Reached},
		{"haproxy", "POST", 503, "Content-Type: application/json", `{"cause":"x","message":"node is not part of a swarm","response":503}`, true, Reached},
		{"haproxy", "POST", 503, "Content-Type: application/json", `{"cause":"x","message":"Podman does not support service: /v1.99/swarm/init","response":503}`, false, Reached},
		{"haproxy", "GET", 404, "Content-Type: application/json", `{"cause":"","message":"Path /v1.99/distribution/x/json is not supported","response":0}`, false, Reached},
		{"wollomatic", "GET", 403, "Content-Type: text/plain; charset=utf-8", "Forbidden\n", false, Denied},
		{"wollomatic", "PUT", 405, "Content-Type: text/plain; charset=utf-8", "Method Not Allowed\n", false, Denied},
		{"wollomatic", "PUT", 405, "Content-Type: text/plain; charset=utf-8", "Method Not Allowed\n", true, Untold},
		{"wollomatic", "GET", 502, "", "", false, Untold},
		{"cetusguard", "GET", 403, "", "", false, Denied},
		{"cetusguard", "GET", 403, "Content-Type: text/html", pageOfHAProxy, false, Untold},
		{"cetusguard", "GET", 502, "", "", false, Untold},
		{"buildkite", "GET", 501, "Content-Type: application/json", `{"message":"GET /plugins not implemented yet"}` + "\n", false, Denied},
		{"unknown", "GET", 403, "Content-Type: text/html", pageOfHAProxy, false, Untold},
		{"unknown", "GET", 400, "Api-Version: 1.51", "", false, Reached},
		{"unknown", "PUT", 405, "Content-Type: text/plain", "Method Not Allowed\n", true, Untold},
	} {
		a := answer{method: test.method, status: test.status, header: http.Header{}, body: []byte(test.body)}
		for line := range strings.SplitSeq(test.headers, "\n") {
			if name, value, ok := strings.Cut(line, ": "); ok {
				a.header.Set(name, value)
			}
		}
		got, why := classify(a, denials[test.proxy], test.podman)
		if got != test.want || why == "" {
			t.Errorf("%s %s %d %q %q: %q (%s), want %q", test.proxy, test.method, test.status, test.headers, test.body, got, why, test.want)
		}
	}
}

// FuzzClassify wants a verdict on whatever a server sends, of which nothing is told, and that an answer without
// an engine's words in it is not taken for an engine's.
func FuzzClassify(f *testing.F) {
	f.Add(403, "text/html", "", pageOfHAProxy, true)
	f.Add(404, "application/json", "", `{"message":"page not found"}`, false)
	f.Add(200, "text/plain; charset", "1.41", "\x00\xff", false)
	f.Fuzz(func(t *testing.T, status int, media, version, body string, podman bool) {
		for name, denial := range denials {
			a := answer{method: "GET", status: status, header: http.Header{"Content-Type": {media}, "Api-Version": {version}}, body: []byte(body)}
			outcome, why := classify(a, denial, podman)
			if len(body) > 12 && strings.Contains(why, body) || len(version) > 5 && strings.Contains(why, version) {
				t.Errorf("%s: %q tells what was sent", name, why)
			}
			if outcome == Reached && version == "" && status != 404 && status != 405 && status != 503 {
				t.Errorf("%s: %d %q %q is taken for an engine's", name, status, media, body)
			}
			if outcome == Denied && (denial == nil || version != "") {
				t.Errorf("%s: %d %q %q is taken for a denial", name, status, media, body)
			}
		}
	})
}
