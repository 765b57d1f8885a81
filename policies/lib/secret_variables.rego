# METADATA
# description: The variables to ask for in the place of the credentials that stand in the files.
package composelint.secret_variables

import data.composelint.lint
import data.composelint.secrets

# with_fix is a finding about a hit with the fix that asks for a variable instead of the value. The hash of a
# password gets none: a note of a variable that is not set would take its place.
#     secret_variables.with_fix({"at": "services.web"}, {"at": "services.web", "kind": "hash"})
with_fix(finding, hit) := lint.with_fix(finding, lint.unsafe(title, risk, [lint.require(hit, variable)])) if {
	hit.kind != "hash"
	variable := _of[hit.at]
	title := $`ask for the variable "{variable}" instead of the value`
	risk := $`the project does not start until "{variable}" is set, as in an ".env" that is not committed; the old value stays in the history of the repository, so choose another`
} else := finding

# _of are the variables, by the at of the hits: one for a value that stands under several names, as that of a
# server and its clients does, but for one that everybody has.
_of := {hit.at: _name(hit) | some hit in secrets.hits}

_name(hit) := _shared[hit.value] if {
	hit.kind in {"plain", "address"}
	_shared[hit.value]
} else := min(_names_of[hit.value]) if {
	_is_address(hit)
	count(_names_of[hit.value]) == 1
} else := _upper([_stem(hit.name, hit.owner), "PASSWORD"]) if {
	_is_address(hit)
} else := _upper([hit.name]) if {
	count(_values_of[hit.name]) == 1
} else := _upper([hit.owner, hit.name]) if {
	hit.name != ""
	hit.place != "label"
} else := _upper([hit.owner, {true: "PASSWORD", false: "SECRET"}[contains(hit.what, "password")]])

_is_address(hit) if hit.kind == "address"

_is_address(hit) if {
	hit.kind == "default"
	regex.match(_address, hit.name)
}

_is_address(hit) if {
	hit.name == ""
	hit.value != ""
}

_address := `(?i)[-_.]?(connection_?string|conn(str)?|dsn|ur[il])$`

_stem("", owner) := owner

_stem(name, _) := regex.replace(name, _address, "") if name != ""

# _shared are, by value, the variable of all services that have it under one name each.
_shared[value] := min(_names_of[value]) if {
	some value, places in _places_of
	count(places) == count({place.owner | some place in places})
}

_names_of[value] contains _upper([place.name]) if {
	some value, places in _places_of
	some place in places
	count(_values_of[place.name]) == 1
}

_places_of[hit.value] contains {"owner": hit.owner, "name": hit.name} if some hit in _named

_values_of[hit.name] contains hit.value if some hit in _named

# _named are the credentials that are values of their own.
_named := [hit |
	some hit in secrets.hits
	hit.place in {"environment", "argument"}
	hit.value != ""
	not _is_address(hit)
]

_upper(parts) := trim(regex.replace(upper(concat("_", parts)), `[^A-Z0-9]+`, "_"), "_")
