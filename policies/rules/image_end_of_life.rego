# METADATA
# title: Version whose time is over
# description: |
#   The version that the tag names gets no more fixes: a hole that is found in it stays open, and everybody
#   knows of it.
#
#   Go to a version that is maintained; the message names the newest, and the page of the product
#   in [endoflife.date](https://endoflife.date) all of them. A database has to be migrated: read how
#   before you change its tag. Versions are judged by the day of composelint's table, or by
#   `--today`; `composelint --version --verbose` says how old the table is.
# related_resources:
#   - ref: https://endoflife.date
#     description: endoflife.date, whose data these are
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.2.2]
#   tags: [external/cwe/cwe-1104, deprecated]
#   techniques: [T1190]
package composelint.rules["image-end-of-life"]

import data.composelint.images
import data.composelint.lint
import data.composelint.retirement

findings contains lint.with_fixes(lint.on(service.image, message), fixes) if {
	some service in input.project.services
	not retirement.discontinued[service.name]
	not retirement.removed[service.name]
	kind := data.composelint.prepared.lifecycles[images.published[service.name]]
	cycles := {cycle: day | some entry in split(kind.cycles, " "); [cycle, day] := split(entry, "=")}
	[version, over] := _version(cycles, split(lower(service.image.tag), "-")[0])
	over < _today
	message := $`{service.called} runs {kind.name} {version}, which gets no fixes since {over}{_by(over)}: {_instead(kind.newest, cycles[kind.newest])}`
	fixes := [fix |
		cycles[kind.newest] >= _today
		service.image.digest == ""

		# What keeps data is migrated before its tag is changed.
		not data.composelint.prepared.image_data_of[images.known[service.name]]
		tag := _like(service.image.tag, kind.newest)
		fix := lint.unsafe($`go to version {kind.newest}`, "a newer version may want another configuration, or migrate its data", [lint.replace(service.image, images.reference(images.written[service.name], tag, ""))])
	]
}

# The day is that of the table, unless somebody states one: no clock, so that the same files give the same.
_today := input.config.today if {
	input.config.today != ""
} else := data.composelint.image_lifecycles.date

_by(over) := "" if {
	over <= data.composelint.image_lifecycles.date
} else := $", as was known on {data.composelint.image_lifecycles.date}"

_instead(newest, over) := $"go to one that does, such as {newest}" if {
	over >= _today
} else := "look for a newer one"

# A tag names a version of the table by its first numbers, or by its word: 17.5 is of 17.
_version(cycles, tag) := found[0] if {
	elements := split(trim_prefix(tag, "v"), ".")
	found := [[cycle, cycles[cycle]] |
		some n in numbers.range(count(elements), 1)
		cycle := concat(".", array.slice(elements, 0, n))
		cycles[cycle]
	]
	count(found) > 0
} else := [version, max(below)] if {
	# Or several, all of which are over when the last of them is.
	version := trim_prefix(tag, "v")
	regex.match(`^[0-9.]+$`, version)
	below := [over | some cycle, over in cycles; startswith(cycle, concat("", [version, "."]))]
	count(below) > 0
}

# Beyond its first number a version asks for more than another tag. Of the newest one there is a tag of the
# same form: as many numbers, and no system or variant but those that all have.
_like(tag, newest) := concat("", [mark, newest, variant]) if {
	[_, mark, version, variant] := regex.find_all_string_submatch_n(`^(v?)([0-9.]+)((?:-(?:alpine|slim))?)$`, tag, 1)[0]
	count(split(version, ".")) == count(split(newest, "."))
	split(version, ".")[0] == split(newest, ".")[0]
}
