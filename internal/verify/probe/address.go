package probe

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path"
	"strings"
)

// Address is where a Docker API is asked.
type Address struct {
	// network and host are what is dialled: "unix" with a path, "tcp" with a host and a port.
	network, host string
	// encrypted is true where the scheme says so.
	encrypted bool
	text      string
}

// ParseAddress reads an address in the forms of DOCKER_HOST.
func ParseAddress(text string) (Address, error) {
	if strings.Contains(text, "@") { // which is not shown
		return Address{}, errors.New("the address cannot have credentials in it: write tcp://HOST:PORT or unix:///PATH")
	}
	wrong := fmt.Errorf("the address cannot be %q: write tcp://HOST:PORT or unix:///PATH", text)
	u, err := url.Parse(text)
	if err != nil || u.RawQuery != "" || u.Fragment != "" {
		return Address{}, wrong
	}
	a := Address{text: text, encrypted: u.Scheme == "https"}
	switch u.Scheme {
	case "unix":
		if u.Host != "" || !strings.HasPrefix(text, "unix:///") || path.Clean(u.Path) == "/" {
			return Address{}, wrong
		}
		a.network, a.host = "unix", u.Path
	case "tcp", "http", "https":
		if u.Hostname() == "" || strings.HasPrefix(u.Hostname(), "-") || u.Port() == "" || strings.Trim(u.Path, "/") != "" {
			return Address{}, wrong
		}
		a.network, a.host = "tcp", net.JoinHostPort(u.Hostname(), u.Port())
	default:
		return Address{}, wrong
	}
	return a, nil
}

// Host is the name or the address of the server, empty of a unix socket.
func (a Address) Host() string {
	if a.network != "tcp" {
		return ""
	}
	host, _, _ := net.SplitHostPort(a.host)
	return host
}

// Port is that of the server, empty of a unix socket.
func (a Address) Port() string {
	if a.network != "tcp" {
		return ""
	}
	_, port, _ := net.SplitHostPort(a.host)
	return port
}

// Encrypted is true where the scheme says that the connection has TLS.
func (a Address) Encrypted() bool { return a.encrypted }

func (a Address) String() string { return a.text }
