# METADATA
# title: Variable or profile that the socket proxy's image does not have
# description: |
#   A variable that an image does not know has no effect, whatever its name promises: `DELETE`
#   is a flag of no HAProxy image but fluencelabs', so that `DELETE=0` on Tecnativa's forbids
#   nothing; requests that delete follow `POST`. The same holds for a slip in a name, for a
#   flag of another image, and for one that only newer tags have: `ALLOW_LOGS=0` closes the
#   logs on linuxserver's image from ls92 on, not before. knrdl's image takes all that it lets
#   through from one profile, and exits where `PROFILE` names none that it has.
#
#   Write the name as the image's documentation does, or remove the variable: nothing changes
#   for the container. Of the profiles, take one that does what the clients need and no more.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://github.com/linuxserver/docker-socket-proxy
#     description: linuxserver socket-proxy
#   - ref: https://github.com/wollomatic/socket-proxy
#     description: wollomatic socket-proxy
#   - ref: https://github.com/knrdl/docker-socket-protector
#     description: knrdl docker-socket-protector
# custom:
#   severity: warning
#   precision: high
#   set: default
#   fixes: [safe, unsafe]
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["socket-proxy-unknown-flag"]

import data.composelint.effective_api
import data.composelint.flag_effects
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.mounts
import data.composelint.proxy_setup
import data.composelint.proxy_sockets
import data.composelint.settings
import data.composelint.socket_proxies

findings contains lint.with_fixes(lint.on(variable, message), _fixes(service, variable, guess)) if {
	some service in socket_proxies.services
	unknown := settings.unknown[service.name]
	some variable in service.environment
	variable.from_file == false
	not variable.at in _closed_anyway
	guess := unknown[variable.name]
	message := _message(variable.name, object.get(variable, "value", ""), service.name, guess)
}

# An env file may be meant for other services as well: of its variables only those count that
# are set like a flag and resemble one.
findings contains lint.with_fixes(lint.on(variable, message), _fixes(service, variable, guess)) if {
	some service in socket_proxies.services
	unknown := settings.unknown[service.name]
	some variable in service.environment
	variable.from_file == true
	guess := unknown[variable.name]
	not guess.is in {"elsewhere", "nothing"}
	not variable.at in _closed_anyway
	regex.match(data.composelint.readings.flag, variable.value)
	message := _message(variable.name, object.get(variable, "value", ""), service.name, guess)
}

# Without a profile, or with one that its image does not have, a proxy does not start.
findings contains lint.with_fix(lint.on({"at": effective_api.place(service.name, variable)}, message), lint.by_hand("which profile its clients need is not known")) if {
	some service in socket_proxies.services
	variable := socket_proxies.facts[service.name].profile_variable
	profile := settings.unknown_profiles[service.name]
	message := $`the socket proxy "{service.name}" does not start {_without(profile, variable)}: {_instead(service.name)}`
}

_instead(proxy) := $`write "{meant}"` if {
	meant := settings.meant_profiles[proxy]
} else := $`its profiles are {settings.profiles_of[proxy]}`

_without("", variable) := $`without a profile in "{variable}"`

_without(profile, variable) := $`with "{profile}" in "{variable}", which is no profile of its image` if profile != ""

# _closed_anyway are the variables, by their at, that would open something in a newer tag, but
# are off.
_closed_anyway := {variable.at |
	some service in socket_proxies.services
	unknown := settings.unknown[service.name]
	some variable in service.environment
	guess := unknown[variable.name]
	guess.is == "later"
	guess.closes == false
	regex.match(data.composelint.readings.off, variable.value)
}

_message(name, value, proxy, guess) := $`"{name}" of the socket proxy "{proxy}" is no variable of this tag of its image, only of newer ones: use one of these, or remove it` if {
	guess.is == "later"
} else := $`"{name}" is no variable of the socket proxy "{proxy}", as {guess.method} requests follow "{effective_api.gates[proxy]}": remove it` if {
	guess.is == "method"
} else := $`"{name}" is no variable of the socket proxy "{proxy}", as only its networks decide who may connect: remove it` if {
	guess.is == "networks"
} else := $`"{name}" is no variable of the socket proxy "{proxy}" and has no effect, and as "{guess.meant}" it would lead to no socket: remove it` if {
	guess.is == "meant"
	_leads_to_no_socket(proxy, guess.meant, value)
} else := $`"{name}" is no variable of the socket proxy "{proxy}" and has no effect: write "{guess.meant}"{_unless(proxy, guess.meant, value)}` if {
	guess.is == "meant"
} else := $`"{name}" is no variable of the socket proxy "{proxy}", only of other images: remove it` if {
	guess.is == "elsewhere"
} else := $`"{name}" is no variable of the socket proxy "{proxy}" and has no effect: remove it`

# What would have an effect by another name is as it was meant only there.
_fixes(service, variable, guess) := [lint.unsafe(
	$`write "{guess.meant}" instead of "{variable.name}"`,
	$`"{guess.meant}" has an effect, which "{variable.name}" had not`,
	[lint.rename(variable, guess.meant)],
)] if {
	guess.is == "meant"
	not _leads_to_no_socket(service.name, guess.meant, variable.value)
	_unless(service.name, guess.meant, variable.value) == ""
} else := flag_fixes.drop(variable)

# _unless is added where what is meant would do harm in its own name.
_unless(proxy, meant, value) := " where a client needs it, or remove it" if {
	truth := data.composelint.truth[socket_proxies.facts[proxy].truth]
	regex.match(truth.flag, value)
	on_flags := proxy_setup.flags[proxy].on
	not flag_effects.harmless(proxy, on_flags | {meant})
} else := ""

# _leads_to_no_socket is true of a path for a setting that says where the socket is, which is elsewhere.
_leads_to_no_socket(proxy, meant, value) if {
	meant == proxy_sockets.setting[proxy]
	proxy_sockets.wanted[proxy].path != mounts.one_spelling(value)
}
