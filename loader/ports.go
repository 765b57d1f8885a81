package loader

import (
	"strconv"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// ports writes the published ports. Their public name is host_ip:published:target/protocol,
// without what the file leaves out.
func (b *builder) ports(at string, n *yamltree.Node) []model.Port {
	ports := []model.Port{}
	list := n.Field("ports")
	if list == nil {
		return ports
	}
	for _, p := range list.Items {
		target, err := strconv.Atoi(text(valueOf(p.Field("target"))))
		if p.Kind != yamltree.Mapping || err != nil {
			continue
		}
		port := model.Port{Target: target, Protocol: "tcp"}
		if protocol := text(valueOf(p.Field("protocol"))); protocol != "" {
			port.Protocol = protocol
		}
		port.At = b.mark(item(at, "ports", portID(p, port)), p)
		port.Published = b.text(port.At, p, "published", "")
		port.HostIP = b.text(port.At, p, "host_ip", "0.0.0.0")
		if port.HostIP != nil && *port.HostIP == "" {
			port.HostIP = new("0.0.0.0")
		}
		ports = append(ports, port)
	}
	return ports
}

func portID(p *yamltree.Node, port model.Port) string {
	id := strconv.Itoa(port.Target) + "/" + port.Protocol
	for _, key := range []string{"published", "host_ip"} {
		field := p.Field(key)
		switch {
		case field == nil || text(valueOf(field)) == "":
		case field.Unknown():
			id = "?:" + id
		default:
			id = text(valueOf(field)) + ":" + id
		}
	}
	return id
}
