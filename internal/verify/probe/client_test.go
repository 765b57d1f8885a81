package probe

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// asking is a client of a server that a test has.
func asking(t *testing.T, url string, files TLS) *Client {
	t.Helper()
	address, err := ParseAddress(strings.Replace(url, "http://", "tcp://", 1))
	if err != nil {
		t.Fatal(err)
	}
	c, err := NewClient(address, files)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func probeOf(t *testing.T, operation string) Probe {
	t.Helper()
	p, ok := All().Of(operation)
	if !ok {
		t.Fatalf("there is no probe of %s", operation)
	}
	return p
}

// TestClientFollowsNothing goes to no other address: not to that of a redirect, nor to a proxy of the environment.
func TestClientFollowsNothing(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"} {
		t.Setenv(name, other.URL)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusMovedPermanently)
	}))
	defer server.Close()
	c := asking(t, server.URL, TLS{})
	for _, p := range All().Operations {
		if seen := c.Ask(t.Context(), p, denials["haproxy"]); seen.Outcome != Untold {
			t.Fatalf("%s: %+v", p.ID, seen)
		}
	}
	if n := elsewhere.Load(); n > 0 {
		t.Errorf("%d requests went elsewhere", n)
	}
}

// TestAsk asks with one version after another while it is denied, and with a version alone what is harmless
// there alone.
func TestAsk(t *testing.T) {
	for name, test := range map[string]struct {
		operation, passes string
		before            string
		want              Outcome
		asked             []string
	}{
		"the first passes":            {"ContainerList", "/v1.99", "", Reached, []string{"/v1.99"}},
		"the second passes":           {"ContainerList", "/v1.47", "", Reached, []string{"/v1.99", "/v1.47"}},
		"none is needed":              {"ContainerList", "/containers", "", Reached, []string{"/v1.99", "/v1.47", "/containers"}},
		"nothing passes":              {"ContainerList", "-", "", Denied, []string{"/v1.99", "/v1.47", "/containers"}},
		"nothing has shown a refusal": {"SwarmLeave", "/v1.99", "", Untold, nil},
		"it is refused":               {"SwarmLeave", "/v1.99", "SystemPing", Reached, []string{"/v1.99"}},
		"the version is denied":       {"SwarmLeave", "/v1.47", "ContainerKill", Untold, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var asked []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				version := "/" + strings.Split(r.URL.Path, "/")[1]
				asked = append(asked, version)
				if !strings.HasPrefix(r.URL.Path, test.passes) {
					w.Header().Set("Content-Type", "text/html")
					w.WriteHeader(http.StatusForbidden)
					fmt.Fprint(w, pageOfHAProxy)
					return
				}
				w.Header().Set("Api-Version", "1.41")
				w.WriteHeader(http.StatusBadRequest)
			}))
			defer server.Close()
			c := asking(t, server.URL, TLS{})
			if test.before != "" {
				c.Ask(t.Context(), probeOf(t, test.before), denials["haproxy"])
				asked = nil
			}
			seen := c.Ask(t.Context(), probeOf(t, test.operation), denials["haproxy"])
			if seen.Outcome != test.want || strings.Join(asked, " ") != strings.Join(test.asked, " ") {
				t.Errorf("%+v after %q, want %q after %q", seen, asked, test.want, test.asked)
			}
		})
	}
}

// TestNoAnswer says in a few words why there is none, and nothing that a server sent.
func TestNoAnswer(t *testing.T) {
	garbage := func(text string) string {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		go func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				go func() {
					_, _ = conn.Read(make([]byte, 1<<10))
					_, _ = io.WriteString(conn, text)
					conn.Close()
				}()
			}
		}()
		return "tcp://" + listener.Addr().String()
	}
	encrypted := encryptedServer(t)
	closed := "no answer: the connection was closed, or what came was no HTTP"
	for name, test := range map[string]struct{ url, want string }{
		"nobody":           {"tcp://127.0.0.1:1", "no answer: nothing listens there, or it cannot be reached"},
		"no socket":        {"unix:///nowhere/proxy.sock", "no answer: nothing listens there, or it cannot be reached"},
		"closed":           {garbage(""), closed},
		"no HTTP":          {garbage("\x1b[31mSSH-2.0-secret\r\n\r\n"), closed},
		"endless headers":  {garbage("HTTP/1.1 200 OK\r\n" + strings.Repeat("A: b\r\n", 20000)), closed},
		"half an answer":   {garbage("HTTP/1.1 200 OK\r\nContent-Le"), closed},
		"a stranger's TLS": {encrypted.URL, "no answer: its certificate is not trusted"},
	} {
		t.Run(name, func(t *testing.T) {
			seen := asking(t, test.url, TLS{}).Ask(t.Context(), probeOf(t, "SystemPing"), nil)
			if seen != (Seen{Why: test.want}) {
				t.Errorf("%+v, want %q", seen, test.want)
			}
		})
	}
}

// TestSlowAnswer waits no longer than it is told.
func TestSlowAnswer(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if seen := asking(t, server.URL, TLS{}).Ask(ctx, probeOf(t, "SystemPing"), nil); seen != (Seen{Why: "no answer in time"}) {
		t.Errorf("%+v", seen)
	}
}

// TestNothingIsLogged has a server that sends more than it says, of which net/http would print the beginning.
func TestNothingIsLogged(t *testing.T) {
	var logged bytes.Buffer
	log.SetOutput(&logged)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer connection.Close()
		fmt.Fprint(connection, "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")
		time.Sleep(50 * time.Millisecond) // until the connection is idle
		fmt.Fprint(connection, "hunter2")
	}))
	t.Cleanup(server.Close)
	c := asking(t, server.URL, TLS{})
	seen := c.Ask(t.Context(), probeOf(t, "ContainerList"), nil)
	time.Sleep(200 * time.Millisecond)
	if !seen.Connected || seen.Outcome != Untold || logged.Len() > 0 {
		t.Errorf("%+v; logged: %q", seen, logged.String())
	}
}

// TestEndlessBody reads no more of a body than it looks at.
func TestEndlessBody(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Api-Version", "1.41")
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	start := time.Now()
	if seen := asking(t, server.URL, TLS{}).Ask(t.Context(), probeOf(t, "ContainerLogs"), nil); seen.Outcome != Reached || time.Since(start) > answerTimeout/2 {
		t.Errorf("%+v after %v", seen, time.Since(start))
	}
}

// TestTLS trusts the certificates that are named, and says which file is none.
func TestTLS(t *testing.T) {
	server := encryptedServer(t)
	dir := t.TempDir()
	ca, empty := filepath.Join(dir, "ca.pem"), filepath.Join(dir, "empty.pem")
	for file, text := range map[string][]byte{ca: certificate(server.Certificate()), empty: nil} {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	url := strings.Replace(server.URL, "https://", "tcp://", 1)
	if seen := asking(t, url, TLS{CA: ca}).Ask(t.Context(), probeOf(t, "SystemPing"), nil); seen.Outcome != Reached {
		t.Errorf("%+v", seen)
	}
	address, err := ParseAddress(url)
	if err != nil {
		t.Fatal(err)
	}
	for _, files := range []TLS{{CA: empty}, {CA: filepath.Join(dir, "none.pem")}, {Cert: ca}, {Key: ca}} {
		if _, err := NewClient(address, files); err == nil {
			t.Errorf("%+v can be used", files)
		}
	}
}

// encryptedServer answers as an engine does. It says nothing of clients that do not trust it.
func encryptedServer(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Api-Version", "1.41")
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func certificate(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

// TestParseAddress takes the forms of DOCKER_HOST, and nothing else.
func TestParseAddress(t *testing.T) {
	for text, host := range map[string]string{
		"tcp://docker-proxy:2375": "docker-proxy", "tcp://[::1]:2375": "::1", "http://proxy:2375/": "proxy",
		"https://proxy:2376": "proxy", "unix:///var/run/proxy.sock": "",
	} {
		if a, err := ParseAddress(text); err != nil || a.Host() != host || a.String() != text {
			t.Errorf("%q is at %q, want %q: %v", text, a.Host(), host, err)
		}
	}
	for _, text := range []string{
		"", "proxy", "proxy:2375", "tcp://proxy", "tcp://:2375", "tcp://proxy:2375/v1.41", "unix://run/x", "unix:/", "ssh://u@h:22",
		"tcp://u:p@proxy:2375", "tcp://proxy:2375?x=1", "npipe:////./pipe/docker_engine", "tcp://proxy:2375#x", "%",
		"tcp://-lesh:2375", // which nc takes for options
	} {
		if a, err := ParseAddress(text); err == nil {
			t.Errorf("%q is taken for %+v", text, a)
		} else if strings.Contains(err.Error(), "u:p") {
			t.Errorf("%q shows credentials", err)
		}
	}
}
