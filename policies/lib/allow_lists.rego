# METADATA
# description: |
#   The smallest lists of what may pass, for socket proxies that are told one: an expression for each
#   operation, by which it is asked for in every form of ids and names, as the proxy puts it between
#   its anchors.
package composelint.allow_lists

import data.composelint.client_needs
import data.composelint.operations

# rules are what lets through the operations that some services need, and those that they may need: by
# each other operation is denied.
#     allow_lists.rules({"app": {"ContainerList"}}, {"app": {"ContainerInspect"}})
rules(needs, wishes) := [rule |
	asked := union({of_service | some of_service in needs} | {of_service | some of_service in wishes})
	some [path, method, operation] in {[operations.expressions[id], operations.methods[id], id] | some id in asked}
	clients := [name | some name, of_service in needs; operation in of_service]
	others := [name | some name, of_service in wishes; operation in of_service; not name in clients]
	versions := {version |
		some name in array.concat(clients, others)
		some version in client_needs.spellings(name, operation, {"", _any})
	}
	rule := {
		"operation": operation,
		"method": method,
		"expression": concat("", [_in_front(versions), path]),
		"clients": clients,
		"may_need": others,
	}
]

_any := "/v1.47"

# _in_front matches the versions of the API that services put in front of a path: any number stands for one
# that is negotiated.
_in_front(versions) := "" if {
	versions == {""}
} else := replace(min(versions), ".", `\.`) if {
	count(versions) == 1
	not _any in versions
} else := _negotiated if {
	not "" in versions
} else := $"({_negotiated})?"

_negotiated := `/v[0-9.]+`
