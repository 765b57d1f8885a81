package verify_test

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/verify"
)

// TestDockerd asks a real engine, by itself and behind HAProxy, and compares its state before and after: with
// a container, an image, a volume, a network and, where it can be a swarm, a config and a secret to be had.
func TestDockerd(t *testing.T) {
	e := startDockerd(t)
	e.bait(t)
	before := e.settled(t)
	if strings.Count(before, "bait") < 3 {
		t.Fatalf("there is nothing to be had: %s", before)
	}
	known := knowledge(t)
	start := time.Now()
	report := verify.Live(t.Context(), promised(t, command("alpine/socat", "tcp-listen:2375,fork", "unix-connect:/var/run/docker.sock")), known, at(t, e.socket))
	t.Logf("%d checks in %v", len(report.Checks), time.Since(start).Round(time.Millisecond))
	for _, line := range other(report) {
		t.Errorf("without a proxy: %s", line)
	}
	if _, err := exec.LookPath("haproxy"); err == nil {
		for _, r := range releases(t) {
			if !strings.HasPrefix(r.image, "tecnativa/") && !strings.HasPrefix(r.image, "linuxserver/") {
				continue
			}
			for _, set := range []string{"image", "guide", "all"} {
				flags := flagSets(r)[set]
				report := verify.Live(t.Context(), promised(t, composeOf(r.image, flags)), known, at(t, startHAProxy(t, r, flags, e.socket)))
				for _, line := range other(report) {
					t.Errorf("%s, %s: %s", r.image, set, line)
				}
			}
		}
	}
	if diff := cmp.Diff(before, e.state(t)); diff != "" {
		t.Errorf("the engine's state (-before +after):\n%s", diff)
	}
}

// dockerd is an engine in mount and network namespaces of its own.
type dockerd struct {
	socket string
	client *http.Client
}

// startDockerd skips the test where there is no engine, or where it cannot be started.
func startDockerd(t *testing.T) dockerd {
	t.Helper()
	for _, program := range []string{"dockerd", "unshare", "containerd", "runc"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not here", program)
		}
	}
	if os.Getuid() != 0 {
		t.Skip("dockerd needs root")
	}
	dir, err := os.MkdirTemp("", "verify")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "docker.sock")
	script := fmt.Sprintf(`mount -t tmpfs tmpfs /run && { ip link set lo up || true; } && exec dockerd --host unix://%s --data-root %s/data \
		--exec-root /run/dockerd --pidfile /run/dockerd.pid --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs`, socket, dir)
	engine := exec.Command("unshare", "--mount", "--net", "sh", "-c", script)
	engine.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var said bytes.Buffer
	engine.Stdout, engine.Stderr = &said, &said
	if err := engine.Start(); err != nil {
		t.Skipf("unshare cannot be started: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = engine.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		_ = engine.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			_ = syscall.Kill(-engine.Process.Pid, syscall.SIGKILL)
		}
	})
	e := dockerd{socket, &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}}
	for range 300 {
		select {
		case <-ended:
			t.Skipf("dockerd cannot be started here: %s", said.String())
		case <-time.After(100 * time.Millisecond):
		}
		if response, err := e.client.Get("http://docker/_ping"); err == nil {
			response.Body.Close()
			return e
		}
	}
	t.Skipf("dockerd does not listen: %s", said.String())
	return e
}

// ask returns what the engine answers.
func (e dockerd) ask(t *testing.T, method, path, media string, body io.Reader) (status int, text []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://docker"+path, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", media)
	response, err := e.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if text, err = io.ReadAll(response.Body); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, text
}

// bait gives the engine what somebody could change. What this machine does not let it have is left out.
func (e dockerd) bait(t *testing.T) {
	t.Helper()
	var rootfs bytes.Buffer
	w := tar.NewWriter(&rootfs)
	if err := w.WriteHeader(&tar.Header{Name: "bait", Mode: 0o755}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const json = "application/json"
	e.ask(t, "POST", "/images/create?fromSrc=-&repo=bait&tag=1", "application/x-tar", &rootfs)
	for _, one := range [][2]string{
		{"/containers/create?name=bait", `{"Image":"bait:1","Cmd":["/bait"]}`},
		{"/volumes/create", `{"Name":"bait"}`},
		{"/networks/create", `{"Name":"bait","Driver":"bridge"}`},
		{"/swarm/init", `{"ListenAddr":"127.0.0.1:2377","AdvertiseAddr":"127.0.0.1"}`},
		{"/configs/create", `{"Name":"bait","Data":"eA=="}`},
		{"/secrets/create", `{"Name":"bait","Data":"eA=="}`},
	} {
		status, text := e.ask(t, "POST", one[0], json, strings.NewReader(one[1]))
		t.Logf("%s: %d %.60s", one[0], status, text)
	}
}

// settled is the state once the engine does no more of its own, such as making a swarm's networks.
func (e dockerd) settled(t *testing.T) string {
	t.Helper()
	state := e.state(t)
	for range 20 {
		time.Sleep(time.Second)
		now := e.state(t)
		if now == state {
			return state
		}
		state = now
	}
	t.Fatal("the engine does not come to rest")
	return ""
}

// state is what the engine has, in words that do not change by themselves.
func (e dockerd) state(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, path := range []string{
		"/containers/json?all=1", "/images/json?all=1", "/volumes", "/networks", "/plugins", "/configs", "/secrets", "/services", "/nodes", "/swarm",
	} {
		status, text := e.ask(t, "GET", path, "", nil)
		fmt.Fprintf(&b, "%s %d %s\n", path, status, steady(t, text))
	}
	_, text := e.ask(t, "GET", "/info", "", nil)
	var info struct {
		Containers, ContainersRunning, Images int
		Swarm                                 struct{ LocalNodeState, NodeID string }
	}
	if err := json.Unmarshal(text, &info); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%+v\n", info)
	return b.String()
}

// steady is a JSON text without times that pass and orders that vary.
func steady(t *testing.T, text []byte) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var lines []string
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	for _, item := range list {
		if fields, ok := item.(map[string]any); ok {
			delete(fields, "Status") // Created 2 seconds ago; the state of a node
		}
		line, err := json.Marshal(item)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
