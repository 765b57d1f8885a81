package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// shapes are projects of n things each, as somebody would write them who wants a run to take time
// and memory that its files do not show.
var shapes = map[string]func(n int) map[string]string{
	"services": one("services:\n", "  s%[1]d: {image: 'a/b:%[1]d', privileged: true}\n"),
	"aliases":  one("x-a: &a {image: nginx, privileged: true, volumes: ['/:/host']}\nservices:\n", "  s%d: *a\n"),
	"merges":   one("x-a: &a {image: nginx, privileged: true, volumes: ['/:/host']}\nservices:\n", "  s%d: {<<: *a}\n"),
	"networks": one("services: {s: {image: nginx}}\nnetworks:\n", "  n%d: {}\n"),
	"ports":    one("services:\n  s:\n    image: nginx\n    ports:\n", "      - '%d:80'\n"),
	"proxies":  one("services:\n", "  p%d: {image: tecnativa/docker-socket-proxy:0.3, environment: {POST: 1}, volumes: ['/var/run/docker.sock:/var/run/docker.sock'], networks: [n%[1]d]}\n"),
	"clients": one("services:\n  p: {image: tecnativa/docker-socket-proxy:0.3, environment: {POST: 1}, volumes: ['/var/run/docker.sock:/var/run/docker.sock']}\n",
		"  c%d: {image: traefik, environment: {DOCKER_HOST: 'tcp://p:2375'}, ports: ['80']}\n"),
	"strangers": one("services:\n", "  p%d: "+aProxy+"\n  c%[1]d: {image: nginx}\n"),
	"pairs":     one("services:\n", "  p%d: "+aProxy+"\n  c%[1]d: {image: traefik, environment: {DOCKER_HOST: 'tcp://p%[1]d:2375'}, ports: ['80']}\n"),
	"shared":    shared,
	"untrusted": one("services:\n", "  p%d: {build: ., image: tecnativa/docker-socket-proxy:0.3, volumes: ['/var/run/docker.sock:/var/run/docker.sock', './x:/etc']}\n"),
	"mounted":   chain("volumes_from: [s%d]"),
	"depending": chain("depends_on: [s%d]"),
	"sockets":   one("services:\n", "  s%d: {image: nginx, volumes: ['/var/run/docker.sock:/var/run/docker.sock'], ports: ['80']}\n"),
	"databases": one("services:\n", "  d%d: {image: postgres}\n  e%[1]d: {image: nginx, ports: ['80']}\n"),
	"documents": one("services: {}\n", "---\nservices: {s%d: {image: nginx, privileged: true}}\n"),
	"includes":  includes,
	"again":     again,
	"extends":   one("services:\n  base: {image: nginx, privileged: true}\n", "  s%d: {extends: base}\n"),
	"inherited": chain("extends: s%d"),
	"resets":    one("services:\n", "  s%d: {image: nginx, privileged: !reset true, ports: !override ['80']}\n"),
	"env files": envFiles,
	"line":      one("services: {", "s%d: {image: nginx, privileged: true},", "}\n"),
	"flags":     one("services:\n  p:\n    image: tecnativa/docker-socket-proxy:0.3\n    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n    environment:\n", "      FLAG%d: 1\n"),
	"different": different,
	"regexes":   one("services:\n", "  p%d: {image: wollomatic/socket-proxy:1, command: ['-allowGET=/(version|events%[1]d.*)'], volumes: ['/var/run/docker.sock:/var/run/docker.sock']}\n"),
	"choices":   one("services:\n", "  s%d: {image: nginx, pid: '${X%[1]d:+host}'}\n"),
	"ranges":    one("services:\n", "  s%d: {image: nginx, ports: ['8000-8009:8000-8009']}\n"),
	"profiles":  one("services:\n", "  s%d: {image: nginx, profiles: [p%[1]d], depends_on: [t%[1]d]}\n  t%[1]d: {image: nginx, profiles: [p%[1]d]}\n"),
	"ignores":   one("services:\n", "  # composelint:ignore privileged -- because %d\n  s%[1]d: {image: nginx, privileged: true}\n"),
	"namespace": chain("network_mode: 'service:s%d'"),
	"builds":    one("services:\n", "  s%d: {build: {context: /etc, args: {PASSWORD: 'x%[1]d'}}}\n"),
	"variables": one("services:\n  s:\n    image: nginx\n    command: \"true", " ${V%d:-a}", "\"\n"),
	"required":  one("services:\n  s:\n    image: nginx\n    labels:\n", "      l%d: ${V%[1]d:?}\n"),
	"named":     one("services:\n", "  s%d: {image: nginx, container_name: same, profiles: [p%[1]d]}\n"),
	"command":   one("services:\n  s:\n    image: nginx\n    command: \"true", " -p token=a%d", "\"\n"),
	"words":     one("services:\n  s:\n    image: nginx\n    command: [", "'--a=%d',", "]\n"),
	"labels":    one("services:\n  s:\n    image: nginx\n    labels:\n", "      traefik.http.routers.r%d.rule: Host(`a`)\n"),
	"settings":  one("services:\n  s:\n    image: nginx\n    environment:\n", "      PASSWORD%d: hunter2\n"),
	"mounts":    one("services:\n  s:\n    image: nginx\n    volumes:\n", "      - /etc/x%d:/x%[1]d\n"),
	"hooks":     one("services:\n  s:\n    image: nginx\n    post_start:\n", "      - {command: [a, '%d'], privileged: true}\n"),
	"secrets":   one("services: {s: {image: nginx}}\nsecrets:\n", "  s%d: {environment: S%[1]d}\n"),
	"unknown":   one("services:\n  s:\n    image: nginx\n", "    unknown%d: 1\n"),
}

const aProxy = "{image: tecnativa/docker-socket-proxy:0.3, environment: {POST: 1}, volumes: ['/var/run/docker.sock:/var/run/docker.sock']}"

// shared are a proxy and a client that share n networks.
func shared(n int) map[string]string {
	join := one("networks: &all [", "n%d, ", "]")(n)["compose.yaml"]
	networks := one("networks:\n", "  n%d: {}\n")(n)["compose.yaml"]
	proxy := strings.Replace(aProxy, "}", "}, "+join, 1)
	return map[string]string{"compose.yaml": "services:\n  p: " + proxy + "\n" +
		"  c: {image: traefik, environment: {DOCKER_HOST: 'tcp://p:2375'}, networks: *all}\n" + networks}
}

// chain is a project of n services, each of which but the first says something of the one before it.
func chain(of string) func(int) map[string]string {
	return func(n int) map[string]string {
		text := "services:\n  s0: {image: nginx, volumes: ['/etc:/etc']}\n"
		for i := range n - 1 {
			text += fmt.Sprintf("  s%d: {image: nginx, "+of+"}\n", i+1, i)
		}
		return map[string]string{"compose.yaml": text}
	}
}

// one is a project in one file: a head, n items, which know their number, and an end.
func one(head, item string, end ...string) func(int) map[string]string {
	return func(n int) map[string]string {
		var b strings.Builder
		b.WriteString(head)
		for i := range n {
			fmt.Fprintf(&b, item, 1000+i)
		}
		return map[string]string{"compose.yaml": b.String() + strings.Join(end, "")}
	}
}

func includes(n int) map[string]string {
	files, all := map[string]string{}, "include:\n"
	for i := range n {
		name := fmt.Sprintf("part%d.yaml", i)
		files[name] = fmt.Sprintf("services: {s%d: {image: nginx, privileged: true}}\n", i)
		all += fmt.Sprintf("  - %s\n", name)
	}
	files["compose.yaml"] = all
	return files
}

// again are n services in a file that ten others include.
func again(n int) map[string]string {
	files, all := map[string]string{"part.yaml": one("services:\n", "  s%d: {image: nginx}\n")(n)["compose.yaml"]}, "include:\n"
	for i := range 10 {
		name := fmt.Sprintf("way%d.yaml", i)
		files[name] = "include: [part.yaml]\n"
		all += "  - " + name + "\n"
	}
	files["compose.yaml"] = all
	return files
}

// envFiles are n services with the same env file.
func envFiles(n int) map[string]string {
	return map[string]string{
		"some.env":     one("", "A%d=b\n")(20)["compose.yaml"],
		"compose.yaml": one("services:\n", "  s%d: {image: nginx, env_file: some.env}\n")(n)["compose.yaml"],
	}
}

// different are n proxies with a client each on a network of their own, no two of which are set up alike.
func different(n int) map[string]string {
	flags := strings.Fields("CONTAINERS POST EXEC IMAGES INFO NETWORKS VOLUMES BUILD SECRETS")
	text, networks := "services:\n", "networks:\n"
	for i := range n {
		on := ""
		for bit, flag := range flags {
			on += fmt.Sprintf("%s: %d, ", flag, i>>bit&1)
		}
		proxy := strings.Replace(aProxy, "POST: 1", on, 1)
		text += fmt.Sprintf("  p%d: %s, networks: [n%[1]d]}\n  c%[1]d: {image: traefik, environment: {DOCKER_HOST: 'tcp://p%[1]d:2375'}, networks: [n%[1]d]}\n", i, strings.TrimSuffix(proxy, "}"))
		networks += fmt.Sprintf("  n%d: {}\n", i)
	}
	return map[string]string{"compose.yaml": text + networks}
}

// TestGrowth wants twice as many of anything to cost about twice as much: what is counted is the
// memory that a run asks for, which is the same on every machine.
func TestGrowth(t *testing.T) {
	const n, most = 200, 2.5
	for name, shape := range shapes {
		for _, format := range []string{"text", "json"} {
			t.Run(name+"/"+format, func(t *testing.T) {
				asked := func(n int) float64 { return asksFor(t, format, shape(n)) }
				asked(n) // once, for what the first run makes for all
				if growth := asked(2*n) / asked(n); growth > most {
					t.Errorf("twice as many cost %.1f times as much", growth)
				}
			})
		}
	}
}

// asksFor is how many bytes a run over the files asks for.
func asksFor(t *testing.T, format string, files map[string]string) float64 {
	t.Helper()
	dir := t.TempDir()
	writeFiles(t, dir, files)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, stderr, status := run(t, dir, "--no-config", "--strict", "--format", format, "compose.yaml"); status == 2 {
		t.Fatalf("the run failed: %s", stderr)
	}
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// TestBeyondLimits gives a run more than its limits allow: the report says which limit that is, the
// status is 2, and both are the same each time.
func TestBeyondLimits(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		says  string
	}{
		"steps":      {apart(2000), "could not evaluate the policies: it takes more than the limit of 12000000 steps"},
		"choices":    {shapes["choices"](3001), "values go one way or another with variables, in more services than the limit of 3000 for that"},
		"inclusions": {including(12, 500), `could not judge "p9.compose.yaml": what several projects include has more services than the limit of 4000 in all`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeFiles(t, dir, c.files)
			// What the other tests of the process hold counts, too.
			args := []string{"--no-config", "--memory-limit", "4096", "--select", "privileged,socket-proxy-stranger", "--format", "concise", "."}
			stdout, stderr, status := run(t, dir, args...)
			if status != statusTrouble || !strings.Contains(stderr, c.says) {
				t.Errorf("status %d, want %q:\n%s", status, c.says, stderr)
			}
			again, stderrAgain, _ := run(t, dir, args...)
			if again != stdout || stderrAgain != stderr {
				t.Errorf("another run says otherwise:\n%s\n%s", stderr, stderrAgain)
			}
		})
	}
}

// apart are n proxies and n services on one network, none of which is at the place of another.
func apart(n int) map[string]string {
	text := "services:\n"
	networks := "networks:\n  all: {}\n"
	for i := range n {
		proxy := strings.Replace(aProxy, "}", fmt.Sprintf("}, networks: [all, n%d]", i), 1)
		text += fmt.Sprintf("  p%d: %s\n  c%[1]d: {image: nginx, networks: [all]}\n", i, proxy)
		networks += fmt.Sprintf("  n%d: {}\n", i)
	}
	return map[string]string{"compose.yaml": text + networks}
}

// including are projects that all include the same services.
func including(projects, services int) map[string]string {
	files := map[string]string{"base.inc.yaml": one("services:\n", "  s%d: {image: nginx, privileged: true}\n")(services)["compose.yaml"]}
	for i := range projects {
		files[fmt.Sprintf("p%d.compose.yaml", i)] = "include: [base.inc.yaml]\n"
	}
	return files
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
