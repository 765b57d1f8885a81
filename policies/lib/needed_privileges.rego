# METADATA
# description: What programs need of the host to do their work at all, so that no advice takes it from them.
package composelint.needed_privileges

import data.composelint.images
import data.composelint.mounts
import data.composelint.services

# programs are, by service, what is known of a program that needs something of the host: an entry of
# data.composelint.image_privileges.
programs := {service.name: program |
	some service in input.project.services
	program := data.composelint.image_privileges.programs[data.composelint.prepared.privileged_program_of[images.unaltered[service.name]]]
	_is_set_up(program, service.name)
}

_is_set_up(program, _) if not program.device

_is_set_up(program, name) if {
	service := services.by_name[name]
	some path in array.concat([device.source | some device in service.devices], [mount.host_path | some mount in service.mounts])
	path == program.device
}

# mount are, by their at, the mounts of what a program has to read there, read-only, each with what that
# is for as a phrase.
mount := {at: phrase | some at, phrase in _read; at in mounts.read_only}

# writable are those that are not read-only, but could be.
writable := {at | some at, _ in _read; at in mounts.writable}

_read := {one.at: phrase |
	some service in input.project.services
	program := programs[service.name]
	some one in service.mounts
	_reads(program, one.host_path)
	phrase := for_it(program)
}

_reads(program, "/") if program.root == true

_reads(program, path) if {
	some needed in program.paths
	startswith($"{path}/", $"{needed}/")
}

# of is what a program needs something of a kind for, as a phrase; there is none where it does not.
#     [phrase | phrase := needed_privileges.of("vpn", "capabilities", "NET_ADMIN")]
of(name, kind, value) := for_it(programs[name]) if value in programs[name][kind]

# for_it is the phrase.
#     needed_privileges.for_it({"name": "gluetun", "why": "to build its tunnel"})
for_it(program) := $"which {program.name} needs {program.why}"

# remains says what the need leaves open, for whoever gets into the service.
#     needed_privileges.remains("read every secret there")
remains(can) := $"whoever takes it over can {can}, so let as few as possible reach it"
