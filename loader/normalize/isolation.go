package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// securityOptions parses the entries as the engine does: NAME, NAME:VALUE, NAME=VALUE. That of docker
// compose itself has one spelling, systempaths=unconfined.
func securityOptions(c cursor) []model.SecurityOption {
	options := []model.SecurityOption{}
	for _, entry := range c.Field("security_opt").Scalars() {
		if c.isUnknownEntry("security_opt", entry) {
			continue
		}
		spec := entry.String()
		name, value, found := strings.Cut(spec, "=")
		if !found && !strings.HasPrefix(spec, "systempaths:") {
			name, value, found = strings.Cut(spec, ":")
		}
		if !found {
			value = "true"
		}
		if on, err := strconv.ParseBool(value); err == nil {
			value = strconv.FormatBool(on)
		}
		options = append(options, model.SecurityOption{
			At: c.entry("security_opt", name, entry).at, Name: name, Value: value,
		})
	}
	return options
}

// noNewPrivileges is what the engine makes of the entries: the last one counts, or its default. An
// unknown entry may be it, and so may one that a hook inherits.
func noNewPrivileges(c cursor, options []model.SecurityOption) *bool {
	for _, o := range slices.Backward(options) {
		if o.Name == "no-new-privileges" {
			return new(o.Value == "true")
		}
	}
	if c.inherits || slices.ContainsFunc(c.Field("security_opt").Scalars(), (*yamltree.Node).Unknown) {
		return nil
	}
	return c.engine.noNewPrivileges()
}

func capabilities(c cursor, key string) []model.Capability {
	capabilities := []model.Capability{}
	for _, entry := range c.Field(key).Scalars() {
		if c.isUnknownEntry(key, entry) {
			continue
		}
		name := capabilityName(entry.String())
		capabilities = append(capabilities, model.Capability{At: c.entry(key, name, entry).at, Name: name})
	}
	return capabilities
}

// capabilityName is a name without the prefix that it may have, which ALL may not.
func capabilityName(stated string) string {
	name := strings.ToUpper(stated)
	if name == "CAP_ALL" {
		return name
	}
	return strings.TrimPrefix(name, "CAP_")
}

func devices(c cursor) []model.Device {
	devices := []model.Device{}
	list := c.Field("devices")
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
		id := address.HostPath(target.String())
		if target == nil || target.Unknown() {
			id = "?"
		}
		in := c.entry("devices", id, entry)
		d := model.Device{At: in.at, Source: in.path("source")}
		if d.Target = d.Source; entry.Field("target") != nil {
			d.Target = in.path("target")
		}
		if d.Permissions = in.text("permissions", "rwm"); d.Permissions != nil {
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

func cgroupRules(c cursor) []model.CgroupRule {
	rules := []model.CgroupRule{}
	for _, entry := range c.Field("device_cgroup_rules").Scalars() {
		if c.isUnknownEntry("device_cgroup_rules", entry) {
			continue
		}
		if m := deviceRule().FindStringSubmatch(entry.String()); m != nil {
			id := strings.Join(strings.Fields(entry.String()), " ")
			rules = append(rules, model.CgroupRule{
				At:   c.entry("device_cgroup_rules", id, entry).at,
				Type: m[1], Major: m[2], Minor: m[3], Access: inOrder(m[4]),
			})
		}
	}
	return rules
}

func credentialSpec(c cursor) *model.CredentialSpec {
	c = c.below("credential_spec")
	if c.Node == nil {
		return nil
	}
	return &model.CredentialSpec{
		At:       c.at,
		File:     c.text("file", ""),
		Registry: c.text("registry", ""),
		Config:   c.text("config", ""),
	}
}

// ulimits reads both forms: a number for both limits, and a mapping.
func ulimits(c cursor) []model.Ulimit {
	ulimits := []model.Ulimit{}
	list := c.Field("ulimits")
	for _, name := range list.Keys() {
		entry := list.Field(name)
		in := c.entry("ulimits", name, entry)
		u := model.Ulimit{At: in.at, Name: name}
		if entry.Kind == yamltree.Mapping {
			u.Soft, u.Hard = in.integer("soft"), in.integer("hard")
		} else if !in.isUnknown("", entry) {
			if limit, err := strconv.ParseInt(entry.String(), 10, 64); err == nil {
				u.Soft, u.Hard = &limit, &limit
			}
		}
		ulimits = append(ulimits, u)
	}
	if c.inherits {
		return ulimits
	}
	return c.engine.ulimits(ulimits)
}
