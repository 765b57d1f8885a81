package loader

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A case is a project and what it should say of each container, one a line.
type reachCase struct{ name, file, want string }

func runReach(t *testing.T, cases []reachCase, line func(*Result) []string) {
	t.Helper()
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			file := strings.TrimPrefix(test.file, "\n")
			r := loadText(t, file)
			got := strings.Join(line(r), "\n")
			if diff := cmp.Diff(strings.TrimSpace(test.want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func entriesOf(r *Result) []string {
	var lines []string
	for _, s := range r.Project.Services {
		for _, e := range s.Entries {
			port := "any"
			if e.Port != 0 {
				port = fmt.Sprint(e.Port)
			}
			lines = append(lines, fmt.Sprintf("%s: %s %s to %s by %s (%s)%s%s", s.Name, e.Kind, e.Router, port, e.At, e.Called,
				marked(e.Loopback, " loopback"), marked(e.Open, " open")))
		}
	}
	return lines
}

// marked is a word for true, none for false, and with a question mark for unknown.
func marked(flag *bool, word string) string {
	switch {
	case flag == nil:
		return word + "?"
	case *flag:
		return word
	}
	return ""
}

// A swarm publishes ports on all addresses, whatever the networks.
func TestEntriesOfSwarm(t *testing.T) {
	t.Chdir(t.TempDir())
	file := `services: {inside: {image: app, ports: ["127.0.0.1:80:80"], networks: [back]}}
networks: {back: {internal: true}}
`
	if err := os.WriteFile("compose.yml", []byte(file), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := Load(t.Context(), Options{Files: []string{"compose.yml"}, Swarm: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"inside: port  to 80 by services.inside.ports[127.0.0.1:80:80/tcp] (port 80) open"}
	if diff := cmp.Diff(want, entriesOf(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEntriesOfNamespaces(t *testing.T) {
	runReach(t, []reachCase{{"published ports", `
services:
  web:
    image: app
    ports: ["8080:80", "127.0.0.1:81:81", "127.0.0.2:82:82", "[::1]:83:83", "84", "53:53/udp", "90-91:90"]
  unset:
    image: app
    ports: ["${IP}:80:80", "${PORT}:81"]
`, `
web: port  to 80 by services.web.ports[8080:80/tcp] (port 8080 on 0.0.0.0) open
web: port  to 81 by services.web.ports[127.0.0.1:81:81/tcp] (port 81 on 127.0.0.1) loopback open
web: port  to 82 by services.web.ports[127.0.0.2:82:82/tcp] (port 82 on 127.0.0.2) loopback open
web: port  to 83 by services.web.ports[::1:83:83/tcp] (port 83 on ::1) loopback open
web: port  to 84 by services.web.ports[84/tcp] (a port on 0.0.0.0) open
web: port  to 53 by services.web.ports[53:53/udp] (port 53/udp on 0.0.0.0) open
web: port  to 90 by services.web.ports[90-91:90/tcp] (port 90-91 on 0.0.0.0) open
unset: port  to 80 by services.unset.ports[?:80:80/tcp] (port 80) loopback? open
unset: port  to 81 by services.unset.ports[?:81/tcp] (a port on 0.0.0.0) open
`}, {"of the owner of a namespace, by a chain", `
services:
  vpn:
    image: app
    container_name: tunnel
    ports: ["8080:80"]
    networks: [proxy]
    labels: {traefik.http.routers.a.rule: x, traefik.http.services.a.loadbalancer.server.port: 81}
    environment: {VIRTUAL_HOST: a.example.com}
  by-service: {image: app, network_mode: "service:vpn"}
  by-chain: {image: app, network_mode: "service:by-service"}
  by-container: {image: app, network_mode: "container:tunnel", labels: {traefik.enable: true}}
  elsewhere: {image: app, network_mode: "container:of-another-project"}
networks:
  proxy: {external: true}
`, `
vpn: port  to 80 by services.vpn.ports[8080:80/tcp] (port 8080 on 0.0.0.0) open
vpn: router traefik to 81 by services.vpn.labels[traefik.http.routers.a.rule] (the Traefik router "a") open
vpn: router nginx-proxy to any by services.vpn.environment[VIRTUAL_HOST] (nginx-proxy, by the variable "VIRTUAL_HOST") open
vpn: external-network  to any by services.vpn.networks[proxy] (the external network "proxy") open?
by-service: port  to 80 by services.vpn.ports[8080:80/tcp] (port 8080 on 0.0.0.0 of service "vpn") open
by-service: router traefik to 81 by services.vpn.labels[traefik.http.routers.a.rule] (the Traefik router "a") open
by-service: external-network  to any by services.vpn.networks[proxy] (the external network "proxy") open?
by-chain: port  to 80 by services.vpn.ports[8080:80/tcp] (port 8080 on 0.0.0.0 of service "vpn") open
by-chain: router traefik to 81 by services.vpn.labels[traefik.http.routers.a.rule] (the Traefik router "a") open
by-chain: external-network  to any by services.vpn.networks[proxy] (the external network "proxy") open?
by-container: router traefik to any by services.by-container.labels[traefik.enable] (Traefik's default router) open
by-container: port  to 80 by services.vpn.ports[8080:80/tcp] (port 8080 on 0.0.0.0 of service "vpn") open
by-container: router traefik to 81 by services.vpn.labels[traefik.http.routers.a.rule] (the Traefik router "a") open
by-container: external-network  to any by services.vpn.networks[proxy] (the external network "proxy") open?
`}, {"on internal networks no port is published", `
services:
  inside: {image: app, ports: ["80:80"], networks: [back]}
  joined: {image: app, network_mode: "service:inside"}
  both: {image: app, ports: ["81:80"], networks: [back, front]}
  unset: {image: app, ports: ["82:80"], networks: [back, unset]}
  bridge: {image: app, ports: ["83:80"], network_mode: bridge}
networks:
  back: {internal: true}
  front:
  unset: {internal: "${INTERNAL}"}
`, `
both: port  to 80 by services.both.ports[81:80/tcp] (port 81 on 0.0.0.0) open
unset: port  to 80 by services.unset.ports[82:80/tcp] (port 82 on 0.0.0.0) open?
bridge: port  to 80 by services.bridge.ports[83:80/tcp] (port 83 on 0.0.0.0) open
`}, {"the host's network", `
services:
  mode: {image: app, network_mode: host, ports: ["80:80"]}
  joined: {image: app, network_mode: "service:mode"}
  network: {image: app, networks: [outside]}
  none: {image: app, network_mode: none, ports: ["81:80"]}
  unset: {image: app, network_mode: "${MODE}", ports: ["82:80"]}
networks:
  outside: {external: true, name: host}
`, `
mode: host-network  to any by services.mode.network_mode (the host's network) open
joined: host-network  to any by services.joined.network_mode (the host's network) open
network: host-network  to any by services.network.networks[outside] (the host's network) open
`}, {"external networks", `
services:
  web: {image: app, networks: [proxy, mine, unset]}
networks:
  proxy: {external: true, name: web}
  mine:
  unset: {external: "${EXTERNAL}"}
`, `
web: external-network  to any by services.web.networks[proxy] (the external network "proxy") open?
`}, {"hooks have those that they open themselves", `
services:
  web:
    image: app
    ports: ["80:80"]
    networks: [proxy]
    labels: {traefik.enable: true}
    pre_start:
      - command: ./a
      - command: ./b
        image: init
        networks: [other]
      - command: ./c
        network_mode: host
    post_start:
      - command: ./d
networks:
  proxy: {external: true}
  other: {external: true}
`, `
web: port  to 80 by services.web.ports[80:80/tcp] (port 80 on 0.0.0.0) open
web: router traefik to any by services.web.labels[traefik.enable] (Traefik's default router) open
web: external-network  to any by services.web.networks[proxy] (the external network "proxy") open?
web.pre_start[1]: external-network  to any by services.web.pre_start[1].networks[other] (the external network "other") open?
web.pre_start[2]: host-network  to any by services.web.pre_start[2].network_mode (the host's network) open
`}}, entriesOf)
}

func TestEntriesOfRouters(t *testing.T) {
	runReach(t, []reachCase{{"Traefik's routers", `
services:
  mapping:
    image: app
    labels:
      traefik.http.routers.web.rule: Host(x)
      traefik.http.routers.web.tls: true
      traefik.http.services.web.loadbalancer.server.port: 8080
  list:
    image: app
    labels: ["Traefik.HTTP.Routers.Web.Rule=Host(x)", "traefik.tcp.routers.db.rule=HostSNI(x)", "traefik.udp.routers.dns.entrypoints=dns"]
  swarm:
    image: app
    deploy: {labels: {traefik.http.routers.web.rule: Host(x)}}
  two:
    image: app
    labels:
      traefik.http.routers.a.service: one
      traefik.http.routers.b.service: two
      traefik.http.routers.c.rule: Host(x)
      traefik.http.routers.d.service: api@internal
      traefik.http.services.one.loadbalancer.server.port: 81
      traefik.http.services.two.loadbalancer.server.port: 82
  old:
    image: app
    labels: ["traefik.frontend.rule=Host:x", traefik.port=80, "traefik.admin.frontend.rule=Host:y", traefik.admin.port=81]
  unset:
    image: app
    labels: ["traefik.http.routers.web.rule=Host(${DOMAIN})", "traefik.http.services.web.loadbalancer.server.port=${PORT}"]
  unset-name:
    image: app
    labels: ["traefik.http.routers.${NAME}.rule=Host(x)"]
`, "mapping: router traefik to 8080 by services.mapping.labels[traefik.http.routers.web.rule] (the Traefik router \"web\") open\n" +
		"list: router traefik to any by services.list.labels[Traefik.HTTP.Routers.Web.Rule] (the Traefik router \"Web\") open\n" +
		"list: router traefik to any by services.list.labels[traefik.tcp.routers.db.rule] (the Traefik router \"db\") open\n" +
		"list: router traefik to any by services.list.labels[traefik.udp.routers.dns.entrypoints] (the Traefik router \"dns\") open\n" +
		"swarm: router traefik to any by services.swarm.deploy.labels[traefik.http.routers.web.rule] (the Traefik router \"web\") open\n" +
		"two: router traefik to 81 by services.two.labels[traefik.http.routers.a.service] (the Traefik router \"a\") open\n" +
		"two: router traefik to 82 by services.two.labels[traefik.http.routers.b.service] (the Traefik router \"b\") open\n" +
		"two: router traefik to any by services.two.labels[traefik.http.routers.c.rule] (the Traefik router \"c\") open\n" +
		"two: router traefik to any by services.two.labels[traefik.http.routers.d.service] (the Traefik router \"d\") open\n" +
		"old: router traefik to 80 by services.old.labels[traefik.frontend.rule] (the Traefik frontend of the label \"traefik.frontend.rule\") open\n" +
		"old: router traefik to 81 by services.old.labels[traefik.admin.frontend.rule] (the Traefik frontend of the label \"traefik.admin.frontend.rule\") open\n" +
		"unset: router traefik to any by services.unset.labels[traefik.http.routers.web.rule] (the Traefik router \"web\") open\n",
	}, {"traefik.enable", `
services:
  alone: {image: app, labels: [traefik.enable=true, traefik.http.services.x.loadbalancer.server.port=80]}
  flag: {image: app, labels: {Traefik.Enable: true}}
  swarm: {image: app, deploy: {labels: [traefik.enable=1]}}
  off: {image: app, labels: [traefik.enable=false, traefik.http.routers.web.rule=x]}
  off-by-deploy: {image: app, labels: [traefik.http.routers.web.rule=x], deploy: {labels: {traefik.enable: false}}}
  invalid: {image: app, labels: [traefik.enable=yes, traefik.http.routers.web.rule=x]}
  unset: {image: app, labels: ["traefik.enable=${ENABLE}", traefik.http.routers.web.rule=x]}
  other: {image: app, labels: [traefik.docker.network=web]}
`, `
alone: router traefik to 80 by services.alone.labels[traefik.enable] (Traefik's default router) open
flag: router traefik to any by services.flag.labels[Traefik.Enable] (Traefik's default router) open
swarm: router traefik to any by services.swarm.deploy.labels[traefik.enable] (Traefik's default router) open
`}, {"caddy-docker-proxy", `
services:
  one: {image: app, labels: {caddy: a.example.com, caddy.reverse_proxy: "{{upstreams 8080}}"}}
  numbered: {image: app, labels: {caddy_0: a, caddy_0.reverse_proxy: "{{ upstreams http 81 }}", caddy_1: b, caddy_1.route.0_reverse_proxy: "/api/* {{upstreams}}"}}
  unset: {image: app, labels: {caddy: "${HOST}", caddy.reverse_proxy: "{{upstreams ${PORT}}}"}}
  elsewhere: {image: app, labels: {caddy: a, caddy.reverse_proxy: "host.docker.internal:80"}}
  unset-all: {image: app, labels: {caddy: a, caddy.reverse_proxy: "${UPSTREAM}"}}
  options: {image: caddy, labels: {caddy.email: me@example.com, caddyfile: "{{upstreams}}"}}
`, `
one: router caddy to 8080 by services.one.labels[caddy.reverse_proxy] (the Caddy site of the labels "caddy") open
numbered: router caddy to 81 by services.numbered.labels[caddy_0.reverse_proxy] (the Caddy site of the labels "caddy_0") open
numbered: router caddy to any by services.numbered.labels[caddy_1.route.0_reverse_proxy] (the Caddy site of the labels "caddy_1") open
unset: router caddy to any by services.unset.labels[caddy.reverse_proxy] (the Caddy site of the labels "caddy") open
`}, {"routers that lead to others", `
services:
  proxy: {image: app, container_name: api}
  beside: {image: app, network_mode: "service:proxy"}
  other: {image: app}
  traefik:
    image: app
    labels:
      traefik.http.routers.a.rule: Host(x)
      traefik.http.routers.a.service: one@docker
      traefik.http.routers.b.service: two
      traefik.http.routers.c.service: one
      traefik.http.routers.d.service: outside
      traefik.http.routers.e.service: unset
      traefik.http.routers.f.service: here
      traefik.http.services.one.loadbalancer.server.url: http://proxy:2375
      traefik.http.services.two.loadBalancer.server.url: https://other/path
      traefik.http.services.outside.loadbalancer.server.url: http://elsewhere.example.com:80
      traefik.http.services.unset.loadbalancer.server.url: "${URL}"
      traefik.http.services.here.loadbalancer.server.port: 80
  by-default: {image: app, labels: [traefik.enable=true, "traefik.http.services.x.loadbalancer.server.url=http://api:2375"]}
  off: {image: app, labels: [traefik.enable=false, "traefik.http.services.x.loadbalancer.server.url=http://api:2375"]}
  caddy: {image: app, labels: {caddy: a, caddy.reverse_proxy: "/v1/* proxy:2375 http://other", caddy.header: "x other:80"}}
  numbered: {image: app, labels: {caddy_1: a, caddy_1.handle.0_reverse_proxy: "other:81 {{upstreams 82}}"}}
`, `
proxy: router traefik to 2375 by services.traefik.labels[traefik.http.services.one.loadbalancer.server.url] (the Traefik router "a") open
proxy: router traefik to 2375 by services.by-default.labels[traefik.http.services.x.loadbalancer.server.url] (Traefik's default router) open
proxy: router caddy to 2375 by services.caddy.labels[caddy.reverse_proxy] (the Caddy site of the labels "caddy") open
beside: router traefik to 2375 by services.traefik.labels[traefik.http.services.one.loadbalancer.server.url] (the Traefik router "a") open
beside: router traefik to 2375 by services.by-default.labels[traefik.http.services.x.loadbalancer.server.url] (Traefik's default router) open
beside: router caddy to 2375 by services.caddy.labels[caddy.reverse_proxy] (the Caddy site of the labels "caddy") open
other: router traefik to 443 by services.traefik.labels[traefik.http.services.two.loadBalancer.server.url] (the Traefik router "b") open
other: router caddy to 80 by services.caddy.labels[caddy.reverse_proxy] (the Caddy site of the labels "caddy") open
other: router caddy to 81 by services.numbered.labels[caddy_1.handle.0_reverse_proxy] (the Caddy site of the labels "caddy_1") open
traefik: router traefik to 80 by services.traefik.labels[traefik.http.routers.f.service] (the Traefik router "f") open
numbered: router caddy to 82 by services.numbered.labels[caddy_1.handle.0_reverse_proxy] (the Caddy site of the labels "caddy_1") open
`}, {"nginx-proxy", `
services:
  host: {image: app, environment: [VIRTUAL_HOST=a.example.com, VIRTUAL_PORT=8080]}
  many: {image: app, environment: {VIRTUAL_HOST: a, VIRTUAL_PORT: 80, VIRTUAL_HOST_MULTIPORTS: "a: {'/': {port: 81}}"}}
  part: {image: app, environment: ["VIRTUAL_HOST=${NAME}.example.com", "VIRTUAL_PORT=${PORT}"]}
  unset: {image: app, environment: ["VIRTUAL_HOST=${NAME}"]}
  passed: {image: app, environment: [VIRTUAL_HOST]}
  empty: {image: app, environment: [VIRTUAL_HOST=]}
`, `
host: router nginx-proxy to 8080 by services.host.environment[VIRTUAL_HOST] (nginx-proxy, by the variable "VIRTUAL_HOST") open
many: router nginx-proxy to any by services.many.environment[VIRTUAL_HOST_MULTIPORTS] (nginx-proxy, by the variable "VIRTUAL_HOST_MULTIPORTS") open
part: router nginx-proxy to any by services.part.environment[VIRTUAL_HOST] (nginx-proxy, by the variable "VIRTUAL_HOST") open
`}, {"Coolify and SWAG", `
services:
  coolify: {image: app, environment: [SERVICE_FQDN_APP, SERVICE_URL_MY-APP_3000=/v1]}
  used: {image: app, environment: ["URL=${SERVICE_FQDN_APP}", "SERVICE_PASSWORD_APP"]}
  swag: {image: app, labels: [swag=enable, swag_port=8080]}
  swag-unset: {image: app, labels: ["swag=${SWAG}"]}
  swag-off: {image: app, labels: [swag=disable]}
`, `
coolify: router coolify to any by services.coolify.environment[SERVICE_FQDN_APP] (the Coolify domain "SERVICE_FQDN_APP") open
coolify: router coolify to 3000 by services.coolify.environment[SERVICE_URL_MY-APP_3000] (the Coolify domain "SERVICE_URL_MY-APP_3000") open
swag: router swag to 8080 by services.swag.labels[swag] (SWAG, by the label "swag") open
`}}, entriesOf)
}

func TestEntriesByDefault(t *testing.T) {
	const others = `
  app: {image: app, networks: [web]}
  behind: {image: app, network_mode: "service:app"}
  labelled: {image: app, networks: [web], labels: [traefik.http.routers.x.rule=x]}
  off: {image: app, networks: [web], labels: [traefik.enable=false]}
  unset: {image: app, networks: [web], labels: ["traefik.enable=${ENABLE}"]}
  apart: {image: app, networks: [back]}
networks: {web: {name: web}, also-web: {name: web}, back: {}}
`
	const labelled = `labelled: router traefik to any by services.labelled.labels[traefik.http.routers.x.rule] (the Traefik router "x") open`
	by := func(at string, services ...string) string {
		var lines []string
		for _, s := range services {
			line := labelled
			if s != "labelled" {
				line = s + ": router traefik to any by services.traefik." + at + " (Traefik, which routes to every container by default) open"
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	traefik := func(fields string) string {
		return "services:\n  traefik: {image: traefik:v3, networks: [web], " + fields + "}" + others
	}
	runReach(t, []reachCase{
		{"an option", traefik(`command: [--providers.docker]`), by("command[providers.docker]", "app", "behind", "labelled")},
		{"any option of the provider", traefik(`command: "--Providers.Docker.Endpoint=tcp://proxy:2375"`),
			by("command[Providers.Docker.Endpoint]", "app", "behind", "labelled")},
		{"variables", traefik(`environment: {TRAEFIK_PROVIDERS_DOCKER: true}`),
			by("environment[TRAEFIK_PROVIDERS_DOCKER]", "app", "behind", "labelled")},
		{"version 1", traefik(`command: [--docker, --docker.watch]`), by("command[docker]", "app", "behind", "labelled")},
		{"stated", traefik(`command: [--providers.docker, --providers.docker.exposedbydefault=true]`),
			by("command[providers.docker]", "app", "behind", "labelled")},
		{"options win over variables", traefik(`command: [--providers.docker], environment: {TRAEFIK_PROVIDERS_DOCKER_EXPOSEDBYDEFAULT: false}`),
			by("command[providers.docker]", "app", "behind", "labelled")},
		{"not exposed", traefik(`command: [--providers.docker, --providers.docker.exposedByDefault=false]`), labelled},
		{"not exposed by a variable", traefik(`environment: [TRAEFIK_PROVIDERS_DOCKER=true, TRAEFIK_PROVIDERS_DOCKER_EXPOSEDBYDEFAULT=false]`), labelled},
		{"not exposed in version 1", traefik(`command: [--docker, --docker.exposedbydefault=false]`), labelled},
		{"unknown", traefik(`command: [--providers.docker, "--providers.docker.exposedbydefault=${EXPOSED}"]`), labelled},
		{"constrained", traefik(`command: [--providers.docker, "--providers.docker.constraints=Label(a,b)"]`), labelled},
		{"no provider", traefik(`command: [--api.dashboard=true, --providers.dockerish=true]`), labelled},
		{"provider off", traefik(`command: [--providers.docker=false]`), labelled},
		{"a file", traefik(`command: [--providers.docker], volumes: ["./traefik.yml:/etc/traefik/traefik.yml"]`), labelled},
		{"a directory", traefik(`command: [--providers.docker], volumes: ["./etc:/etc/traefik"]`), labelled},
		{"a file elsewhere", traefik(`command: [--providers.docker, --configFile=/x.yml]`), labelled},
		{"another file", traefik(`command: [--providers.docker], volumes: ["./acme.json:/etc/traefik/acme.json"]`),
			by("command[providers.docker]", "app", "behind", "labelled")},
		{"another image", "services:\n  traefik: {image: traefik/whoami, networks: [web], command: [--providers.docker]}" + others, labelled},
		{"from a mirror", "services:\n  traefik: {image: \"registry.example.com/mirror/traefik:v3\", networks: [also-web], command: [--providers.docker]}" + others,
			by("command[providers.docker]", "app", "behind", "labelled")},
		{"in a namespace", "services:\n  traefik: {image: traefik, network_mode: \"service:apart\", command: [--providers.docker]}" + others,
			by("command[providers.docker]", "labelled", "apart")},
		{"on the host", "services:\n  traefik: {image: traefik, network_mode: host, command: [--providers.docker]}" + others,
			"traefik: host-network  to any by services.traefik.network_mode (the host's network) open\n" +
				by("command[providers.docker]", "app", "behind", "labelled", "apart")},
	}, entriesOf)
}
