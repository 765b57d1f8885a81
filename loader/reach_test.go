package loader

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/composelint/composelint/loader/topology"
	"github.com/composelint/composelint/model"
)

func TestNetworkOwner(t *testing.T) {
	runReach(t, []reachCase{{"of services", `
services:
  web: {image: app}
  bridge: {image: app, network_mode: bridge}
  named: {image: app, container_name: the-one}
  joined: {image: app, network_mode: "service:web"}
  chain: {image: app, network_mode: "service:joined"}
  container: {image: app, network_mode: "container:the-one"}
  foreign: {image: app, network_mode: "container:of-another-project"}
  none: {image: app, network_mode: none}
  host: {image: app, network_mode: host}
  on-host: {image: app, network_mode: "service:host"}
  host-network: {image: app, networks: [outside]}
  unset: {image: app, network_mode: "${MODE}"}
  on-unset: {image: app, network_mode: "service:unset"}
  unset-part: {image: app, network_mode: "service:${OF}"}
networks:
  outside: {external: true, name: host}
`, `
web: web
bridge: bridge
named: named
joined: web
chain: web
container: named
foreign: -
none: -
host: -
on-host: -
host-network: -
unset: -
on-unset: -
unset-part: -
`}, {"of a cycle", `
services:
  a: {image: app, container_name: a, network_mode: "container:b"}
  b: {image: app, container_name: b, network_mode: "container:a"}
  c: {image: app, network_mode: "container:a"}
  self: {image: app, container_name: self, network_mode: "container:self"}
`, `
a: -
b: -
c: -
self: -
`}, {"of hooks", `
services:
  web:
    image: app
    pre_start: [{command: a}, {command: b, network_mode: "service:vpn"}, {command: c, network_mode: host}]
    post_start: [{command: d}]
    pre_stop: [{command: e}]
  vpn: {image: app}
  joined:
    image: app
    network_mode: service:vpn
    pre_start: [{command: f}]
    post_start: [{command: g}]
  host:
    image: app
    network_mode: host
    pre_start: [{command: h}]
`, `
web: web
vpn: vpn
joined: vpn
host: -
web.pre_start[0]: web.pre_start[0]
web.pre_start[1]: vpn
web.pre_start[2]: -
web.post_start[0]: web
web.pre_stop[0]: web
joined.pre_start[0]: vpn
joined.post_start[0]: vpn
host.pre_start[0]: -
`}}, func(r *Result) []string {
		var lines []string
		for _, s := range r.Project.Services {
			lines = append(lines, s.Name+": "+cmp.Or(s.NetworkOwner, "-"))
		}
		return lines
	})
}

func TestEndpointsResolve(t *testing.T) {
	runReach(t, []reachCase{{"behind another's namespace", `
services:
  vpn: {image: app, networks: [back]}
  proxy: {image: app, network_mode: "service:vpn"}
  by-owner: {image: app, environment: {A: "tcp://vpn:2375"}, networks: [back]}
  by-own-name: {image: app, environment: {A: "tcp://proxy:2375"}, networks: [back]}
  beside: {image: app, environment: {A: "tcp://localhost:2375", B: "tcp://vpn:2375"}, network_mode: "service:vpn"}
  apart: {image: app, environment: {A: "tcp://vpn:2375"}, networks: [front]}
networks: {back: {}, front: {}}
`, `
by-owner A vpn: [beside proxy vpn] true
by-own-name A proxy: [proxy] false
beside A localhost: [proxy vpn] true
beside B vpn: [proxy vpn] true
apart A vpn: [beside proxy vpn] false
`}, {"on the default bridge, by a link", `
services:
  proxy: {image: app, network_mode: bridge}
  linked: {image: app, environment: {A: "tcp://proxy:2375"}, network_mode: bridge, links: [proxy]}
  alias: {image: app, environment: {A: "tcp://docker:2375", B: "tcp://proxy:2375"}, network_mode: default, links: ["proxy:docker"]}
  unlinked: {image: app, environment: {A: "tcp://proxy:2375"}, network_mode: bridge}
  elsewhere: {image: app, environment: {A: "tcp://proxy:2375"}, links: [proxy]}
`, `
linked A proxy: [proxy] true
alias A docker: [proxy] true
alias B proxy: [proxy] false
unlinked A proxy: [proxy] false
elsewhere A proxy: [proxy] false
`}, {"by a host alone", `
services:
  proxy: {image: app}
  app: {image: app, environment: {DOCKER_HOSTNAMES: "proxy, other", WUD_WATCHER_LOCAL_HOST: proxy, ghost: proxy, MODE: proxy, HOST: elsewhere}}
`, `
app DOCKER_HOSTNAMES proxy: [proxy] true
app WUD_WATCHER_LOCAL_HOST proxy: [proxy] true
`}, {"in any case", `
services:
  Proxy: {image: app, networks: {back: {aliases: [Docker]}}}
  app: {image: app, environment: {A: "tcp://PROXY:2375", B: "tcp://docker:2375", C: "tcp://LocalHost:2375"}, networks: [back]}
  linked: {image: app, environment: {A: "tcp://api:2375"}, networks: [back], links: ["Proxy:API"]}
  beside: {image: app, network_mode: "service:app"}
networks: {back: {}}
`, `
app A PROXY: [Proxy] true
app B docker: [Proxy] true
app C LocalHost: [beside] true
linked A api: [Proxy] true
`}, {"by a static address", `
services:
  proxy: {image: app, networks: {back: {ipv4_address: 10.5.0.2, ipv6_address: "fd00:0:0::2"}}}
  beside: {image: app, network_mode: "service:proxy"}
  app: {image: app, environment: {A: "tcp://10.5.0.2:2375", B: "tcp://[fd00::2]:2375", C: "tcp://10.5.0.3:2375"}, networks: [back]}
  named: {image: app, environment: {A: "tcp://docker:2375", B: "tcp://other:2375"}, networks: [back], extra_hosts: [docker:10.5.0.2, other:10.5.0.9]}
  apart: {image: app, environment: {A: "tcp://10.5.0.2:2375"}, networks: [front]}
networks: {back: {}, front: {}}
`, `
app A 10.5.0.2: [beside proxy] true
app B fd00::2: [beside proxy] true
app C 10.5.0.3: [] ?, perhaps of anybody
named A docker: [beside proxy] true
named B other: [] ?, perhaps of anybody
apart A 10.5.0.2: [beside proxy] false
`}, {"a host of the local network", `
services:
  open: {image: app, environment: {A: "tcp://nas:2375"}, networks: [open]}
  internal: {image: app, environment: {A: "tcp://nas:2375", B: "tcp://nas.example.com:2375"}, networks: [internal]}
  both: {image: app, environment: {A: "tcp://nas:2375"}, networks: [internal, open]}
  joined: {image: app, environment: {A: "tcp://nas:2375"}, network_mode: "service:internal"}
  unset: {image: app, environment: {A: "tcp://nas:2375"}, networks: [unset]}
  known: {image: app, environment: {A: "tcp://nas:2375"}, networks: [internal], extra_hosts: {nas: 10.0.0.1}}
networks: {open: {}, internal: {internal: true}, unset: {internal: "${INTERNAL}"}}
`, `
open A nas: [] ?, perhaps of machine
internal A nas: [] false
internal B nas.example.com: [] false
both A nas: [] ?, perhaps of machine
joined A nas: [] false
unset A nas: [] ?, perhaps of anybody
known A nas: [] ?, perhaps of anybody
`}, {"by the name that Compose gives a container", `
name: shop
services:
  proxy: {image: app, networks: [back]}
  socket-proxy: {image: app}
  named: {image: app, container_name: other}
  app:
    image: app
    environment:
      A: tcp://shop-proxy-1:2375
      B: tcp://shop_proxy_12:2375
      C: tcp://shop-socket-proxy-1:2375
      D: tcp://any-other-project-proxy-1:2375
      E: tcp://shop-proxy_1:2375
      F: tcp://shop-proxy:2375
      G: tcp://proxy-1:2375
      H: tcp://shop-named-1:2375
    networks: [back]
networks: {back: {internal: true}}
`, `
app A shop-proxy-1: [proxy] true
app B shop_proxy_12: [proxy] true
app C shop-socket-proxy-1: [socket-proxy] false
app D any-other-project-proxy-1: [proxy] true
app E shop-proxy_1: [proxy] false means proxy
app F shop-proxy: [proxy] false means proxy
app G proxy-1: [proxy] false means proxy
app H shop-named-1: [named] false means named
`}, {"in a namespace that is not known", `
services:
  proxy: {image: app}
  foreign: {image: app, environment: {A: "tcp://proxy:2375"}, network_mode: "container:vpn"}
  none: {image: app, environment: {A: "tcp://proxy:2375"}, network_mode: none}
  unset: {image: app, network_mode: "${MODE}"}
  app: {image: app, environment: {A: "tcp://unset:2375"}}
`, `
foreign A proxy: [proxy] ?, perhaps of anybody
none A proxy: [proxy] false
app A unset: [unset] ?, perhaps of anybody
`}}, func(r *Result) []string {
		var lines []string
		for _, s := range r.Project.Services {
			for _, e := range s.Endpoints {
				lines = append(lines, resolved(s, e))
			}
		}
		return lines
	})
}

// resolved shows whom an endpoint leads to.
func resolved(s model.Service, e model.Endpoint) string {
	line := fmt.Sprintf("%s %s %s: %v", s.Name, e.Name, e.Host, e.Services)
	switch {
	case e.Reachable != nil:
		line += fmt.Sprintf(" %v", *e.Reachable)
	default:
		line += " ?"
	}
	if e.Meant != "" {
		line += " means " + e.Meant
	}
	if e.Beyond != "" {
		line += ", perhaps of " + e.Beyond
	}
	if e.Target != e.Port {
		line += fmt.Sprintf(", at port %d", e.Target)
	}
	return line
}

// BenchmarkReach derives who reaches whom among n services that share a network, are routed
// to by default, and look at their own loopback address.
func BenchmarkReach(b *testing.B) {
	for _, n := range []int{100, 1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var file strings.Builder
			file.WriteString("services:\n  traefik: {image: traefik, command: [--providers.docker]}\n")
			for i := range n {
				fmt.Fprintf(&file, "  s%d: {image: app, ports: [\"%d:80\"], environment: {A: \"tcp://s0:1\", B: \"tcp://localhost:1\"}}\n", i, 1024+i)
			}
			name := b.TempDir() + "/compose.yaml"
			write(b, name, file.String())
			r, err := Load(context.Background(), Options{Files: []string{name}})
			if err != nil {
				b.Fatal(err)
			}
			for i := range r.Project.Services {
				r.Project.Services[i].Entries = nil
			}
			for b.Loop() {
				topology.Connect(r.Project, false)
			}
		})
	}
}
