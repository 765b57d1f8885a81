package check

import (
	"os"
	"testing"
)

func TestDecode(t *testing.T) {
	runRefusals(t, []refusalCase{
		{"sizes and durations", `
services:
  web:
    image: a
    mem_limit: 10q
    shm_size: 64 MB
    stop_grace_period: 5 parsecs
    healthcheck: {test: a, interval: soon, timeout: 1m30s}
    tmpfs: /run
    volumes: [{type: tmpfs, target: /a, tmpfs: {size: much, mode: "0755"}}]
    deploy: {resources: {limits: {memory: lots, cpus: many}}, restart_policy: {delay: "-"}}
    blkio_config: {weight: -1, device_read_bps: [{path: /dev/sda, rate: fast}]}
`, []string{
			`services.web.blkio_config.device_read_bps[0].rate: "rate" cannot be "fast": it takes a size such as 512m or 2g (11:73 «fast»)`,
			`services.web.blkio_config.weight: "weight" cannot be "-1": it takes a whole number that is not negative (11:28 «-1»)`,
			`services.web.deploy.resources.limits.cpus: "cpus" cannot be "many": it takes a number (10:55 «many»)`,
			`services.web.deploy.resources.limits.memory: "memory" cannot be "lots": it takes a size such as 512m or 2g (10:43 «lots»)`,
			`services.web.deploy.restart_policy.delay: "delay" cannot be "-": it takes a duration such as 30s or 1m30s (10:87 «"-"»)`,
			`services.web.healthcheck.interval: "interval" cannot be "soon": it takes a duration such as 30s or 1m30s (7:38 «soon»)`,
			`services.web.mem_limit: "mem_limit" cannot be "10q": it takes a size such as 512m or 2g (4:16 «10q»)`,
			`services.web.stop_grace_period: "stop_grace_period" cannot be "5 parsecs": it takes a duration such as 30s or 1m30s (6:24 «5 parsecs»)`,
			`services.web.volumes[0].tmpfs.mode: "mode" cannot be "0755": it takes a whole number that is not negative (9:67 «"0755"»)`,
			`services.web.volumes[0].tmpfs.size: "size" cannot be "much": it takes a size such as 512m or 2g (9:55 «much»)`,
		}},
		{"lists", `
services:
  web:
    image: a
    extra_hosts: ["a:127.0.0.1", nobody, ":1"]
    environment: ["A=1", "PASSWORD =hunter2"]
    command: echo "hello
    entrypoint: [a, "b c"]
    group_add: [10, 1.5]
    build: {context: ., args: ["B ", "C =hunter2"], no_cache: perhaps, extra_hosts: {a: 127.0.0.1}}
    secrets: [{source: token, mode: rw}]
    gpus: [{count: few, capabilities: [gpu]}]
    ports: [{target: -1}]
    storage_opt: {size: true, x-size: "1"}
  api: {image: a, extra_hosts: {x-host: 127.0.0.1}}
secrets: {token: {file: a}}
`, []string{
			`services.api.extra_hosts.x-host: "x-host" cannot be a name here: compose takes a key that begins with x- for an extension (14:41 «127.0.0.1»)`,
			`services.web.build.args[0]: a name in "args" ends in a blank: write NAME=VALUE without a blank before the = (9:32 «"B "»)`,
			`services.web.build.args[1]: a name in "args" ends in a blank: write NAME=VALUE without a blank before the = (9:38 «"C =hunter2"»)`,
			`services.web.build.no_cache: "no_cache" cannot be "perhaps": it takes true or false (9:63 «perhaps»)`,
			`services.web.command: "command" cannot be split into words: close its quotes and parentheses, or write it as a list (6:14 «echo "hello»)`,
			`services.web.environment[1]: a name in "environment" ends in a blank: write NAME=VALUE without a blank before the = (5:26 «"PASSWORD =hunter2"»)`,
			`services.web.extra_hosts[1]: an entry of "extra_hosts" must be HOST=ADDRESS (4:34 «nobody»)`,
			`services.web.extra_hosts[2]: an entry of "extra_hosts" must be HOST=ADDRESS (4:42 «":1"»)`,
			`services.web.gpus[0].count: "count" cannot be "few": it takes a whole number or "all" (11:20 «few»)`,
			`services.web.group_add[1]: "group_add" must be a string: put it in quotes (8:21 «1.5»)`,
			`services.web.ports[0].target: "target" cannot be "-1": it takes a whole number that is not negative (12:22 «-1»)`,
			`services.web.secrets[0].mode: "mode" cannot be "rw": it takes octal digits such as 0440 (10:37 «rw»)`,
			`services.web.storage_opt.size: "size" must be a string: put it in quotes (13:25 «true»)`,
			`services.web.storage_opt.x-size: "x-size" cannot be a name here: compose takes a key that begins with x- for an extension (13:39 «"1"»)`,
		}},
		{"build arguments without a value", `
services:
  web: {build: {context: ., args: ["A ", "B"]}}
`, nil},
	})
}

// TestDecodedIsUnknown makes sure that no policy judges a value that cannot be decoded.
func TestDecodedIsUnknown(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("compose.yml", []byte("services: {web: {image: a, mem_limit: 10q, cpus: 1}}"), 0o600); err != nil {
		t.Fatal(err)
	}
	m, problems := open(t)
	root, _ := Project(m.Merge(), problems, Options{Enabled: []string{"*"}})
	web := m.Normalize(root).Field("services").Field("web")
	if !web.Field("mem_limit").Unknown() || web.Field("cpus").Unknown() {
		t.Error("mem_limit must be unknown, and only it")
	}
}
