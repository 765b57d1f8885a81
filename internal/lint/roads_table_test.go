package lint

import (
	"fmt"
	"strings"
	"testing"
)

// TestRoadsAsTheyAre asks a project of proxies by every kind of name, port and socket, from every
// kind of network, whether the client reaches the proxy.
func TestRoadsAsTheyAre(t *testing.T) {
	const (
		names   = "moby b985e2313a daemon/libnetwork/sandbox.go 447-500"
		hosts   = "moby b985e2313a daemon/container_operations.go 676-708"
		callers = "wollomatic/socket-proxy bc6606a cmd/socket-proxy/handlehttprequest.go, isAllowedClient"
		listens = "wollomatic/socket-proxy bc6606a internal/config/config.go"
		mounts  = "runc resolves links in the container's root, and /var/run is one to /run"
		clients = "moby client/client_unix.go: DefaultDockerHost"
		shims   = "socat(1): UNIX-LISTEN, TCP"
		ports   = "https://docs.docker.com/engine/network/port-publishing/"
	)
	engine := newEngine(t)
	for _, road := range []struct {
		who, endpoint, verdict, source string
	}{
		{"networks: [api]", "tcp://docker-proxy:2375", "pass", names},
		{"networks: [api]", "tcp://alias:2375", "pass", names},
		{"networks: [api]", "tcp://docker-proxy.shop_api:2375", "pass", names},
		{"networks: [api]", "tcp://docker-proxy.api:2375", "fail", names},
		{"networks: [api]", "tcp://shop-docker-proxy-1:2375", "pass", names},
		{"networks: [api]", "tcp://10.5.0.2:2375", "pass", names},
		{"networks: [api]", "tcp://tasks.docker-proxy:2375", "fail", names},
		{"networks: [api]", "tcp://docker-prxy:2375", "fail", names},
		{"networks: [outside]", "tcp://docker-prxy:2375", "fail", names},
		{"networks: [outside]", "tcp://socket-proxy:2375", "unknown", names},
		{"networks: [default]", "tcp://docker-prxy:2375", "fail", names},
		{"networks: [default]", "tcp://socket-proxy:2375", "fail", names},
		{"networks: [api]", "tcp://socket-proxy:2375", "fail", names},
		{"networks: [default]", "tcp://docker-proxy:2375", "fail", names},
		{"networks: [api]", "tcp://localhost:2375", "fail", hosts},
		{`network_mode: "service:docker-proxy"`, "tcp://localhost:2375", "pass", hosts},
		{"network_mode: host", "tcp://docker-proxy:2375", "fail", hosts},
		{"network_mode: host", "tcp://10.5.0.2:2375", "pass", hosts},
		{"network_mode: host", "tcp://127.0.0.1:12375", "pass", ports},
		{"network_mode: host", "tcp://127.0.0.1:12380", "fail", ports},
		{"network_mode: host", "tcp://127.0.0.1:2375", "unknown", ports},
		{"network_mode: none", "tcp://docker-proxy:2375", "fail", hosts},
		{"network_mode: bridge", "tcp://docker-proxy:2375", "fail", hosts},

		{"networks: [api]", "tcp://docker-proxy:2376", "fail", "Tecnativa/docker-socket-proxy a6fbf38 haproxy.cfg"},
		{"networks: [api]", "tcp://moved:2375", "fail", listens},
		{"networks: [api]", "tcp://moved:2380", "pass", listens},
		{"networks: [api]", "tcp://loopback:2375", "fail", listens},
		{"networks: [api]", "tcp://socket:2375", "fail", listens},
		{"networks: [api]", "tcp://closed:2375", "fail", callers},
		{"networks: [api]", "tcp://others:2375", "fail", callers},

		{"volumes: [\"filtered:/filtered\"]", "unix:///filtered/docker.sock", "pass", listens},
		{"volumes: [\"filtered:/run\"]", "unix:///var/run/docker.sock", "pass", mounts},
		{"volumes: [\"shared:/shared\"]", "unix:///shared/docker.sock", "pass", shims},
		{"volumes: [\"shared:/var/run\"]", "unix:///var/run/docker.sock", "pass", shims},
		{"volumes: [\"shared:/shared\"]", "unix:///shared/other.sock", "fail", shims},
		{"volumes: [\"astray:/astray\"]", "unix:///astray/docker.sock", "unknown", shims},
		{"volumes: [\"filtered:/var/run\"]", "unix:///run/docker.sock", "pass", mounts},
		{"volumes: [\"filtered:/filtered\"]", "unix:///filtered/other.sock", "fail", listens},
		{"volumes: [\"/srv/proxy:/p\"]", "unix:///p/docker.sock", "pass", mounts},
		{"volumes: [\"/srv/proxy/docker.sock:/var/run/docker.sock\"]", "unix:///var/run/docker.sock", "pass", mounts},
		{"volumes: [\"/srv/own:/p\"]", "unix:///p/docker.sock", "unknown", mounts},
		{"networks: [api]", "unix:///var/run/docker.sock", "fail", clients},
	} {
		t.Run(road.who+" "+road.endpoint, func(t *testing.T) {
			r := roadsOf(t, engine, fmt.Sprintf(proxiesOfRoads, road.endpoint, road.who))
			results := r.ofEndpoint("services.client.environment[DOCKER_HOST]")
			verdicts := map[string]bool{}
			for _, result := range results {
				verdicts[result.Verdict] = true
			}
			if len(verdicts) != 1 || !verdicts[road.verdict] {
				t.Errorf("want %s by %s, got %+v", road.verdict, road.source, results)
			}
		})
	}
	t.Run("a client that says nothing", func(t *testing.T) {
		text := strings.Replace(fmt.Sprintf(proxiesOfRoads, "", `volumes: ["filtered:/var/run"]`), "DOCKER_HOST:", "ANY:", 1)
		if r := roadsOf(t, engine, text); !r.isInside("socket", "client") {
			t.Errorf("it is none of those who reach the Docker API by its socket (%s)", clients)
		}
	})
}

const proxiesOfRoads = `
name: shop
services:
  docker-proxy:
    image: tecnativa/docker-socket-proxy:v0.4.1
    volumes: &socket ["/var/run/docker.sock:/var/run/docker.sock:ro"]
    ports: ["127.0.0.1:12375:2375"]
    networks: {api: {ipv4_address: 10.5.0.2, aliases: [alias]}, open: }
  unpublished:
    image: tecnativa/docker-socket-proxy:v0.4.1
    volumes: *socket
    ports: ["127.0.0.1:12380:2375"]
    networks: [api]
  moved:
    image: wollomatic/socket-proxy:1.13.1
    environment: {SP_LISTENIP: 0.0.0.0, SP_ALLOWFROM: client, SP_PROXYPORT: "2380"}
    volumes: *socket
    networks: [api]
  loopback:
    image: wollomatic/socket-proxy:1.13.1
    environment: {SP_ALLOWFROM: 0.0.0.0/0}
    volumes: *socket
    networks: [api]
  closed:
    image: wollomatic/socket-proxy:1.13.1
    environment: {SP_LISTENIP: 0.0.0.0}
    volumes: *socket
    networks: [api]
  others:
    image: wollomatic/socket-proxy:1.13.1
    environment: {SP_LISTENIP: 0.0.0.0, SP_ALLOWFROM: "10.6.0.0/16,closed"}
    volumes: *socket
    networks: [api]
  socket:
    image: wollomatic/socket-proxy:1.13.1
    environment: {SP_PROXYSOCKETENDPOINT: /filtered/docker.sock}
    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro", "filtered:/filtered"]
    networks: [api]
  directory:
    image: 11notes/socket-proxy:2.1.6
    volumes: ["/run/docker.sock:/run/docker.sock:ro", "/srv/proxy:/run/proxy"]
    network_mode: none
  configured:
    image: tecnativa/docker-socket-proxy:v0.4.1
    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro", "/srv/haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg", "/srv/own:/sockets"]
    network_mode: none
  shim:
    image: alpine/socat:1.8.0.3
    command: ["-d", "unix-listen:/out/docker.sock,fork,mode=660", "TCP4:docker-proxy:2375"]
    volumes: ["shared:/out"]
    networks: [api]
  shell:
    image: alpine/socat:1.8.0.3
    entrypoint: sh -c "exec socat UNIX-LISTEN:/out/docker.sock,fork TCP-CONNECT:docker-prxy:2375"
    volumes: ["astray:/out"]
    networks: [api]
  client:
    image: amir20/dozzle:v8.14.6
    environment: {DOCKER_HOST: "%s"}
    %s
volumes: {filtered: {}, shared: {}, astray: {}}
networks:
  api: {internal: true, ipam: {config: [{subnet: 10.5.0.0/24}]}}
  open: {}
  outside: {external: true}
`
