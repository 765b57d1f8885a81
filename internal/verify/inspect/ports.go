package inspect

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/model"
)

// ports compares which ports of the host lead to each port of the container. One that joins the network
// namespace of another has those of that, or none.
func (p pair) ports() {
	if p.namespaceSeen(p.container.HostConfig.NetworkMode) != own {
		return
	}
	stated, seen := byTarget(p.file.Ports), byTarget(p.seen.Ports)
	for target, ports := range each(stated) {
		one := check.Check{Section: sectionPorts, ID: target, Subject: p.subject, Decides: "ports", Location: p.place(ports[0].At, ""), Seen: portsText(seen[target])}
		switch {
		case slices.ContainsFunc(ports, func(port model.Port) bool { return port.First == nil || port.HostIP == nil }):
			one.Why = "the file leaves it to a variable where it is published"
		case samePorts(ports, seen[target]):
			one.Expected = one.Seen
		default:
			one.Expected = portsText(ports)
		}
		p.add(one)
	}
	for target, ports := range each(seen) {
		if stated[target] == nil {
			p.compared(check.Check{Section: sectionPorts, ID: target, Expected: portsText(nil), Seen: portsText(ports)}, "ports")
		}
	}
}

// byTarget are ports by those of the container, such as 80/tcp.
func byTarget(all []model.Port) map[string][]model.Port {
	by := map[string][]model.Port{}
	for _, port := range all {
		target := strconv.Itoa(port.Target) + "/" + port.Protocol
		by[target] = append(by[target], port)
	}
	return by
}

// samePorts is true where all that are seen are stated, and none is missing.
func samePorts(stated, seen []model.Port) bool {
	isSeen := func(port model.Port) bool {
		return slices.ContainsFunc(seen, func(s model.Port) bool { return samePort(port, s) })
	}
	isStated := func(s model.Port) bool {
		return slices.ContainsFunc(stated, func(port model.Port) bool { return samePort(port, s) })
	}
	return !slices.ContainsFunc(stated, func(port model.Port) bool { return !isSeen(port) }) && !slices.ContainsFunc(seen, func(s model.Port) bool { return !isStated(s) })
}

// samePort is true where the engine chose a port among those that the files leave it.
func samePort(stated, seen model.Port) bool {
	if hostAddress(*stated.HostIP) != *seen.HostIP {
		return false
	}
	return *stated.First == 0 || *stated.First <= *seen.First && *seen.First <= *stated.Last
}

func portsText(all []model.Port) string {
	if len(all) == 0 {
		return "not published"
	}
	return listOf(all, func(port model.Port) string {
		if text(port.Published) == "" {
			return "any port on " + text(port.HostIP)
		}
		return fmt.Sprintf("%s:%s", text(port.HostIP), text(port.Published))
	})
}
