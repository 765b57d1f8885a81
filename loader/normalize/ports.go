package normalize

import (
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// ports writes the published ports. Their public name is host_ip:published:target/protocol,
// without what the file leaves out.
func ports(c cursor) []model.Port {
	ports := []model.Port{}
	list := c.Field("ports")
	if list == nil {
		return ports
	}
	for _, p := range list.Items {
		target, err := strconv.Atoi(p.Field("target").String())
		if p.Kind != yamltree.Mapping || err != nil {
			continue
		}
		port := model.Port{Target: target, Protocol: "tcp"}
		if protocol := p.Field("protocol").String(); protocol != "" {
			port.Protocol = protocol
		}
		in := c.entry("ports", portID(p, port), p)
		port.At = in.at
		port.Published = in.text("published", "")
		port.First, port.Last = portRange(port.Published)
		if port.HostIP = in.text("host_ip", ""); port.HostIP != nil && *port.HostIP == "" {
			port.HostIP = c.engine.hostIP(c.Field("network_mode"))
		}
		ports = append(ports, port)
	}
	return ports
}

// portRange are the first and the last port of a range, or twice the one port. They are 0
// for none, and unknown for what is neither.
func portRange(published *string) (first, last *int64) {
	if published == nil {
		return nil, nil
	}
	if *published == "" {
		return new(int64(0)), new(int64(0))
	}
	from, to, isRange := strings.Cut(*published, "-")
	if !isRange {
		to = from
	}
	low, err := strconv.ParseInt(from, 10, 64)
	if err != nil {
		return nil, nil
	}
	high, err := strconv.ParseInt(to, 10, 64)
	if err != nil {
		return nil, nil
	}
	return &low, &high
}

// expose are the ports that a container offers to others on its networks.
func expose(c cursor) []model.Exposure {
	exposed := []model.Exposure{}
	for _, entry := range c.Field("expose").Scalars() {
		if c.isUnknownEntry("expose", entry) {
			continue
		}
		port, protocol, _ := strings.Cut(entry.String(), "/")
		if protocol == "" {
			protocol = "tcp"
		}
		exposed = append(exposed, model.Exposure{
			At: c.entry("expose", port+"/"+protocol, entry).at, Port: port, Protocol: protocol,
		})
	}
	return exposed
}

func portID(p *yamltree.Node, port model.Port) string {
	id := strconv.Itoa(port.Target) + "/" + port.Protocol
	for _, key := range []string{"published", "host_ip"} {
		field := p.Field(key)
		switch {
		case field == nil || field.String() == "":
		case field.Unknown():
			id = "?:" + id
		default:
			id = field.String() + ":" + id
		}
	}
	return id
}
