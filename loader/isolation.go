package loader

import (
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// securityOptions parses the entries as the engine does: NAME, NAME:VALUE, NAME=VALUE.
func (b *builder) securityOptions(at string, n *yamltree.Node) []model.SecurityOption {
	options := []model.SecurityOption{}
	for _, entry := range n.Field("security_opt").Scalars() {
		if b.isUnknown(at, "security_opt", entry) {
			continue
		}
		spec := entry.String()
		name, value, found := strings.Cut(spec, "=")
		if !found {
			name, value, found = strings.Cut(spec, ":")
		}
		if !found {
			value = "true"
		}
		if on, err := strconv.ParseBool(value); err == nil {
			value = strconv.FormatBool(on)
		}
		options = append(options, model.SecurityOption{
			At: b.mark(item(at, "security_opt", name), entry), Name: name, Value: value,
		})
	}
	return options
}

// noNewPrivileges is what the engine makes of the entries: the last one counts. An
// unknown entry may be it, and so may one that a hook inherits.
func (b *builder) noNewPrivileges(options []model.SecurityOption, n *yamltree.Node) *bool {
	for _, o := range slices.Backward(options) {
		if o.Name == "no-new-privileges" {
			return new(o.Value == "true")
		}
	}
	if n == b.inheriting || slices.ContainsFunc(n.Field("security_opt").Scalars(), (*yamltree.Node).Unknown) {
		return nil
	}
	return new(false)
}

func (b *builder) capabilities(at string, n *yamltree.Node, key string) []model.Capability {
	capabilities := []model.Capability{}
	for _, entry := range n.Field(key).Scalars() {
		if b.isUnknown(at, key, entry) {
			continue
		}
		name := strings.TrimPrefix(strings.ToUpper(entry.String()), "CAP_")
		capabilities = append(capabilities, model.Capability{At: b.mark(item(at, key, name), entry), Name: name})
	}
	return capabilities
}

func (b *builder) devices(at string, n *yamltree.Node) []model.Device {
	devices := []model.Device{}
	list := n.Field("devices")
	if list == nil {
		return devices
	}
	for _, entry := range list.Items {
		if entry.Kind != yamltree.Mapping {
			continue
		}
		target := entry.Field("target")
		if target == nil {
			target = entry.Field("source")
		}
		id := hostPath(target.String())
		if target == nil || target.Unknown() {
			id = "?"
		}
		d := model.Device{At: b.mark(item(at, "devices", id), entry)}
		d.Source = b.path(d.At, entry, "source")
		if d.Target = d.Source; entry.Field("target") != nil {
			d.Target = b.path(d.At, entry, "target")
		}
		if d.Permissions = b.text(d.At, entry, "permissions", "rwm"); d.Permissions != nil {
			d.Permissions = new(inOrder(*d.Permissions))
		}
		devices = append(devices, d)
	}
	return devices
}

// inOrder are the permissions of a device in one order.
func inOrder(permissions string) string {
	ordered := ""
	for _, letter := range []string{"r", "w", "m"} {
		if strings.Contains(permissions, letter) {
			ordered += letter
		}
	}
	return ordered
}

// deviceRule is TYPE MAJOR:MINOR ACCESS, as the engine reads it.
var deviceRule = lazyregexp.New(`^\s*([abc])\s+(\d+|\*):(\d+|\*)\s+([rwm]{1,3})\s*$`)

func (b *builder) cgroupRules(at string, n *yamltree.Node) []model.CgroupRule {
	rules := []model.CgroupRule{}
	for _, entry := range n.Field("device_cgroup_rules").Scalars() {
		if b.isUnknown(at, "device_cgroup_rules", entry) {
			continue
		}
		if m := deviceRule().FindStringSubmatch(entry.String()); m != nil {
			id := strings.Join(strings.Fields(entry.String()), " ")
			rules = append(rules, model.CgroupRule{
				At:   b.mark(item(at, "device_cgroup_rules", id), entry),
				Type: m[1], Major: m[2], Minor: m[3], Access: inOrder(m[4]),
			})
		}
	}
	return rules
}

func (b *builder) credentialSpec(at string, n *yamltree.Node) *model.CredentialSpec {
	at, n = b.section(at, n, "credential_spec")
	if n == nil {
		return nil
	}
	return &model.CredentialSpec{
		At:       at,
		File:     b.text(at, n, "file", ""),
		Registry: b.text(at, n, "registry", ""),
		Config:   b.text(at, n, "config", ""),
	}
}

// ulimits reads both forms: a number for both limits, and a mapping.
func (b *builder) ulimits(at string, n *yamltree.Node) []model.Ulimit {
	ulimits := []model.Ulimit{}
	list := n.Field("ulimits")
	for _, name := range list.Keys() {
		entry := list.Field(name)
		u := model.Ulimit{At: b.mark(item(at, "ulimits", name), entry), Name: name}
		if entry.Kind == yamltree.Mapping {
			u.Soft, u.Hard = b.integer(u.At, entry, "soft"), b.integer(u.At, entry, "hard")
		} else if !b.isUnknown(u.At, "", entry) {
			if limit, err := strconv.ParseInt(entry.String(), 10, 64); err == nil {
				u.Soft, u.Hard = &limit, &limit
			}
		}
		ulimits = append(ulimits, u)
	}
	return ulimits
}
