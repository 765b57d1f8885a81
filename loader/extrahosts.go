package loader

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// extraHosts reads both forms of extra_hosts: a mapping, and a list of NAME=ADDRESS or
// NAME:ADDRESS. A name may have several addresses.
func (b *builder) extraHosts(at string, n *yamltree.Node) []model.Host {
	hosts := []model.Host{}
	add := func(name string, place, address *yamltree.Node) {
		h := model.Host{At: b.mark(item(at, "extra_hosts", name), place), Name: name}
		if !b.isUnknown(h.At, "", address) {
			h.Address = new(withoutBrackets(address.String()))
		}
		hosts = append(hosts, h)
	}
	list := n.Field("extra_hosts")
	for _, name := range list.Keys() {
		for _, address := range list.Field(name).ListOrOne() {
			add(name, address, address)
		}
	}
	for _, entry := range list.Scalars() {
		spec := entry.String()
		end := strings.IndexByte(spec, '=')
		if end < 0 {
			end = strings.IndexByte(spec, ':')
		}
		if end <= 0 {
			continue
		}
		address := entry.Part(end+1, len(spec), spec[end+1:])
		if entry.Text == nil { // made of a mapping, so that its variables are the address's
			address.Variables = entry.Variables
		} else if b.isUnknown(at, "extra_hosts", entry.Part(0, end, nil)) {
			continue
		}
		add(spec[:end], entry, address)
	}
	return hosts
}

func withoutBrackets(address string) string {
	if strings.HasPrefix(address, "[") && strings.HasSuffix(address, "]") {
		return address[1 : len(address)-1]
	}
	return address
}
