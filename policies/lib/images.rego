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

# upstream_names are, by service, that by which tables know an image whose very settings they know: the
# name alone of one of Docker's library, else the last two elements. What somebody else makes of
# a program, such as bitnami/redis, has settings of its own.
upstream_names := {name: trim_prefix(image, "library/") | some name, image in names}

# places are, by service, where its image is pulled from: registry and repository.
places := {service.name: place |
	some service in input.project.services
	place := _place(service.image.registry, service.image.repository)
}

_place("", repository) := $"docker.io/library/{repository}" if not contains(repository, "/")

_place("", repository) := $"docker.io/{repository}" if contains(repository, "/")

_place(registry, repository) := $"{registry}/{repository}" if registry != ""

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
	service.image.tag in {"", "latest"}
	service.image.digest == ""
}

# unpinned are those of pulled whose image is not named by its digest.
unpinned contains service.name if {
	some service in input.project.services
	service.name in pulled
	service.image.digest == ""
}
