package check

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/compose/composetest"
)

// refusedLater are accepted by compose-go, and so by docker compose config. Each file lists what
// docker compose 5.7.1 or the engine refuse when they create containers, and what they do not.
var refusedLater = []refusalCase{
	{"start interval", `
services:
  a: {image: a, healthcheck: {test: x, start_interval: 2s}}
  b: {image: a, healthcheck: {test: x, start_interval: 2s, start_period: 0s}}
  c: {image: a, healthcheck: {test: x, start_interval: "${TIME}", interval: 1s}}
  d: {image: a, healthcheck: {test: x, start_interval: 2s}, scale: 0}
  e: {image: a, healthcheck: {test: x, start_interval: 2s}, provider: {type: a}}
`, []string{`services.a.healthcheck.start_interval: "start_interval" needs "start_period", too: add it (2:56 «2s»)`}},
	{"what a read-only container cannot be given", `
services:
  a: {image: a, read_only: true, secrets: [env, file, required], configs: [env, {source: text, target: /x}, file, none, unknown]}
  b: {image: a, read_only: "${READ_ONLY:-true}", secrets: [env]}
  c: {image: a, read_only: "${UNSET}", secrets: [env], configs: [text]}
  d: {image: a, secrets: [env], configs: [text]}
secrets:
  env: {environment: A}
  file: {file: ./compose.yml}
  required: {environment: "${UNSET:?}"}
configs:
  env: {environment: A}
  text: {content: hello}
  file: {file: ./compose.yml}
  none: {content: ""}
  unknown: {content: "${UNSET}"}
`, []string{
		`services.a.secrets[0]: docker compose cannot write the secret "env" into a container that is read-only: give it a "file" instead of "environment", or remove "read_only" (2:44 «env»)`,
		`services.a.secrets[2]: docker compose cannot write the secret "required" into a container that is read-only: give it a "file" instead of "environment", or remove "read_only" (2:55 «required»)`,
		`services.a.configs[0]: docker compose cannot write the config "env" into a container that is read-only: give it a "file" instead of "environment", or remove "read_only" (2:76 «env»)`,
		`services.a.configs[1]: docker compose cannot write the config "text" into a container that is read-only: give it a "file" instead of "content", or remove "read_only" (2:81 «{source: text, target: /x}»)`,
		`services.b.secrets[0]: docker compose cannot write the secret "env" into a container that is read-only: give it a "file" instead of "environment", or remove "read_only" (3:60 «env»)`,
	}},
	{"what only a swarm has", `
services:
  a: {image: a, secrets: [s, t], configs: [c, d]}
  b: {image: a, secrets: [s]}
  c: {image: a, secrets: [zero], deploy: {replicas: 0}}
secrets:
  s: {external: true}
  t: {file: ./compose.yml, template_driver: golang}
  zero: {external: true}
  unused: {external: true}
configs:
  c: {external: true, name: other}
  d: {content: a, template_driver: golang}
  unused: {external: true}
`, []string{
		`secrets.s.external: only a swarm has external secrets: write a "file", or judge the project with --target swarm (6:17 «true»)`,
		`secrets.t.template_driver: only a swarm has a "template_driver" for secrets: remove it, or judge the project with --target swarm (7:45 «golang»)`,
		`configs.c.external: only a swarm has external configs: write a "file", or judge the project with --target swarm (11:17 «true»)`,
		`configs.d.template_driver: only a swarm has a "template_driver" for configs: remove it, or judge the project with --target swarm (12:36 «golang»)`,
	}},
	{"hooks and jobs", `
services:
  a: {image: a, pre_start: [{command: b, per_replica: true}, {command: b, per_replica: false}]}
jobs:
  b: {image: a, triggers: {schedule: ["0 * * * *"], manual: true}}
  c: {image: a, triggers: {manual: true}}
`, []string{
		`services.a.pre_start[0].per_replica: docker compose does not run a hook for each replica yet: remove "per_replica" (2:55 «true»)`,
		`jobs.b.triggers.schedule: docker compose does not run jobs by a schedule yet: write "manual: true" instead, and start the job from outside (4:28 «schedule»)`,
	}},
	{"addresses", `
services:
  a:
    image: a
    dns: [one.one.one.one, 1.1.1.1, "2606:4700::1111", "${DNS}"]
    mac_address: 02-42
    ports: [{target: 80, published: "80", host_ip: 127.0.0.1}]
    networks:
      net: {ipv4_address: 10.0.0.300, ipv6_address: "fd00::1", link_local_ips: [169.254.1.1, here], mac_address: "02:42:ac:11:00:02"}
      other: {ipv6_address: "fd00:::1"}
      families: {ipv4_address: "::1", ipv6_address: 10.0.0.1}
  b: {image: a, dns: dns.example}
networks:
  net:
    ipam: {config: [{subnet: 10.0.0.0, ip_range: 10.0.0.0/40, gateway: router, aux_addresses: {host: 10.0.0, ok: 10.0.0.2}}]}
  other: {external: true, name: other}
  families: {}
  default: {ipam: {config: [{subnet: 10.1.0.0}, {subnet: 10.1.0.0/16}, {subnet: "${NET}/16"}]}}
  unused: {ipam: {config: [{subnet: 10.2.0.0}]}}
`, []string{
		`services.a.dns[0]: "one.one.one.one" is no IP address: write one such as "192.168.1.10" or "fd00::10" (4:11 «one.one.one.one»)`,
		`services.a.mac_address: "02-42" is no MAC address: write one such as "02:42:ac:11:00:02" (5:18 «02-42»)`,
		`services.a.networks.families.ipv4_address: "::1" is no IPv4 address: write one such as "192.168.1.10" (10:32 «"::1"»)`,
		`services.a.networks.families.ipv6_address: "10.0.0.1" is no IPv6 address: write one such as "fd00::10" (10:53 «10.0.0.1»)`,
		`services.a.networks.net.ipv4_address: "10.0.0.300" is no IPv4 address: write one such as "192.168.1.10" (8:27 «10.0.0.300»)`,
		`services.a.networks.net.link_local_ips[1]: "here" is no IP address: write one such as "192.168.1.10" or "fd00::10" (8:94 «here»)`,
		`services.a.networks.other.ipv6_address: "fd00:::1" is no IPv6 address: write one such as "fd00::10" (9:29 «"fd00:::1"»)`,
		`services.b.dns[0]: "dns.example" is no IP address: write one such as "192.168.1.10" or "fd00::10" (11:22 «dns.example»)`,
		`networks.default.ipam.config[0].subnet: "10.1.0.0" is no subnet: write one such as "172.28.0.0/16" or "fd00:1::/64" (17:38 «10.1.0.0»)`,
		`networks.net.ipam.config[0].subnet: "10.0.0.0" is no subnet: write one such as "172.28.0.0/16" or "fd00:1::/64" (14:30 «10.0.0.0»)`,
		`networks.net.ipam.config[0].ip_range: "10.0.0.0/40" is no subnet: write one such as "172.28.0.0/16" or "fd00:1::/64" (14:50 «10.0.0.0/40»)`,
		`networks.net.ipam.config[0].gateway: "router" is no IP address: write one such as "192.168.1.10" or "fd00::10" (14:72 «router»)`,
		`networks.net.ipam.config[0].aux_addresses.host: "10.0.0" is no IP address: write one such as "192.168.1.10" or "fd00::10" (14:102 «10.0.0»)`,
	}},
	{"security options", `
services:
  a:
    image: a
    security_opt:
      - no-new-priviliges:true
      - secomp=unconfined
      - seccomp
      - seccomp:./missing.json
      - no-new-privileges:yes
      - systempaths:unconfined
      - userns=host
  b:
    image: a
    security_opt: ["seccomp=compose.yml", "seccomp=/etc/docker/seccomp.json", "seccomp=~/seccomp.json", "seccomp=../../seccomp.json"]
  c:
    image: a
    security_opt: [no-new-privileges, "no-new-privileges=1", "label:disable", "label=type:x", "apparmor=x", "seccomp:unconfined", seccomp=builtin, systempaths=unconfined, "${OPT}"]
`, []string{
		`services.a.security_opt[0]: "no-new-priviliges" is no security option: did you mean "no-new-privileges"? (5:9 «no-new-priviliges»)`,
		`services.a.security_opt[1]: "secomp" is no security option: did you mean "seccomp"? (6:9 «secomp»)`,
		`services.a.security_opt[2]: the security option "seccomp" lacks a value: write "seccomp=builtin" (7:9 «seccomp»)`,
		`services.a.security_opt[3]: there is no file "./missing.json" to read a seccomp profile from: write its path, or "seccomp=builtin" for the engine's own (8:17 «./missing.json»)`,
		`services.a.security_opt[4]: "no-new-privileges" cannot be "yes": write "no-new-privileges:true" (9:27 «yes»)`,
		`services.a.security_opt[5]: "systempaths" takes nothing but "systempaths=unconfined" (10:9 «systempaths:unconfined»)`,
		`services.a.security_opt[6]: "userns" is no security option: it takes "apparmor", "credentialspec", "label", "no-new-privileges", "seccomp" or "writable-cgroups" (11:9 «userns»)`,
	}},
	{"words of the engine", `
services:
  a: {image: a, restart: allways, cap_add: [SYS_ADMN, CAP_NET_ADMIN, sys_time, ALL], cap_drop: [CAP_ALL, NET-RAW], pid: hots, ipc: prvate, uts: private}
  b: {image: a, restart: "always:3", network_mode: hots, pid: "container:", ipc: "container:x", userns_mode: hots}
  c: {image: a, restart: allways, deploy: {restart_policy: {condition: on_failure}}, network_mode: "contianer:x"}
  d: {image: a, restart: "on-failure:abc", network_mode: hotel, pid: "service:a", ipc: shareable, uts: host}
  e: {image: a, restart: "no", network_mode: net}
  f: {image: a, restart: "${RESTART}", network_mode: "${MODE}", cap_add: ["${CAP}"], pid: "${PID}"}
  g: {image: a, restart: "${RESTART:-sometimes}", userns_mode: keep-id}
  h: {image: a, restart: "on-failure:-1", network_mode: "container:", volumes_from: ["container:"], userns_mode: host}
`, []string{
		`services.a.restart: "allways" is no restart policy: did you mean "always"? (2:26 «allways»)`,
		`services.a.cap_add[0]: "SYS_ADMN" is no capability: did you mean "SYS_ADMIN"? (2:45 «SYS_ADMN»)`,
		`services.a.cap_drop[0]: "CAP_ALL" is no capability: did you mean "ALL"? (2:97 «CAP_ALL»)`,
		`services.a.cap_drop[1]: "NET-RAW" is no capability: did you mean "NET_RAW"? (2:106 «NET-RAW»)`,
		`services.a.ipc: "ipc" cannot be "prvate": did you mean "private"? (2:132 «prvate»)`,
		`services.a.pid: "pid" cannot be "hots": did you mean "host"? (2:121 «hots»)`,
		`services.a.uts: "uts" cannot be "private": it takes "host" (2:145 «private»)`,
		`services.b.restart: only "on-failure" takes a number of attempts: write "always", or "on-failure:3" (3:26 «"always:3"»)`,
		`services.b.pid: "pid" cannot be "container:": did you mean "container:NAME"? (3:63 «"container:"»)`,
		`services.b.network_mode: there is no network mode "hots": did you mean "host"? (3:52 «hots»)`,
		`services.b.userns_mode: "userns_mode" cannot be "hots": did you mean "host"? (3:110 «hots»)`,
		`services.c.deploy.restart_policy.condition: "on_failure" is no restart policy: did you mean "on-failure"? (4:72 «on_failure»)`,
		`services.c.network_mode: there is no network mode "contianer:x": did you mean "container:x"? (4:100 «"contianer:x"»)`,
		`services.g.restart: "sometimes" is no restart policy: it takes "no", "always", "on-failure" or "unless-stopped" (8:38 «sometimes»)`,
		`services.h.restart: the number of attempts in "on-failure:-1" cannot be negative: write "on-failure" for as many as it takes (9:26 «"on-failure:-1"»)`,
		`services.h.network_mode: "network_mode" needs the name of a container after "container:" (9:57 «"container:"»)`,
		`services.h.volumes_from[0]: "volumes_from" needs the name of a container after "container:" (9:86 «"container:"»)`,
	}},
	{"what is never healthy", `
services:
  a: {image: a, depends_on: {off: {condition: service_healthy}, none: {condition: service_healthy}, text: {condition: service_healthy}, b: {condition: service_healthy}}}
  b: {image: a, depends_on: {off: {condition: service_started}, unset: {condition: service_healthy}}}
  off: {image: a, healthcheck: {disable: true}}
  none: {image: a, healthcheck: {test: [NONE]}}
  text: {image: a, healthcheck: {test: NONE}}
  unset: {image: a, healthcheck: {disable: "${OFF}"}}
`, []string{
		`services.a.depends_on.none.condition: service "none" is never healthy, since its health check is switched off: give it a test, or write "service_started" (2:83 «service_healthy»)`,
		`services.a.depends_on.off.condition: service "off" is never healthy, since its health check is switched off: give it a test, or write "service_started" (2:47 «service_healthy»)`,
	}},
	{"single values of the engine", `
services:
  a: {image: a, stop_signal: SIGTREM, working_dir: app, tmpfs: [tmp, "/run:size=1m", /], isolation: defalt}
  b: {image: a, stop_signal: SIGRTMIN+3, working_dir: /app, tmpfs: "./cache:size=1m", volumes: ["data:/data", {type: tmpfs, target: scratch}, "./x:/"]}
  c: {image: a, stop_signal: "15", working_dir: 'C:\app', tmpfs: /tmp, isolation: hyperv}
  d: {image: a, stop_signal: "${SIGNAL}", working_dir: "${HOME}", tmpfs: ["${TMP}"], isolation: "${ISOLATION}"}
  e: {image: a, stop_signal: "0", working_dir: "${PWD}/x", volumes: ["data:${PWD}/data"]}
  f: {image: a, stop_signal: sigquit, working_dir: ""}
volumes: {data: {}}
`, []string{
		`services.a.stop_signal: "stop_signal" cannot be "SIGTREM": did you mean "SIGTERM"? (2:30 «SIGTREM»)`,
		`services.a.isolation: "isolation" cannot be "defalt": did you mean "default"? (2:101 «defalt»)`,
		`services.a.working_dir: "working_dir" must be an absolute path: did you mean "/app"? (2:52 «app»)`,
		`services.a.tmpfs[0]: the target of a mount must be an absolute path: did you mean "/tmp"? (2:65 «tmp»)`,
		`services.a.tmpfs[2]: nothing can be mounted at "/": name a directory below it (2:86 «/»)`,
		`services.b.tmpfs: the target of a mount must be an absolute path: did you mean "/cache"? (3:69 «./cache»)`,
		`services.b.volumes[1].target: the target of a mount must be an absolute path: did you mean "/scratch"? (3:133 «scratch»)`,
		`services.b.volumes[2].target: nothing can be mounted at "/": name a directory below it (3:148 «/»)`,
		`services.e.stop_signal: "stop_signal" cannot be "0": it takes a name such as "SIGTERM", or a number (6:30 «"0"»)`,
	}},
	{"memory, processors and times", `
services:
  a: {image: a, mem_limit: 512, memswap_limit: 256, mem_reservation: 4m}
  b: {image: a, mem_limit: 4m, cpus: 0.5, cpu_quota: 50000, cpu_period: 100000}
  c: {image: a, memswap_limit: 1g, healthcheck: {test: x, interval: 10us, timeout: 1ms, start_period: 500us, retries: 1}}
  d: {image: a, mem_limit: 1g, memswap_limit: 512m, mem_reservation: 2g}
  e: {image: a, mem_limit: "${MEM}", memswap_limit: 512m, mem_reservation: 2g, cpus: "${CPUS}", cpu_quota: 50000}
  f: {image: a, mem_limit: 1g, memswap_limit: -1, mem_reservation: 1g, cpu_quota: 50000, cpu_period: 100000, healthcheck: {test: x, interval: 0s}}
  g: {image: a, deploy: {resources: {limits: {memory: 5M, cpus: "0.5"}, reservations: {memory: 6M}}}, cpu_quota: 50000}
  h: {image: a, mem_limit: 0, memswap_limit: 0, cpus: 0, cpu_quota: 50000}
  i: {image: a, mem_limit: 1g, memswap_limit: 1g}
`, []string{
		`services.a.mem_limit: "mem_limit" of "512" is less than the engine takes: did you mean "512m"? (2:28 «512»)`,
		`services.a.mem_reservation: "mem_reservation" of "4m" is less than the engine takes: write "6m" or more (2:70 «4m»)`,
		`services.b.mem_limit: "mem_limit" of "4m" is less than the engine takes: write "6m" or more (3:28 «4m»)`,
		`services.b.cpu_quota: "cpus" and "cpu_quota" exclude each other: remove one (3:54 «50000»)`,
		`services.c.memswap_limit: "memswap_limit" needs "mem_limit", too: add it (4:32 «1g»)`,
		`services.c.healthcheck.interval: "interval" of "10us" is shorter than the engine takes: write "1ms" or more (4:69 «10us»)`,
		`services.c.healthcheck.start_period: "start_period" of "500us" is shorter than the engine takes: write "1ms" or more (4:103 «500us»)`,
		`services.d.memswap_limit: "memswap_limit" is for memory and swap together, and less than the limit of memory alone: raise it (5:47 «512m»)`,
		`services.d.mem_reservation: "mem_reservation" reserves more than the limit of memory: lower it, or raise the limit (5:70 «2g»)`,
		`services.g.deploy.resources.limits.memory: "memory" of "5M" is less than the engine takes: write "6m" or more (8:55 «5M»)`,
		`services.g.cpu_quota: "cpus" and "cpu_quota" exclude each other: remove one (8:114 «50000»)`,
	}},
	{"the network of another container", `
services:
  a: {image: a, network_mode: "service:b", ports: ["80:80"], expose: ["81"], hostname: x, dns: 1.1.1.1, extra_hosts: ["a:1.1.1.1"], links: [b]}
  b: {image: a, ports: ["80:80"], expose: ["81"], hostname: x, dns: 1.1.1.1, extra_hosts: ["a:1.1.1.1"]}
  c: {image: a, network_mode: "container:other", ports: ["${PORT}:80"], dns_search: x, domainname: x}
  d: {image: a, network_mode: "${MODE}", ports: ["80:80"]}
  e: {image: a, network_mode: host, links: [b], hostname: x, dns: 1.1.1.1}
  f: {image: a, uts: host, hostname: x}
  g: {image: a, network_mode: "service:b", ports: [], dns: "${DNS}", uts: host}
`, []string{
		`services.a.ports: "ports" is for the service whose network this one joins: move it to "b" (2:44 «ports»)`,
		`services.a.expose: "expose" is for the service whose network this one joins: move it to "b" (2:62 «expose»)`,
		`services.a.hostname: "hostname" is for the service whose network this one joins: move it to "b" (2:88 «x»)`,
		`services.a.dns: "dns" is for the service whose network this one joins: move it to "b" (2:91 «dns»)`,
		`services.a.extra_hosts: "extra_hosts" is for the service whose network this one joins: move it to "b" (2:105 «extra_hosts»)`,
		`services.a.links: "links" is for the service whose network this one joins: move it to "b" (2:133 «links»)`,
		`services.c.ports: "ports" is for the container whose network this one joins: move it to "other" (4:50 «ports»)`,
		`services.e.links: "links" cannot be used on the host's network: remove it (6:37 «links»)`,
		`services.f.hostname: "hostname" cannot be set with "uts: host", by which the container has the host's name: remove one (7:38 «x»)`,
	}},
	{"logs", `
services:
  a: {image: a, logging: {driver: json-file, options: {max_size: 10m, max-files: "3", tag: x, compress: "true", mode: non_blocking}}}
  b: {image: a, logging: {driver: journald, options: {max-size: 10m}}}
  c: {image: a, logging: {driver: jsonfile, options: {max_size: 10m}}}
  d: {image: a, logging: {options: {max_size: 10m, loki-url: x, max-size: 10m, tags: x}}}
  e: {image: a, logging: {driver: loki, options: {max_size: 10m, max-buffer-size: 4m}}}
  f: {image: a, logging: {driver: json-file, options: {max-size: 10m, max-file: "3", compress: "true", mode: non-blocking, max-buffer-size: 4m}}}
  g: {image: a, logging: {driver: local, options: {max-buffer-size: 4m, compress: "true"}}}
  h: {image: a, logging: {driver: "${DRIVER}", options: {max_size: 10m}}}
  i: {image: a, logging: {driver: json-file, options: {max-size: "${SIZE}", max-file: "${FILES}", compress: "true", mode: "${MODE}", max-buffer-size: 4m}}}
  j: {image: a, logging: {driver: none, options: {what: ever}}}
  k: {image: a, logging: {driver: json-file, options: {max-size: 10m, max-file: "1", compress: "${COMPRESS:-true}"}}}
`, []string{
		`services.a.logging.options.max-files: the log driver "json-file" has no option "max-files": did you mean "max-file"? (2:82 «"3"»)`,
		`services.a.logging.options.max_size: the log driver "json-file" has no option "max_size": did you mean "max-size"? (2:66 «10m»)`,
		`services.a.logging.options.mode: "mode" cannot be "non_blocking": did you mean "non-blocking"? (2:119 «non_blocking»)`,
		`services.b.logging.options.max-size: the log driver "journald" has no option "max-size": remove it (3:65 «10m»)`,
		`services.c.logging.driver: there is no log driver "jsonfile": did you mean "json-file"? (4:35 «jsonfile»)`,
		`services.d.logging.options.max_size: the engine's log drivers have no option "max_size": did you mean "max-size"? (5:47 «10m»)`,
		`services.d.logging.options.tags: the engine's log drivers have no option "tags": did you mean "tag"? (5:86 «x»)`,
		`services.g.logging.options.max-buffer-size: "max-buffer-size" needs the option "mode: non-blocking", too: add it, or remove the size (8:69 «4m»)`,
		`services.k.logging.options.compress: "compress" needs "max-size", and a "max-file" of 2 or more: add them, or remove it (12:96 «"${COMPRESS:-true}"»)`,
	}},
}

func TestRefusedLater(t *testing.T) {
	for _, test := range refusedLater {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, checked(t, test.file)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			m, problems := open(t)
			Project(m.Merge(), problems, Options{Enabled: []string{"*"}, Swarm: true})
			if len(problems.All) > 0 {
				t.Errorf("docker stack deploy is said to refuse %v", problems.All)
			}
			if err := composetest.Verdict(t, compose.Options{Files: []string{"compose.yml"}, Variables: map[string]*string{
				"TIME": new("1s"), "READ_ONLY": new("true"), "UNSET": new("true"), "CPUS": new("1"), "MEM": new("1g"), "OFF": new("true"),
			}}); err != nil {
				t.Errorf("compose-go refuses it: %v", err)
			}
		})
	}
}

// verdicts are what docker compose 5.7.1 config says of projects with profiles, with some of them
// enabled: by --profile, or by COMPOSE_PROFILES in .env. TestVerdicts asks it where
// COMPOSELINT_COMPOSE names it.
var verdicts = []struct {
	name, file, profiles, env string
	refused                   bool
	want                      []string
}{
	{"one container name", `
services:
  a: {image: a, container_name: abc}
  b: {image: a, container_name: abc}
`, "", "", true, []string{`services.b.container_name: "abc" is the container name of service "a", too: give service "b" another (3:33 «abc»)`}},
	{"one container name by extends", `
services:
  a: {image: a, container_name: abc}
  b: {extends: a}
`, "", "", true, []string{`services.b.container_name: "abc" is the container name of service "a", too: give service "b" another (2:33 «abc»)`}},
	{"one container name by a default", `
services:
  a: {image: a, container_name: abc}
  b: {image: a, container_name: "${N:-abc}"}
`, "", "", true, []string{`services.b.container_name: "abc" is the container name of service "a", too: give service "b" another (3:33 «"${N:-abc}"»)`}},
	{"one container name for none", `
services:
  a: {image: a, container_name: abc}
  b: {image: a, container_name: abc, deploy: {replicas: 0}}
  c: {image: a, container_name: abc, scale: 0}
`, "", "", true, []string{
		`services.b.container_name: "abc" is the container name of service "a", too: give service "b" another (3:33 «abc»)`,
		`services.c.container_name: "abc" is the container name of service "a", too: give service "c" another (4:33 «abc»)`,
	}},
	{"one container name, whatever the variables are", `
services:
  a: {image: a, container_name: "${COMPOSE_PROJECT_NAME}-x"}
  b: {image: a, container_name: "${COMPOSE_PROJECT_NAME}-x"}
  c: {image: a, container_name: "app${N}"}
  d: {image: a, container_name: "app${N}"}
  e: {image: a, container_name: "app${M}"}
  f: {image: a, container_name: "${N}"}
  g: {image: a, container_name: "${N}"}
`, "", "", true, []string{
		`services.b.container_name: "${COMPOSE_PROJECT_NAME}-x" is the container name of service "a", too: give service "b" another (3:33 «"${COMPOSE_PROJECT_NAME}-x"»)`,
		`services.d.container_name: "app${N}" is the container name of service "c", too: give service "d" another (5:33 «"app${N}"»)`,
		`services.g.container_name: "${N}" is the container name of service "f", too: give service "g" another (8:33 «"${N}"»)`,
	}},
	{"one container name, one of the two disabled", nameInProfiles, "", "", false, nil},
	{"one container name, both enabled", nameInProfiles, "p", "", true, []string{`services.b.container_name: "abc" is the container name of service "a", too: give service "b" another (3:33 «abc»)`}},
	{"one container name, both enabled by .env", nameInProfiles, "", "x, p", true, []string{`services.b.container_name: "abc" is the container name of service "a", too: give service "b" another (3:33 «abc»)`}},
	{"one container name in two profiles", `
services:
  a: {image: a, container_name: abc, profiles: [p]}
  b: {image: a, container_name: abc, profiles: [q]}
`, "", "", false, nil},
	{"one container name in one profile", nameInOneProfile, "p", "", true, []string{
		`services.b.container_name: "abc" is the container name of service "a", too: give service "b" another (3:33 «abc»)`,
	}},
	{"a dependency that only a profile enables", dependsOnProfile, "", "", true, []string{
		`services.a.depends_on.x: the service "x" runs only with the profile "p" or "q", and "a" without: give "a" the same, or write "required: false" (2:30 «x»)`,
		`services.b.network_mode: the service "x" runs only with the profile "p" or "q", and "b" without: give "b" the same (3:40 «x»)`,
		`services.c.ipc: the service "x" runs only with the profile "p" or "q", and "c" without: give "c" the same (4:31 «x»)`,
		`services.d.network_mode: the service "x" runs only with the profile "p" or "q", and "d" without: give "d" the same (5:40 «x»)`,
	}},
	{"a dependency that --profile enables", dependsOnProfile, "q", "", false, nil},
	{"a dependency that .env enables", dependsOnProfile, "", "q", false, nil},
	{"a dependency in the same profile", `
services:
  a: {image: a, depends_on: [x], profiles: [p]}
  x: {image: a, profiles: [p]}
`, "", "", false, nil},
	{"an optional dependency", `
services:
  a: {image: a, depends_on: {x: {condition: service_started, required: false}}}
  x: {image: a, profiles: [p]}
`, "", "", false, nil},
	{"a dependency that another profile does not enable", `
services:
  a: {image: a, depends_on: [x], profiles: [other]}
  x: {image: a, profiles: [p]}
`, "other", "", true, []string{
		`services.a.depends_on.x: the service "x" runs only with the profile "p", and "a" without: give "a" the same, or write "required: false" (2:30 «x»)`,
	}},
	{"a job that needs a disabled job", `
services:
  a: {image: a}
jobs:
  j: {image: a, depends_on: [k, l], triggers: {manual: true}}
  k: {image: a, profiles: [p], triggers: {manual: true}}
  l: {image: a, triggers: {manual: true}}
`, "", "", true, []string{
		`jobs.j.depends_on.k: the job "k" runs only with the profile "p", and "j" without: give "j" the same, or write "required: false" (4:30 «k»)`,
	}},
}

const (
	nameInProfiles = `
services:
  a: {image: a, container_name: abc}
  b: {image: a, container_name: abc, profiles: [p]}
`
	nameInOneProfile = `
services:
  a: {image: a, container_name: abc, profiles: [p]}
  b: {image: a, container_name: abc, profiles: [p]}
`
	dependsOnProfile = `
services:
  a: {image: a, depends_on: [x]}
  b: {image: a, network_mode: "service:x"}
  c: {image: a, ipc: "service:x"}
  d: {image: a, network_mode: "service:x", depends_on: {x: {condition: service_started, required: false}}}
  x: {image: a, profiles: [p, q]}
`
)

func TestVerdicts(t *testing.T) {
	binary := os.Getenv("COMPOSELINT_COMPOSE")
	for _, test := range verdicts {
		t.Run(test.name, func(t *testing.T) {
			got := checkedWith(t, test.file, test.env, strings.Fields(test.profiles)...)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if test.refused != (len(test.want) > 0) {
				t.Error("docker compose 5.7.1 has another verdict")
			}
			if binary == "" {
				return
			}
			args := []string{"-p", "test"}
			for _, profile := range strings.Fields(test.profiles) {
				args = append(args, "--profile", profile)
			}
			if out, err := exec.Command(binary, append(args, "config", "-q")...).CombinedOutput(); test.refused != (err != nil) {
				t.Errorf("%s says otherwise: %v\n%s", binary, err, out)
			}
		})
	}
}

// TestBaseless states that nothing is reported that only follows from a base which is not there.
func TestBaseless(t *testing.T) {
	want := []string{
		`services.a.extends: there is no service "nowhere" in "compose.yml" to extend (2:26 «nowhere»)`,
		`services.c.extends: could not read "missing.yml": there is no such file (4:23 «missing.yml»)`,
	}
	if diff := cmp.Diff(want, checked(t, `
services:
  a: {extends: {service: nowhere}, healthcheck: {start_interval: 1s}}
  b: {extends: a, command: x}
  c: {extends: {file: missing.yml, service: base}}
  d: {extends: {service: c}, healthcheck: {start_interval: 1s}}
  e: {build: {context: ., additional_contexts: {base: "service:b"}}}
`)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}
