package loader

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// aName is a name by which a container asks for another one, and what becomes of it.
type aName struct {
	who, name string
	want      string
	// source says where that was read.
	source string
}

const (
	sandbox   = "moby b985e2313a daemon/libnetwork/sandbox.go 447-500, ResolveName"
	container = "moby b985e2313a daemon/container_operations.go 676-708"
	tasks     = "moby b985e2313a daemon/libnetwork/service_common.go 34-37"
	resolver  = "moby b985e2313a daemon/libnetwork/resolver.go, forwardExtDNS"
	create    = "docker/compose f72979427 pkg/compose/create.go 465-474"
	links     = "docker/compose f72979427 pkg/compose/convergence.go 451 ff., getLinks"
	convert   = "docker/cli 28f756087e cli/compose/convert/service.go 218-233"
	hosts     = "extra_hosts is the container's /etc/hosts, which programs read before they ask a name server"
	published = "https://docs.docker.com/engine/network/port-publishing/"
	internal  = "https://docs.docker.com/reference/compose-file/networks/#internal: no port is published"
	bridges   = "https://docs.docker.com/engine/network/drivers/bridge/: the host has a route to each bridge"
)

// TestNames asks a project for its proxy by every kind of name, from every kind of network.
func TestNames(t *testing.T) {
	const compose = `
name: shop
services:
  proxy:
    image: app
    hostname: engine
    networks:
      api: {aliases: [docker, docker.api], ipv4_address: 10.5.0.2}
      named: {aliases: [elsewhere]}
      isolated: {ipv4_address: 10.6.0.2}
      varied: {ipv4_address: 10.7.0.2}
    ports: ["127.0.0.1:12375:2375", "12376:2376"]
  inside:
    image: app
    container_name: The-Inside
    networks: {api: {}}
    ports: ["12377:2377"]
  beside: {image: app, network_mode: "service:proxy"}
  listens: {image: app, network_mode: host}
  client:
    image: app
    networks: [api]
    extra_hosts: [known:10.5.0.2, host:host-gateway, proxy-of-others:10.9.9.9, "docker.api:10.9.9.9", "inside.here:${UNSET}"]
  linked: {image: app, networks: [api], links: ["proxy:linked-proxy", inside]}
  joined: {image: app, network_mode: "service:client"}
  plain: {image: app, networks: [api]}
  shared: {image: app, networks: [named]}
  open: {image: app}
  others: {image: app, networks: [outside]}
  internal: {image: app, networks: [api]}
  host: {image: app, network_mode: host, extra_hosts: [known:10.5.0.2]}
  bridge: {image: app, network_mode: bridge}
  none: {image: app, network_mode: none}
networks:
  api: {internal: true, ipam: {config: [{subnet: 10.5.0.0/24}]}}
  named: {name: docker.api}
  isolated:
    internal: true
    driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: isolated}
    ipam: {config: [{subnet: 10.6.0.0/24}]}
  varied: {driver: "${UNSET}", ipam: {config: [{subnet: 10.7.0.0/24}]}}
  outside: {external: true}
`
	askNames(t, compose, false, []aName{
		{"plain", "proxy", "[beside proxy] true", create},
		{"plain", "PROXY.", "[beside proxy] true", sandbox},
		{"plain", "docker", "[beside proxy] true", create},
		{"plain", "engine", "[beside proxy] true", container},
		{"plain", "the-inside", "[inside] true", container},
		{"plain", "shop-proxy-1", "[beside proxy] true", create},
		{"plain", "beside", "[beside] false", container},
		{"plain", "10.5.0.2", "[beside proxy] true", container},
		{"plain", "10.5.0.3", "[] ?, perhaps of anybody", container},

		// An alias is one of its network alone.
		{"plain", "elsewhere", "[beside proxy] false", create},
		{"shared", "elsewhere", "[beside proxy] true", create},
		{"shared", "docker", "[beside proxy] false", create},
		{"shared", "proxy", "[beside proxy] true", create},
		{"shared", "10.5.0.2", "[beside proxy] false", container},

		// NAME.NETWORK is by the engine's name of the network.
		{"plain", "proxy.shop_api", "[beside proxy] true", sandbox},
		{"plain", "engine.shop_api", "[beside proxy] true", sandbox},
		{"plain", "shop-proxy-1.shop_api", "[beside proxy] true", sandbox},
		{"plain", "docker.api.shop_api", "[beside proxy] true", sandbox},
		{"plain", "docker.api", "[beside proxy] true", sandbox},
		{"plain", "proxy.api", "[beside proxy] false means proxy", sandbox},
		{"plain", "proxy.other_api", "[] false", sandbox},
		{"plain", "proxy.docker.api", "[beside proxy] false", sandbox},
		{"shared", "proxy.docker.api", "[beside proxy] true", sandbox},
		{"shared", "elsewhere.docker.api", "[beside proxy] true", sandbox},
		{"shared", "proxy.named", "[beside proxy] ? means proxy, perhaps of anybody", sandbox},
		{"shared", "proxy.shop_named", "[] ?, perhaps of anybody", sandbox},

		// A hosts file comes before the resolver.
		{"client", "known", "[beside proxy] true", hosts},
		{"client", "proxy-of-others", "[] ?, perhaps of anybody", hosts},
		{"client", "docker.api", "[] ?, perhaps of anybody", hosts},
		{"client", "inside.here", "[] ?, perhaps of anybody", hosts},
		{"client", "proxy", "[beside proxy] true", hosts},
		{"joined", "proxy", "[beside proxy] true", container},

		// A link is of one container alone.
		{"linked", "linked-proxy", "[beside proxy] true", links},
		{"linked", "proxy-1", "[beside proxy] true", links},
		{"linked", "inside-2", "[inside] true", links},
		{"plain", "linked-proxy", "[] false", links},
		{"plain", "proxy-1", "[beside proxy] false means proxy", create},

		// Only a swarm has these.
		{"plain", "tasks.proxy", "[beside proxy] false means proxy", tasks},
		{"plain", "shop_proxy", "[beside proxy] false means proxy", convert},

		// Slips of the pen.
		{"plain", "prxoy", "[beside proxy] false means proxy", resolver},
		{"open", "prxoy", "[beside proxy] ? means proxy, perhaps of machine", resolver},
		{"others", "prxoy", "[beside proxy] ? means proxy, perhaps of anybody", resolver},
		{"others", "proxy-1", "[] ?, perhaps of anybody", resolver},
		{"others", "pro_xy", "[beside proxy] ? means proxy, perhaps of anybody", resolver},
		{"others", "proxies", "[] ?, perhaps of anybody", resolver},
		{"open", "prxyz", "[beside proxy] ? means proxy, perhaps of machine", resolver},
		{"others", "prxyz", "[] ?, perhaps of anybody", resolver},
		{"others", "prox", "[beside proxy] ? means proxy, perhaps of anybody", resolver},
		{"others", "proxy2", "[] ?, perhaps of anybody", resolver},
		{"plain", "nothing", "[] false", resolver},
		{"open", "nothing", "[] ?, perhaps of machine", resolver},
		{"others", "nothing", "[] ?, perhaps of anybody", resolver},
		{"others", "proxy", "[beside proxy] false", sandbox},
		{"plain", strings.Repeat("a.", 1000) + "shop_api", "[] false", "RFC 1035 2.3.4"},

		// The loopback address is of the network namespace.
		{"plain", "localhost", "[] false", container},
		{"plain", "0.0.0.0", "[] false", container},
		{"joined", "127.0.0.1", "[client] true", container},
		{"beside", "localhost", "[proxy] true", container},
		{"none", "localhost", "[] false", container},
		{"none", "proxy", "[beside proxy] false", container},
		{"none", "nothing", "[] false", container},
		{"bridge", "proxy", "[beside proxy] false", container},

		// The host knows no names of containers, but its ports and its bridges.
		{"host", "proxy", "[beside proxy] false", sandbox},
		{"host", "shop-proxy-1", "[beside proxy] false", sandbox},
		{"host", "proxy.shop_api", "[beside proxy] false", sandbox},
		{"host", "10.5.0.2", "[beside proxy] true", bridges},
		{"host", "10.6.0.2", "[beside proxy] false", bridges},
		{"host", "10.7.0.2", "[beside proxy] ?, perhaps of anybody", bridges},
		{"host", "known", "[beside proxy] true", hosts},
		{"host", "localhost:12375", "[beside listens proxy] true, at port 2375", published},
		{"host", "127.0.0.1:12376", "[beside listens proxy] true, at port 2376", published},
		{"host", "127.0.0.1:12377", "[listens] true", internal},
		{"host", "172.17.0.1:12376", "[beside listens proxy] true, at port 2376", published},
		{"host", "172.17.0.1:12375", "[listens] true", published},
		{"host", "nas", "[] ?, perhaps of machine", sandbox},

		// Containers reach what the host publishes on other addresses than its loopback one.
		{"client", "host:12376", "[host listens] true", internal},
		{"open", "10.5.0.1:12376", "[beside host listens proxy] true, at port 2376", bridges},
		{"plain", "10.5.0.1:12376", "[host listens] true", bridges},
		{"plain", "10.6.0.1:12376", "[] ?, perhaps of anybody", bridges},
		{"plain", "10.5.0.1:12375", "[host listens] true", bridges},
		{"none", "172.17.0.1:12376", "[] false", bridges},
		{"open", "host.docker.internal:12376", "[beside host listens proxy] true, at port 2376", published},
		{"open", "host.docker.internal:12375", "[host listens] true", published},
		{"open", "172.17.0.1:12376", "[beside host listens proxy] true, at port 2376", published},
	})
}

// TestPortsWithoutEffect asks for ports of the host that no container gets.
func TestPortsWithoutEffect(t *testing.T) {
	askNames(t, `
services:
  proxy:
    image: app
    networks: [api]
    ports: ["12375:2375"]
  local: {image: app, ports: ["127.0.0.1:12376:2375"]}
  plain: {image: app, networks: [api]}
  open: {image: app}
  host: {image: app, network_mode: host}
networks:
  api: {internal: true}
`, false, []aName{
		{"host", "localhost:12375", "[proxy] false", internal},
		{"host", "localhost:12376", "[local] true, at port 2375", published},
		{"host", "localhost:12377", "[] ?, perhaps of anybody", published},
		{"open", "172.17.0.1:12375", "[host] true", internal},
	})
	askNames(t, `
services:
  local: {image: app, ports: ["127.0.0.1:12376:2375"]}
  open: {image: app}
`, false, []aName{
		{"open", "172.17.0.1:12376", "[local] false", published},
	})
}

// TestNamesOfSwarm asks for names in a stack: by docker stack deploy, and by a file that only a
// swarm can run.
func TestNamesOfSwarm(t *testing.T) {
	const compose = `
name: shop
services:
  agent:
    image: app
    container_name: the-agent
    hostname: engine
    networks: {api: {aliases: [docker]}}
  plain: {image: app, networks: [api], links: ["agent:linked"]}
networks:
  api: {driver: overlay}
`
	both := []aName{
		{"plain", "agent", "[agent] true", convert},
		{"plain", "tasks.agent", "[agent] true", tasks},
		{"plain", "tasks.docker", "[agent] true", tasks},
		{"plain", "any-stack_agent", "[agent] true", convert},
		{"plain", "engine", "[agent] true", container},
		{"plain", "agent.shop_api", "[agent] true", sandbox},
	}
	askNames(t, compose, true, append([]aName{
		{"plain", "tasks.agent.other_api", "[agent] true", sandbox},
		{"plain", "the-agent", "[agent] false", convert},
		{"plain", "linked", "[] ?, perhaps of machine", convert},
		{"plain", "shop-agent-1", "[agent] ? means agent, perhaps of machine", convert},
	}, both...))
	askNames(t, compose, false, append([]aName{
		{"plain", "the-agent", "[agent] true", container},
		{"plain", "linked", "[agent] true", links},
	}, both...))
}

// TestNamesOfUnknownProject has no name of the project: what stands before that of a network is not
// asked.
func TestNamesOfUnknownProject(t *testing.T) {
	askNames(t, `
services:
  proxy: {image: app, networks: [api]}
  plain: {image: app, networks: [api]}
networks:
  api: {internal: true}
`, false, []aName{
		{"plain", "proxy.shop_api", "[proxy] true", sandbox},
		{"plain", "proxy.any-other_api", "[proxy] true", sandbox},
		{"plain", "proxy.api", "[proxy] false means proxy", sandbox},
		{"plain", "shop_proxy", "[] false", convert},
	})
}

// askNames gives each service an endpoint at each name, by an override file.
func askNames(t *testing.T, compose string, swarm bool, names []aName) {
	t.Helper()
	dir := t.TempDir()
	for i, n := range names {
		t.Run(n.who+" asks for "+n.name, func(t *testing.T) {
			host, port := n.name, ""
			if !strings.Contains(host, ":") {
				port = ":2375"
			}
			file, override := filepath.Join(dir, "compose.yaml"), filepath.Join(dir, "override.yaml")
			write(t, file, compose)
			write(t, override, "services:\n  "+n.who+":\n    environment:\n      A: tcp://"+host+port+"\n")
			r, err := Load(t.Context(), Options{Files: []string{file, override}, Swarm: swarm})
			if err != nil {
				t.Fatal(err)
			}
			os.Remove(override)
			for _, s := range r.Project.Services {
				for _, e := range s.Endpoints {
					want := s.Name + " A " + e.Host + ": " + n.want
					if got := resolved(s, e); s.Name == n.who && got != want {
						t.Errorf("%s\ngot  %s\nwant %s\nby %s", names[i].name, got, want, n.source)
					}
				}
			}
		})
	}
}
