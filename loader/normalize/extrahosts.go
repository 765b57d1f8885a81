package normalize

import (
	"strings"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// extraHosts reads both forms of extra_hosts: a mapping, and a list of NAME=ADDRESS or
// NAME:ADDRESS. A name may have several addresses.
func extraHosts(c cursor) []model.Host {
	hosts := []model.Host{}
	add := func(name string, place, to *yamltree.Node) {
		in := c.entry("extra_hosts", name, place)
		h := model.Host{At: in.at, Name: name}
		if !in.isUnknown("", to) {
			h.Address = new(address.WithoutBrackets(to.String()))
		}
		hosts = append(hosts, h)
	}
	list := c.Field("extra_hosts")
	for _, name := range list.Keys() {
		for _, to := range list.Field(name).ListOrOne() {
			add(name, to, to)
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
		to := entry.Part(end+1, len(spec), spec[end+1:])
		if entry.Text == nil { // made of a mapping, so that its variables are the address's
			to.Variables = entry.Variables
		} else if c.isUnknown("extra_hosts", entry.Part(0, end, nil)) {
			continue
		}
		add(spec[:end], entry, to)
	}
	return hosts
}
