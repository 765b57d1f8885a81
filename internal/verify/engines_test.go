package verify_test

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
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
	"github.com/composelint/composelint/internal/verify/check"
)

// The lists by which the state of an engine is told.
var (
	dockerState = []string{
		"/containers/json?all=1", "/images/json?all=1", "/volumes", "/networks", "/plugins", "/configs", "/secrets", "/services", "/nodes", "/swarm",
	}
	podmanState = []string{
		"/v4.0.0/libpod/containers/json?all=true", "/v4.0.0/libpod/images/json?all=true", "/v4.0.0/libpod/volumes/json", "/v4.0.0/libpod/networks/json",
		"/v4.0.0/libpod/secrets/json", "/v4.0.0/libpod/pods/json",
	}
)

// TestDockerd asks a real engine, by itself and behind HAProxy, and compares its state before and after: with
// a container, an image, a volume, a network and, where it can be a swarm, a config and a secret to be had.
func TestDockerd(t *testing.T) {
	e := startDockerd(t)
	e.bait(t, "/images/create?fromSrc=-&repo=bait&tag=1", [][2]string{
		{"/containers/create?name=bait", `{"Image":"bait:1","Cmd":["/bait"]}`},
		{"/volumes/create", `{"Name":"bait"}`},
		{"/networks/create", `{"Name":"bait","Driver":"bridge"}`},
		{"/swarm/init", `{"ListenAddr":"127.0.0.1:2377","AdvertiseAddr":"127.0.0.1"}`},
		{"/configs/create", `{"Name":"bait","Data":"eA=="}`},
		{"/secrets/create", `{"Name":"bait","Data":"eA=="}`},
	})
	before := e.settled(t, dockerState)
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
	if diff := cmp.Diff(before, e.state(t, dockerState)); diff != "" {
		t.Errorf("the engine's state (-before +after):\n%s", diff)
	}
}

// TestPodman asks Podman for the operations of both of its APIs, and compares its state before and after.
func TestPodman(t *testing.T) {
	e := startPodman(t)
	e.bait(t, "/v4.0.0/libpod/images/import?reference=bait:1", [][2]string{
		{"/v4.0.0/libpod/containers/create", `{"name":"bait","image":"localhost/bait:1","command":["/bait"]}`},
		{"/v4.0.0/libpod/volumes/create", `{"Name":"bait"}`},
		{"/v4.0.0/libpod/networks/create", `{"name":"bait","driver":"bridge"}`},
		{"/v4.0.0/libpod/pods/create", `{"name":"baits","no_infra":true}`},
	})
	before := e.settled(t, podmanState)
	if strings.Count(before, "bait") < 3 {
		t.Fatalf("there is nothing to be had: %s", before)
	}
	compose := strings.Replace(command("alpine/socat", "tcp-listen:2375,fork", "unix-connect:/var/run/docker.sock"), "[/var/run/docker.sock", "[/run/podman/podman.sock", 1)
	start := time.Now()
	report := verify.Live(t.Context(), promised(t, compose), knowledge(t), at(t, e.socket))
	t.Logf("%d checks in %v", len(report.Checks), time.Since(start).Round(time.Millisecond))
	for _, line := range other(report) {
		if !strings.HasSuffix(line, ": Podman answers 405 as this proxy may") { // of socat nobody knows how it denies
			t.Error(line)
		}
	}
	if report.Count(check.Agrees) < 180 {
		t.Errorf("%d checks agree", report.Count(check.Agrees))
	}
	if diff := cmp.Diff(before, e.state(t, podmanState)); diff != "" {
		t.Errorf("the engine's state (-before +after):\n%s", diff)
	}
}

// engine is one in mount and network namespaces of its own.
type engine struct {
	socket string
	client *http.Client
}

func startDockerd(t *testing.T) engine {
	t.Helper()
	return start(t, []string{"dockerd", "containerd", "runc"}, func(dir, socket string) string {
		return fmt.Sprintf("dockerd --host unix://%s --data-root %s/data --exec-root /run/dockerd --pidfile /run/dockerd.pid "+
			"--iptables=false --ip6tables=false --bridge=none --storage-driver=vfs", socket, dir)
	})
}

func startPodman(t *testing.T) engine {
	t.Helper()
	return start(t, []string{"podman"}, func(dir, socket string) string {
		return fmt.Sprintf("podman --root %s/data --runroot /run/podman --tmpdir /run/tmp --storage-driver vfs --cgroup-manager cgroupfs "+
			"--events-backend file --network-config-dir %s/net system service --time 0 unix://%s", dir, dir, socket)
	})
}

// needs skips a test where a program is missing. .ci/run installs all of them where it may.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not here: install it to compare with it", program)
		}
	}
}

// start skips the test where there is no engine, or where it cannot be started.
func start(t *testing.T, programs []string, command func(dir, socket string) string) engine {
	t.Helper()
	needs(t, append(programs, "unshare")...)
	if os.Getuid() != 0 {
		t.Skip("only root can start an engine in namespaces of its own: run the test as root")
	}
	dir, err := os.MkdirTemp("", "verify")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "engine.sock")
	process := exec.Command("unshare", "--mount", "--net", "sh", "-c", "mount -t tmpfs tmpfs /run && { ip link set lo up || true; } && exec "+command(dir, socket))
	process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var said bytes.Buffer
	process.Stdout, process.Stderr = &said, &said
	if err := process.Start(); err != nil {
		t.Skipf("unshare cannot be started: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = process.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		_ = process.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			_ = syscall.Kill(-process.Process.Pid, syscall.SIGKILL)
		}
	})
	e := engine{socket, &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}}
	for range 300 {
		select {
		case <-ended:
			t.Skipf("%s cannot be started here: %s", programs[0], said.String())
		case <-time.After(100 * time.Millisecond):
		}
		if response, err := e.client.Get("http://docker/_ping"); err == nil {
			response.Body.Close()
			return e
		}
	}
	t.Skipf("%s does not listen: %s", programs[0], said.String())
	return e
}

// ask returns what the engine answers.
func (e engine) ask(t *testing.T, method, path, media string, body io.Reader) (status int, text []byte) {
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

// bait gives the engine what somebody could change: an image, and objects by the paths and bodies that create
// them. What this machine does not let it have is left out.
func (e engine) bait(t *testing.T, image string, objects [][2]string) {
	t.Helper()
	var rootfs bytes.Buffer
	w := tar.NewWriter(&rootfs)
	if err := errors.Join(w.WriteHeader(&tar.Header{Name: "bait", Mode: 0o755}), w.Close()); err != nil {
		t.Fatal(err)
	}
	status, text := e.ask(t, "POST", image, "application/x-tar", &rootfs)
	t.Logf("%s: %d %.60s", image, status, text)
	for _, one := range objects {
		status, text := e.ask(t, "POST", one[0], "application/json", strings.NewReader(one[1]))
		t.Logf("%s: %d %.60s", one[0], status, text)
	}
}

// settled is the state once the engine does no more of its own: a swarm's networks come some seconds after it.
func (e engine) settled(t *testing.T, paths []string) string {
	t.Helper()
	state := ""
	for range 30 {
		now := e.state(t, paths)
		if now == state && (strings.Contains(now, "docker_gwbridge") || !strings.Contains(now, "/swarm 200")) {
			break
		}
		state = now
		time.Sleep(time.Second)
	}
	return state
}

// state is what the engine has, in words that do not change by themselves.
func (e engine) state(t *testing.T, paths []string) string {
	t.Helper()
	var b strings.Builder
	for _, path := range paths {
		status, text := e.ask(t, "GET", path, "", nil)
		fmt.Fprintf(&b, "%s %d %s\n", path, status, steady(t, text))
	}
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
