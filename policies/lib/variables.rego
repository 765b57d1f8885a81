# METADATA
# description: The variables whose values are not known here, and what depends on them.
package composelint.variables

# required are the uses of each variable that the file requires and nobody sets, by its name: those
# that require it first, then all others.
required[variable] := array.concat([use | some use in requiring], [use | some use in object.get(_others, variable, set())]) if {
	some variable, requiring in _requiring
}

_requiring[unknown.variable] contains use if {
	some unknown in input.unknown
	unknown.required == true
	use := {"at": unknown.at, "key": unknown.key, "reason": unknown.reason}
}

_others[unknown.variable] contains use if {
	some unknown in input.unknown
	unknown.required == false
	use := {"at": unknown.at, "key": unknown.key, "reason": ""}
}
