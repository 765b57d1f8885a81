package verify_test

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/verify"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/rules"
)

// TestPrintedScript runs the script in the shells that are here, and wants of it what the program says.
func TestPrintedScript(t *testing.T) {
	needs(t, "haproxy")
	tools := toolsOf(t, "nc", "sh", "sed", "grep", "head", "tr", "timeout")
	known, r := knowledge(t), tecnativa(t)
	sets := flagSets(r)
	for name, test := range map[string]struct {
		engine, promised, runs string
		status                 int
	}{
		"agrees":  {"dockerd 28.5.2 (API 1.51)", "guide", "guide", 0},
		"differs": {"dockerd 20.10.24 (API 1.41)", "image", "all", 1},
		"Podman":  {"Podman 4.3.1", "all", "all", 0},
	} {
		for _, shell := range []string{filepath.Join(tools, "sh"), "/usr/bin/dash"} {
			if _, err := os.Stat(shell); err != nil || name != "agrees" && filepath.Base(shell) == "dash" {
				continue
			}
			t.Run(name+"/"+filepath.Base(shell), func(t *testing.T) {
				engine, _ := startEngine(t, test.engine)
				address := freeAddress(t)
				proxy := startHAProxy(t, r, sets[test.runs], engine, address)
				api := promised(t, composeOf(r.image, sets[test.promised]))
				host, port, _ := net.SplitHostPort(address)
				out, status := runScript(t, tools, shell, scriptOf(t, api, known, host, port))
				want := map[string]check.Verdict{}
				for _, c := range verify.Live(t.Context(), api, known, at(t, proxy)).Checks {
					if c.Section == verify.Operations && c.ID != "SwarmLeave" {
						want[c.ID] = c.Verdict
					}
				}
				if diff := cmp.Diff(want, verdictsOf(out)); diff != "" || status != test.status {
					t.Errorf("status %d (-verify +script):\n%s\n%s", status, diff, out)
				}
			})
		}
	}
}

// TestPrintedScriptIsQuoted runs nothing that a file says.
func TestPrintedScriptIsQuoted(t *testing.T) {
	dir := t.TempDir()
	api := promised(t, composeOf("tecnativa/docker-socket-proxy:v0.4.1", nil))
	evil := "'; touch " + filepath.Join(dir, "evil") + "; '`touch " + filepath.Join(dir, "evil") + "`$(touch " + filepath.Join(dir, "evil") + ")\ntouch " + filepath.Join(dir, "evil") + "\n"
	api.Service, api.Location.File = evil, evil
	for i := range api.Operations {
		api.Operations[i].Flag = evil
	}
	tools := toolsOf(t, "nc", "sh", "sed", "grep", "head", "tr", "touch")
	out, status := runScript(t, tools, filepath.Join(tools, "sh"), scriptOf(t, api, knowledge(t), "127.0.0.1", "1"))
	if status != 2 || !strings.Contains(out, "Bail out! nothing answers at 127.0.0.1:1\n") {
		t.Errorf("status %d: %s", status, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "evil")); err == nil {
		t.Error("what a file says was run")
	}
}

// TestPrintedScriptBailsOut says why it asks nothing.
func TestPrintedScriptBailsOut(t *testing.T) {
	text := scriptOf(t, promised(t, composeOf("tecnativa/docker-socket-proxy:v0.4.1", nil)), knowledge(t), "127.0.0.1", "1")
	all, none := toolsOf(t, "nc", "sh", "sed", "grep", "head", "tr"), toolsOf(t, "sh")
	for name, test := range map[string]struct {
		tools string
		args  []string
		says  string
	}{
		"no nc":             {none, nil, "there is no nc here"},
		"nothing listens":   {all, nil, "nothing answers at 127.0.0.1:1"},
		"a host of options": {all, []string{"-lesh", "1"}, "the host cannot be one that nc takes for an option"},
		"a port of options": {all, []string{"127.0.0.1", "-e"}, "the port is no number"},
	} {
		out, status := runScript(t, test.tools, filepath.Join(test.tools, "sh"), text, test.args...)
		if want := "TAP version 14\nBail out! " + test.says + "\n"; out != want || status != 2 {
			t.Errorf("%s: status %d: %q, want %q", name, status, out, want)
		}
	}
}

// TestPrintedScriptEnds asks what takes a connection and says nothing, from the beginning or after a while.
func TestPrintedScriptEnds(t *testing.T) {
	tools := toolsOf(t, "nc", "sh", "sed", "grep", "head", "tr", "timeout")
	for answers, says := range map[int]string{0: "Bail out! nothing answers at ", 2: "Bail out! 3 requests in a row had no answer\n"} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		go func() {
			for n := 0; ; n++ {
				connection, err := listener.Accept()
				if err != nil {
					return
				}
				defer connection.Close()
				if n < answers {
					fmt.Fprint(connection, "HTTP/1.1 400 Bad Request\r\nApi-Version: 1.41\r\n\r\n")
					connection.Close()
				}
			}
		}()
		host, port, _ := net.SplitHostPort(listener.Addr().String())
		text := scriptOf(t, promised(t, composeOf("tecnativa/docker-socket-proxy:v0.4.1", nil)), knowledge(t), host, port)
		started := time.Now()
		out, status := runScript(t, tools, filepath.Join(tools, "sh"), strings.Replace(text, "timeout 10", "timeout 1", 1))
		if took := time.Since(started); !strings.Contains(out, says) || status != 2 || took > 10*time.Second {
			t.Errorf("%d answers: after %s status %d: %s", answers, took, status, out)
		}
	}
}

// toolsOf is a directory with some applets of BusyBox, as in an image of Alpine.
func toolsOf(t *testing.T, applets ...string) (dir string) {
	t.Helper()
	needs(t, "busybox")
	busybox, err := exec.LookPath("busybox")
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, applet := range applets {
		if err := os.Symlink(busybox, filepath.Join(dir, applet)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func scriptOf(t *testing.T, api rules.ProxyAPI, known rules.Knowledge, host, port string) string {
	t.Helper()
	var text strings.Builder
	if err := verify.WriteScript(&text, api, known, host, port); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// runScript runs a script with the tools of one directory.
func runScript(t *testing.T, tools, shell, text string, args ...string) (out string, status int) {
	t.Helper()
	c := exec.Command(shell, append([]string{"-s", "--"}, args...)...)
	c.Stdin = strings.NewReader(text) // as by docker exec -i
	c.Env = []string{"PATH=" + tools}
	var stdout bytes.Buffer
	c.Stdout = &stdout
	err := c.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return stdout.String(), c.ProcessState.ExitCode()
}

// point is a test point of TAP.
var point = regexp.MustCompile(`(?m)^(not )?ok [0-9]+ - (.*?)( # SKIP .*)?$`)

func verdictsOf(tap string) map[string]check.Verdict {
	verdicts := map[string]check.Verdict{}
	for _, m := range point.FindAllStringSubmatch(tap, -1) {
		verdicts[m[2]] = check.Agrees
		if m[1] != "" {
			verdicts[m[2]] = check.Differs
		}
		if m[3] != "" {
			verdicts[m[2]] = check.Unknown
		}
	}
	return verdicts
}

// freeAddress is one of this machine where nothing listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
