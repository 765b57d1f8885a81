# METADATA
# description: The images that nobody maintains any more, or that their registry does not have.
package composelint.retirement

import data.composelint.images

# discontinued are, by service, what is known of an image that gets no more fixes.
discontinued := {service: data.composelint.retired_images.discontinued[i] |
	some service, name in images.published
	i := _index(data.composelint.prepared.discontinued_of, name)
}

# removed are, by service, what is known of an image that cannot be pulled.
removed := {service.name: entry |
	some service in input.project.services
	name := images.published[service.name]
	i := _index(data.composelint.prepared.removed_of, name)
	entry := data.composelint.retired_images.removed[i]
	not name in object.get(entry, "except", [])
	_meant(entry, service.name)
}

# By its own name, or as one of all that a publisher has.
# removes_versions are the services whose image its registry has without the tags of versions.
removes_versions contains service if {
	some service, name in images.published
	data.composelint.retired_images.removed[_index(data.composelint.prepared.removed_of, name)].tags
}

_index(indexes, name) := indexes[name] if {
	indexes[name] >= 0
} else := indexes[regex.replace(name, `/[^/]+$`, "/*")]

_meant(entry, _) if not entry.tags

_meant(entry, name) if regex.match(entry.tags, _tags[name])

_tags := {service.name: service.image.tag | some service in input.project.services}
