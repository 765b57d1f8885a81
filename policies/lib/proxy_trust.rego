# METADATA
# description: |
#   Whether a socket proxy is what its image's name says: the image of its publisher, as it was
#   published. What is not is no proxy that anything is known of, and it holds the socket.
package composelint.proxy_trust

import data.composelint.images
import data.composelint.lookalikes
import data.composelint.mounts
import data.composelint.socket_proxies

# trusted are the proxies that nothing speaks against.
trusted := object.keys(socket_proxies.kinds) - object.keys(doubts)

# doubts are, by proxy, what speaks against it: each with its place, the reason as the end of a
# sentence, and what to do.
doubts[service.name] contains doubt if {
	some service in socket_proxies.services
	not lookalikes.kinds[service.name] # of which nothing is trusted
	some doubt in union({
		_elsewhere(service),
		_made_here(service),
		_rebuilt(service),
		_mounted(service),
		_lent(service),
		_copied(service),
		_loading(service),
		_injected(service),
		_runtime(service),
		_provided(service),
		_started_otherwise(service),
		_without_entrypoint(service),
		_entered(service),
		_checked(service),
		_hooked(service),
	})
}

_doubt(at, key, since, remedy) := {"at": at, "key": key, "since": since, "remedy": remedy}

# --- the image, for which the configuration vouches where it says itself which kind it is

_elsewhere(service) := {_doubt(service.image.at, "", since, remedy) |
	not socket_proxies.named[service.name]
	place := images.places[service.name]
	not _published(service.name, place)
	not _mirrored(place)
	since := $`nobody said that "{place}" is where its publisher puts the image`
	remedy := $`take the image from its publisher, or {_vouching}`
}

# A list of registries is for all images, so that it is no advice where there is none.
default _vouching := `call it a proxy under "roles" of the configuration`

_vouching := `name the mirror in "registries" of the configuration` if count(input.config.registries) > 0

_made_here(service) := {_doubt(service.image.at, "", since, remedy) |
	not socket_proxies.named[service.name]
	service.built == true
	since := "its image is built in the project"
	remedy := "take the image of its publisher, or call yours a proxy under \"roles\" of the configuration"
}

_rebuilt(service) := {_doubt(service.image.at, "", since, remedy) |
	not socket_proxies.named[service.name]
	builder := min(images.builders[service.name])
	since := $`service "{builder}" builds an image of the same name`
	remedy := "give that one another name, or call yours a proxy under \"roles\" of the configuration"
}

_published(name, place) if {
	proxy := data.composelint.proxies[socket_proxies.sold_as[name]]
	some image in proxy.images
	some registry in proxy.registries
	_on_hub(place) == $"{registry}/{image}"
}

# A proxy of the user's own policies may leave out where it is published.
_published(name, _) if not data.composelint.proxies[socket_proxies.sold_as[name]].registries

_on_hub(place) := $"docker.io/{path}" if {
	some registry in data.composelint.proxy_trust.docker_hub.registries
	startswith(place, $"{registry}/")
	path := trim_prefix(place, $"{registry}/")
} else := place

_mirrored(place) if {
	some registry in input.config.registries
	not registry in data.composelint.proxy_trust.public_registries.registries
	startswith(place, $"{trim_suffix(registry, "/")}/")
}

# --- what runs in the container

_mounted(service) := {_doubt(mount.at, "", since, "mount nothing there") |
	some mount in service.mounts
	mount.type != "tmpfs"
	_replaces(mount.target, service.name)
	since := $`"{mount.target}" is mounted over what runs in it`
}

_replaces(target, proxy) if {
	not _configures(target, proxy)
	_covers(target, proxy)
}

_covers(target, proxy) if {
	some path in array.concat(socket_proxies.files[proxy], data.composelint.proxy_trust.system_files.paths)
	_meet(trim_suffix(target, "/"), path)
}

# One is the other, or above it.
_meet(target, path) if startswith($"{target}/", $"{path}/")

_meet(target, path) if startswith($"{path}/", $"{target}/")

_configures(target, proxy) if {
	some pattern in socket_proxies.facts[proxy].configured_by
	regex.match(pattern, target)
}

# What the image of another container declares as a volume is mounted here too, wherever that is.
_lent(service) := {_doubt(source.at, "", since, remedy) |
	some source in service.volumes_from
	since := $`by volumes_from it has what the image of "{source.of}" declares as volumes, perhaps over what runs in it`
	remedy := `mount what it needs by "volumes"`
}

_copied(service) := {_doubt(watch.at, "", since, "watch nothing for it") |
	some watch in service.watch
	startswith(watch.action, "sync")
	since := _copying(service.name, watch.action, watch.target)
}

_copying(_, "sync+exec", _) := "what sync+exec runs has the socket too"

_copying(proxy, action, target) := $`while it is watched, files are copied to "{target}", over what runs in it` if {
	action != "sync+exec"
	_covers(target, proxy)
}

_loading(service) := {_doubt(variable.at, "", since, remedy) |
	some variable in service.environment
	regex.match(data.composelint.proxy_trust.loading_variables.pattern, variable.name)
	variable.value != ""
	remedy := $`leave out "{variable.name}"`
	since := $`by "{variable.name}" it loads or runs what need not be of its image`
}

# Scripts of images that are told by flags write values into a configuration as they are.
_injected(service) := {_doubt(variable.at, "", since, "give it one plain value") |
	some variable in service.environment
	socket_proxies.facts[service.name].language == "flags"
	socket_proxies.facts[service.name].variables[variable.name]
	regex.match(data.composelint.proxy_trust.injections.pattern, variable.value)
	since := $`"{variable.name}" can add settings of its own to the configuration`
}

_runtime(service) := {_doubt(service.at, "runtime", since, `leave out "runtime"`) |
	service.runtime != ""
	not _known_runtime(service.runtime)
	since := $`the runtime "{service.runtime}" may run anything in its place`
}

_known_runtime(name) if {
	some runtime in data.composelint.runtimes.known
	regex.match(runtime.name, name)
}

_provided(service) := {_doubt(service.provider.at, "", since, `leave out "provider"`) |
	since := "docker compose runs a program of the host in its place"
}

_started_otherwise(service) := {_doubt(word.at, "", since, remedy) |
	some key, words in {"entrypoint": service.entrypoint, "command": service.command}
	some i, word in words
	i == 0
	not _of_the_program(key, word, words, service.name)
	remedy := $`leave out "{key}"`
	since := $`its {key} is not that of the image`
}

# What a program reads as options cannot replace it.
_of_the_program("command", _, _, proxy) if _takes_options(socket_proxies.facts[proxy])

_of_the_program("entrypoint", word, _, proxy) if {
	_takes_options(socket_proxies.facts[proxy])
	word.value in socket_proxies.programs[proxy]
}

_of_the_program(_, word, words, proxy) if {
	count(words) == 1
	word.value in socket_proxies.programs[proxy]
}

# What depends on a variable that nobody set is not known.
_of_the_program(_, word, _, _) if not word.value

_takes_options(kind) if kind.language in {"options", "methods", "rules"}

_takes_options(kind) if kind.configured_by_options

_takes_options(kind) if kind.listen.socket_option

_without_entrypoint(service) := {_doubt(service.at, "entrypoint", since, `leave out "entrypoint"`) |
	service.entrypoint_removed == true
	not service.name in _called_by_command
	since := "the entrypoint of its image is taken away"
}

_called_by_command contains service.name if {
	some service in socket_proxies.services
	_of_the_program("entrypoint", service.command[0], service.command, service.name)
}

# --- commands beside it

# Who shares its PID namespace opens its files by /proc, the socket among them, and may change its
# memory. One that has a socket of its own has no need to.
_entered(service) := {_doubt(entrance.at, "", since, "give each a PID namespace of its own") |
	some entrance in _entrances[service.name]
	since := $`it shares its PID namespace with "{entrance.other}", which so reaches the socket`
}

_entrances[service.name] contains {"at": namespace.at, "other": namespace.of} if {
	some service in socket_proxies.services
	some namespace in service.namespaces
	namespace.name == "pid"
	namespace.of != ""
	not namespace.joined in mounts.holders
}

_entrances[namespace.joined] contains {"at": namespace.at, "other": service.name} if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "pid"
	socket_proxies.kinds[namespace.joined]
	not service.name in mounts.holders
}

_checked(service) := {_doubt(service.healthcheck.at, "", since, "let it only ask the proxy whether it answers") |
	not service.name in _unchecked
	words := [word.at | some word in service.healthcheck.test]
	not _only_asks(array.slice(words, 1, count(words)), service)
	since := "its health check does more than ask the proxy whether it answers"
}

_unchecked contains service.name if {
	some service in socket_proxies.services
	service.healthcheck.disabled == true
}

# A pre_start hook runs in a container of its own, which has what the proxy mounts.
_hooked(service) := {_doubt(hook.at, "", since, remedy) |
	some hook in _hooks[service.name]
	hook.name in _doing_more
	remedy := $`leave out "{hook.kind}"`
	since := $"what {hook.kind} runs has the socket too"
}

# _hooks are those of each service.
_hooks[hook.owner] contains hook if {
	some hook in input.project.services
	hook.name != hook.owner
}

# _doing_more are the hooks of proxies that do more than to ask them whether they answer.
_doing_more contains hook.name if {
	some service in socket_proxies.services
	some hook in _hooks[service.name]
	not _only_asks([word.at | some word in hook.command], service)
}

_doing_more contains hook.name if {
	some hook in input.project.services
	hook.name != hook.owner
	some _ in hook.entrypoint
}

_doing_more contains hook.name if {
	some hook in input.project.services
	hook.name != hook.owner
	hook.image
}

_doing_more contains hook.name if {
	some hook in input.project.services
	hook.name != hook.owner
	hook.built == true
}

_doing_more contains hook.name if {
	some hook in input.project.services
	hook.name != hook.owner
	hook.working_dir != ""
	some word in hook.command
	regex.match(`(^|\s)\./`, word.literal)
}

_words contains word if {
	some service in input.project.services
	socket_proxies.kinds[service.owner]
	some word in service.command
}

_words contains word if {
	some service in socket_proxies.services
	some word in service.healthcheck.test
}

# _said are the words, by their at: of one that is not known, what the files say of it.
_said := object.union({word.at: word.literal | some word in _words}, _known)

_known := {word.at: word.value | some word in _words}

_only_asks(words, service) if {
	line := _line([_said[at] | some at in words])
	apart := regex.replace(_to_itself(line, service), data.composelint.proxy_trust.self_checks.compared, ` "" ; $1 ; `)
	keywords := data.composelint.proxy_trust.self_checks.keywords
	parts := {regex.replace(trim_space(part), keywords, "") | some part in regex.split(`\|\||&&|[|;\n]`, apart)}
	count({part | some part in parts; _harmless(part, service.name)}) == count(parts)
}

# Of a word that is a variable which nobody set nothing is known.
_only_asks(words, _) if {
	some at in words
	_said[at] == ""
	not at in object.keys(_known)
}

# _line is a command as a shell reads it, without the shell that is called for it.
_line(words) := words[2] if {
	words[1] == "-c"
	regex.match(`^(/bin/)?(ba|a|da)?sh$`, words[0])
} else := regex.replace(concat(" ", words), data.composelint.proxy_trust.self_checks.shell, "$4$5")

# By its own names the proxy asks itself.
_to_itself(line, service) := strings.replace_n(
	{form: replaced |
		some name in {service.name, service.container_name}
		name != ""
		some [before, after] in [["//", ":"], ["//", "/"], [" ", " "], [" ", ":"]]
		form := concat(name, [before, after])
		replaced := concat("localhost", [before, after])
	},
	line,
)

_harmless("", _)

_harmless(part, _) if regex.match(data.composelint.prepared.patterns.any_self_check, part)

_harmless(part, proxy) if {
	some program in socket_proxies.programs[proxy]
	startswith(part, program)
	regex.match(data.composelint.proxy_trust.self_checks.program_arguments, substring(part, count(program), -1))
}
