# METADATA
# description: |
#   What older releases of a kind of socket proxy are, by its eras: each says by its tags which
#   releases it has, and how they differ from the newest. data.composelint.proxies has the kinds.
package composelint.eras

# of is the index of the era that a tag belongs to; undefined of a tag of today.
#     eras.of(data.composelint.proxies.tecnativa, "v0.1.1")
of(proxy, tag) := found[0] if {
	found := [i | some i, era in proxy.eras; not era.kind; regex.match(era.tags, tag)]
	count(found) > 0
}

# facts are those of a kind in one of its eras: what differs takes the place of what there is today,
# and null of what there was not.
#     eras.facts(data.composelint.proxies.tecnativa, 0)
facts(proxy, i) := object.union(object.remove(joined, gone), {"variables": variables, "rules": rules(proxy, i)}) if {
	era := proxy.eras[i]
	joined := object.union(proxy, object.get(era, "differs", {}))
	gone := {field | some field, value in joined; value == null} | {"variables"}
	variables := object.remove(joined.variables, object.get(era, "without", []))
}

# rules are the ordered rules in an era: its own before those of today, or what stands for these, of
# which it does not have those that ask a variable which it lacks.
#     eras.rules(data.composelint.proxies.tecnativa, 0)
rules(proxy, i) := array.concat(object.get(era, "before", []), left) if {
	era := proxy.eras[i]
	lacked := object.get(era, "without", [])
	left := [rule |
		some rule in object.get(era, ["differs", "rules"], object.get(proxy, "rules", []))
		not object.get(rule, "if", object.get(rule, "unless", "")) in lacked
	]
}

# newer is true of a tag that is a later version than the newest one that is known.
#     eras.newer(data.composelint.proxies.tecnativa, "v0.9.0")
newer(proxy, tag) if {
	[_, stated] := regex.find_all_string_submatch_n(`^v?(\d{1,3}(?:\.\d{1,3}){0,2})(?:-|$)`, tag, 1)[0]
	semver.compare(_whole(stated), proxy.newest) > 0
}

# _whole is a version with all its three numbers.
_whole(version) := concat(".", array.slice(array.concat(split(version, "."), ["0", "0"]), 0, 3))
