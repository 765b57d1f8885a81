# METADATA
# description: The names of the services' images, and which are pulled, or pulled in any version.
package composelint.images

# names are, by service, the last two elements of the image's path: what a registry or a mirror
# puts before them makes no other image.
names := {service.name: name |
	some service in input.project.services
	some name in regex.find_n(`[^/]+(/[^/]+)?$`, service.image.repository, 1)
}

# short_names are, by service, those by which tables know its image: the last element of the path,
# and the last two.
short_names := {service.name: {last, names[service.name]} |
	some service in input.project.services
	some last in regex.find_n(`[^/]+$`, service.image.repository, 1)
}

# known are, by service, the names by which tables know what an image does: the last two elements of
# the path, and one for Docker's own images, also in a mirror.
known := {service: trim_prefix(name, "library/") | some service, name in names}

# unaltered are, by service, the names (known) of the images of which it is known how they start: they come
# from a registry, and the project gives them no entrypoint of its own.
unaltered := {service.name: known[service.name] |
	some service in input.project.services
	service.name in pulled
	service.complete == true
	service.entrypoint == []
	service.entrypoint_removed == false
}

# first_words are, by service, the first word of its command, in a list, which is empty where it states
# none. A service of which that is not known is left out.
first_words := {service.name: first |
	some service in input.project.services
	first := [word.value | some word in array.slice(service.command, 0, 1)]
	count(first) == min([1, count(service.command)])
}

# starts is true of a command with which the entrypoint of an image starts its server: one that begins
# with an option, or with one of the programs.
#     images.starts(["--appendonly", "yes"], ["redis-server"])
starts([], _)

starts(words, _) if startswith(words[0], "-")

starts(words, programs) if words[0] in programs

# places are, by service, where its image is pulled from: registry and repository.
places := {service.name: place |
	some service in input.project.services
	place := _place(service.image.registry, service.image.repository)
}

_place("", repository) := $"docker.io/library/{repository}" if not contains(repository, "/")

_place("", repository) := $"docker.io/{repository}" if contains(repository, "/")

_place(registry, repository) := $"{registry}/{repository}" if registry != ""

# written are, by service, the registry and the repository of its image, as short as a file writes them.
written := {service.name: name |
	some service in input.project.services
	name := _written(service.image.registry, service.image.repository)
}

_written("", repository) := repository

_written(registry, repository) := $"{registry}/{repository}" if registry != ""

# reference is an image as a file writes it.
#     images.reference("postgres", "17.5", "")
reference(name, tag, digest) := concat("", [name, _behind(":", tag), _behind("@", digest)])

_behind(_, "") := ""

_behind(mark, text) := concat("", [mark, text]) if text != ""

# published are, by service, the names under which their images are published: those of Docker Hub without
# more, also where a mirror of it has them, any other with its registry.
published := {service.name: name |
	some service in input.project.services
	service.name in pulled
	place := regex.replace(places[service.name], `^(docker\.io|mirror\.gcr\.io|public\.ecr\.aws/docker|lscr\.io)/(library/)?`, "")
	name := regex.replace(place, `^ghcr\.io/linuxserver/`, "linuxserver/")
}

# pulled are the services whose image comes from a registry: none that is built in the project,
# by the service itself or by another one.
pulled contains service.name if {
	some service in input.project.services
	service.built == false
	service.image
	not builders[service.name]
}

# builders are, by service, the others whose builds give an image the name of its own. One that is
# named by its digest comes from where that is.
builders := {service.name: _built[[service.image.registry, service.image.repository, _tag(service.image.tag)]] |
	count(_built) > 0
	some service in input.project.services
	service.built == false
	service.image.digest == ""
}

# A complete rule, as _by_image alone would be evaluated anew for each name.
_built := _by_image

_by_image[[service.image.registry, service.image.repository, _tag(service.image.tag)]] contains service.name if {
	some service in input.project.services
	service.built == true
}

_by_image[[image.registry, image.repository, _tag(image.tag)]] contains service.name if {
	some service in input.project.services
	some image in service.build.tags
}

_tag("") := "latest"

_tag(tag) := tag if tag != ""

# without_version are those of pulled whose image is whatever was pushed last.
without_version contains service.name if {
	some service in input.project.services
	service.name in pulled
	service.image.digest == ""
	moves(service.image.tag)
}

# moves is true of a tag that names no version, so that every release takes it along.
#     images.moves("latest-alpine")
moves("")

moves(tag) if {
	elements := split(lower(tag), "-")
	count({element | some element in elements; _says_newest(element)}) > 0
	count({element | some element in elements; regex.match(_version_or_commit, element)}) == 0
}

moves(tag) if {
	tag != ""
	every element in split(lower(tag), "-") {
		regex.replace(element, `[0-9.]+$`, "") in data.composelint.moving_tags.variants
	}
}

_says_newest(element) if element in data.composelint.moving_tags.words

_version_or_commit := `^v?[0-9]|^[0-9a-f]{7,}$`

# is_major is true of a tag that names no more of a version than its first number, so that every minor
# release takes it along.
#     images.is_major("17-alpine")
is_major(tag) if {
	elements := split(tag, "-")
	regex.match(`^v?[0-9]{1,3}$`, elements[0])
	every element in array.slice(elements, 1, count(elements)) {
		not regex.match(_version_or_commit, element)
	}
}

is_major(tag) if {
	[version, newest] := split(lower(tag), "-")
	_says_newest(newest)
	regex.match(`^v?[0-9]+(\.[0-9]+)?$`, version)
}

# unpinned are those of pulled whose image is not named by its digest.
unpinned contains service.name if {
	some service in input.project.services
	service.name in pulled
	service.image.digest == ""
}
