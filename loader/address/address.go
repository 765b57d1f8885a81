// Package address brings the paths of the host, and the addresses of servers and their hosts, into
// one spelling.
package address

import (
	"net"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/model"
)

// An address is scheme://host:port, scheme:///path or host:port; what follows a | is a
// label (DOZZLE_REMOTE_HOST).
var (
	schemeAddress = lazyregexp.New(`^([a-z][a-z0-9+.-]*)://([^|\s]*)`)
	bareAddress   = lazyregexp.New(`^([A-Za-z][A-Za-z0-9_.-]*|\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]+\]):(\d{1,5})$`)
)

// ParseEndpoint reads the address of a server, with its scheme, host, port and path. It is not ok
// for any other text.
func ParseEndpoint(address string) (model.Endpoint, bool) {
	address = strings.TrimSpace(address)
	if m := bareAddress().FindStringSubmatch(address); m != nil {
		port, _ := strconv.Atoi(m[2])
		return model.Endpoint{Host: strings.Trim(m[1], "[]"), Port: port}, port > 0 && port < 1<<16
	}
	m := schemeAddress().FindStringSubmatch(address)
	if m == nil {
		return model.Endpoint{}, false
	}
	e := model.Endpoint{Scheme: m[1]}
	authority, _, _ := strings.Cut(m[2], "/")
	if e.Scheme == "unix" || e.Scheme == "npipe" || e.Scheme == "fd" {
		e.Path = HostPath(m[2])
		return e, true
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		authority = authority[i+1:]
	}
	e.Host = authority
	if host, port, err := net.SplitHostPort(authority); err == nil {
		e.Host = host
		e.Port, _ = strconv.Atoi(port)
	}
	e.Host = strings.Trim(e.Host, "[]")
	return e, e.Host != ""
}

// IsLoopback is true for the names and addresses of the host that asks.
func IsLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// hostNames are names by which the host is known to itself, or to containers of Docker Desktop and
// Podman (https://docs.docker.com/desktop/features/networking/).
var hostNames = map[string]bool{
	"localhost.localdomain": true, "ip6-localhost": true, "ip6-loopback": true,
	"host.docker.internal": true, "gateway.docker.internal": true, "docker.for.mac.localhost": true,
	"docker.for.win.localhost": true, "host.containers.internal": true, "host-gateway": true,
}

// defaultGateway is the host's address on a bridge whose subnet the engine chose
// (https://docs.docker.com/engine/network/#automatic-subnet-allocation). Those of 192.168 are left
// out, since servers at home have them.
var defaultGateway = lazyregexp.New(`^172\.(1[7-9]|2\d|3[01])\.0\.1$`)

// IsHost is true for the names of the host that the engine runs on, and the addresses that it has
// everywhere.
func IsHost(server string) bool {
	ip := net.ParseIP(server)
	return hostNames[strings.ToLower(server)] || IsLoopback(server) || ip != nil && ip.IsUnspecified() || defaultGateway().MatchString(server)
}

// HostKey is the one spelling of a host: of an address, and of a name, whose case the
// engine's resolver does not mind (addNameToIP, libnetwork/network.go of moby v28.5.1).
func HostKey(host string) string {
	if ip := net.ParseIP(host); ip != nil {
		return ip.String()
	}
	return strings.ToLower(host)
}

// WithoutBrackets is an address of version 6 without what stands around it where a port may follow.
func WithoutBrackets(address string) string {
	if strings.HasPrefix(address, "[") && strings.HasSuffix(address, "]") {
		return address[1 : len(address)-1]
	}
	return address
}
