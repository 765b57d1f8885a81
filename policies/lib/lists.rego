# METADATA
# description: What fixes do to lists.
package composelint.lists

import data.composelint.lint

# added are the edits that add items to the list that a service has under a key, or make one of them.
#     lists.added({"at": "services.web"}, "cap_drop", [], ["ALL"])
added(_, _, _, []) := []

added(service, key, [], items) := [lint.set(service, [key], items)] if count(items) > 0

added(service, key, list, items) := [lint.append(service, [key], item) | some item in items] if {
	count(list) > 0
	count(items) > 0
}
