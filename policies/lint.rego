# METADATA
# description: What several rules share.
package composelint.lint

# on is a finding about a node of the model.
on(node, message) := {"at": node.at, "message": message}

# on_key is a finding about one value of a node.
on_key(node, key, message) := {"at": node.at, "key": key, "message": message}
