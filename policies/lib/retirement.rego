# METADATA
# description: The images that nobody maintains any more, or that their registry does not have.
package composelint.retirement

import data.composelint.images

# discontinued are, by service, what is known of an image that gets no more fixes.
discontinued := {service: data.composelint.retired_images.discontinued[i] |
	some service, name in images.published
	i := _index("discontinued", name)
}

# removed are, by service, what is known of an image that cannot be pulled.
removed := {service.name: entry |
	some service in input.project.services
	name := images.published[service.name]
	i := _index("removed", name)
	entry := data.composelint.retired_images.removed[i]
	not name in object.get(entry, "except", [])
	_meant(entry, service.name)
}

# By its own name, or as one of all that a publisher has.
_index(what, name) := data.composelint.prepared.retired_of[what][name] if {
	data.composelint.prepared.retired_of[what][name] >= 0
} else := data.composelint.prepared.retired_of[what][regex.replace(name, `/[^/]+$`, "/*")]

_meant(entry, _) if not entry.tags

_meant(entry, name) if regex.match(entry.tags, _tags[name])

_tags := {service.name: service.image.tag | some service in input.project.services}
