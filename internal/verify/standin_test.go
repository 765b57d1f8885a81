package verify_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/composelint/composelint/internal/verify/probe"
)

// recorded are the answers of engines, by engine, by version in front of the path, by status, the operations.
type recorded map[string]map[string]map[string][]string

func answers(t *testing.T) recorded {
	t.Helper()
	text, err := os.ReadFile("probe/testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Engines recorded }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.Engines
}

// standIn answers as an engine did, and counts what it is asked.
type standIn struct {
	engine  string
	answers map[string]map[string]string // by version, by operation, the status
	ids     map[string]string            // by method and path
	mu      sync.Mutex
	asked   map[string]int
	// foreign are requests that are none of the probes'.
	foreign []string
}

// versionInFront is that of a path.
var versionInFront = regexp.MustCompile(`^/v[0-9.]+`)

// startEngine has a stand-in for an engine listen on a unix socket.
func startEngine(t *testing.T, engine string) (socket string, s *standIn) {
	t.Helper()
	s = &standIn{engine: engine, answers: map[string]map[string]string{}, ids: map[string]string{}, asked: map[string]int{}}
	for version, byStatus := range answers(t)[engine] {
		s.answers[version] = map[string]string{}
		for status, ids := range byStatus {
			for _, id := range ids {
				s.answers[version][id] = status
			}
		}
	}
	if len(s.answers) == 0 {
		t.Fatalf("there are no answers of %q", engine)
	}
	all := probe.All()
	for _, p := range all.Operations {
		s.ids[p.Method+" "+p.Path] = p.ID
	}
	return serve(t, s), s
}

// serve has a handler listen on a unix socket.
func serve(t *testing.T, handler http.Handler) (socket string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "verify") // whose name is shorter than that of t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	socket = filepath.Join(dir, "s.sock")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() {
		server.Close()
		os.RemoveAll(dir)
	})
	return socket
}

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	version := versionInFront.FindString(r.URL.Path)
	id := s.ids[r.Method+" "+strings.TrimPrefix(r.URL.Path, version)]
	s.mu.Lock()
	s.asked[id]++
	if id == "" || r.UserAgent() != probe.UserAgent {
		s.foreign = append(s.foreign, r.Method+" "+r.URL.Path)
	}
	s.mu.Unlock()
	if version != probe.All().TooNew {
		version = ""
	}
	status, ok := s.answers[version][id]
	if strings.HasPrefix(id, "(libpod) ") { // which only Podman has
		status, ok = "404 without header", true
		if strings.HasPrefix(s.engine, "Podman") {
			status = "500"
		}
	}
	if !ok {
		panic(http.ErrAbortHandler)
	}
	s.answer(w, id, status)
}

// answer has the form in which engines answer with and without the header.
func (s *standIn) answer(w http.ResponseWriter, id, status string) {
	status, bare := strings.CutSuffix(status, " without header")
	podman := strings.HasPrefix(s.engine, "Podman")
	media, body := "application/json", `{"message":"recorded"}`
	switch {
	case !bare && podman:
		w.Header().Set("Api-Version", "1.41")
		w.Header().Set("Libpod-Api-Version", "4.3.1")
	case !bare:
		w.Header().Set("Api-Version", "1.41")
	case podman && status == "503":
		body = `{"cause":"Podman does not support service: /x","message":"Podman does not support service: /x","response":503}`
	case podman && id == "DistributionInspect":
		body = `{"cause":"","message":"Path /x is not supported","response":0}`
	case podman && status == "405":
		media, body = "text/plain; charset=utf-8", "Method Not Allowed\n"
	case podman:
		media, body = "text/plain; charset=utf-8", "Not Found\n"
	case id == "ContainerAttach":
		media, body = "application/vnd.docker.raw-stream", "No such container: "+probe.All().NoSuchID
	default:
		body = `{"message":"page not found"}`
	}
	w.Header().Set("Content-Type", media)
	var code int
	if _, err := fmt.Sscan(status, &code); err != nil {
		panic(err)
	}
	w.WriteHeader(code)
	fmt.Fprint(w, body)
}
