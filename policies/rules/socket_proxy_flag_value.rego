# METADATA
# title: Flag value that does not mean what it reads
# description: |
#   The images of socket proxies do not read their flags as a person does. On HAProxy, which
#   Tecnativa's image and today's of linuxserver are built on, a flag is on when its value
#   begins with a number other than zero: `true`, `yes`, `on`, `0x1`, and values that have
#   quotes or a blank in front are off. linuxserver's images on nginx, up to 1.26, take
#   everything but `0` for on: `false` and `no` open a section, `POST` alone needs a `1`, and
#   an empty value keeps nginx from starting. Either way the deployment is not the one that
#   the file seems to describe.
#
#   Write `1` for on and `0` for off: all images agree on these. In a list of variables, leave
#   out quotes around the value: `- CONTAINERS=1`, or put them around the whole entry.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://github.com/linuxserver/docker-socket-proxy
#     description: linuxserver socket-proxy
#   - ref: https://docs.haproxy.org/3.2/configuration.html
#     description: HAProxy configuration manual
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: very-high
#   set: default
#   fixes: [safe, unsafe]
#   controls: [guide]
#   tags: [external/cwe/cwe-732]
#   techniques: [T1609]
package composelint.rules["socket-proxy-flag-value"]

import data.composelint.fewest_flags
import data.composelint.flag_effects
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.proxy_setup
import data.composelint.services
import data.composelint.settings
import data.composelint.socket_proxies

findings contains lint.with_fixes(lint.on(variable, message), _fixes_of_off(name, variable.name)) if {
	some [name, variable] in _flags
	message := _off(name, variable.name, variable.value)
}

findings contains lint.with_fixes(lint.on(variable, message), flag_fixes.set(name, {variable.name: _off_or_on(name, variable.name)})) if {
	some [name, variable] in _flags
	message := _on(name, variable.name, variable.value)
}

findings contains lint.with_fixes(lint.on(variable, message), flag_fixes.set(name, {variable.name: usual})) if {
	some [name, variable] in _flags
	proxy := socket_proxies.facts[name]
	regex.match(data.composelint.truth[proxy.truth].refused, variable.value)
	usual := proxy.variables[variable.name]
	message := $`"{variable.name}" of the socket proxy "{name}" is empty, which keeps the proxy from starting: write "{usual}"`
}

# _flags are the variables that are flags, each with its proxy.
_flags := [[service.name, variable] |
	some service in socket_proxies.services
	not service.name in proxy_setup.replaced
	names := settings.flags[service.name]
	some variable in service.environment
	variable.name in names
]

_off(proxy, name, value) := $`"{name}" of the socket proxy "{proxy}" reads as on, but with {_shown(value)} its image has it off: write {_meant(proxy, name)}` if {
	name in proxy_setup.flags[proxy].off
	regex.match(data.composelint.readings.on, value)
}

_on(proxy, name, value) := $`"{name}" of the socket proxy "{proxy}" reads as off, but with {_shown(value)} its image has it on: write {_off_or_needed(proxy, name)}` if {
	name in proxy_setup.flags[proxy].on
	regex.match(data.composelint.readings.off, value)
}

# What is off stays so, unless it can be on as it reads.
_fixes_of_off(proxy, name) := array.concat(
	[fix | flag_effects.harmless(proxy, proxy_setup.flags[proxy].on | {name}); some fix in flag_fixes.set(proxy, {name: "1"}); not _unneeded(proxy, name)],
	[lint.safe($`set "{name}" to "0"`, [lint.set(services.by_name[proxy], ["environment", name], "0")]) | not name in object.get(fewest_flags.flags_asked, proxy, set())],
)

_unneeded(proxy, name) if {
	fewest_flags.smallest[proxy]
	not name in fewest_flags.flags_asked[proxy]
}

_off_or_on(proxy, name) := "1" if {
	name in fewest_flags.flags_asked[proxy]
} else := "0"

# _meant is what it reads as, unless nobody needs that, or it would do harm.
_meant(proxy, name) := `"0", which leaves it off` if {
	not name in fewest_flags.flags_asked[proxy]
	fewest_flags.smallest[proxy]
} else := `"1"` if {
	name in fewest_flags.flags_asked[proxy]
	flag_effects.harmless(proxy, proxy_setup.flags[proxy].on | {name})
} else := `"1", or "0" to leave it off` if {
	flag_effects.harmless(proxy, proxy_setup.flags[proxy].on | {name})
} else := `"0", which leaves it off, or "1" where a client needs it`

_off_or_needed(proxy, name) := `"1", as its clients need it` if {
	name in fewest_flags.flags_asked[proxy]
} else := `"0"`

_shown(value) := "quotes in the value" if {
	regex.match(`["']`, value)
} else := $`"{value}"`
