# METADATA
# description: The forms of a finding. They are what policies of users are promised (docs/policies.md).
package composelint.lint

# on is a finding about a node of the model.
#     lint.on({"at": "services.web"}, "what is wrong")
on(node, message) := {"at": node.at, "message": message}

# on_key is a finding about one value of a node.
#     lint.on_key({"at": "services.web"}, "privileged", "what is wrong")
on_key(node, key, message) := {"at": node.at, "key": key, "message": message}

# with_severity states a finding's severity where it can be below that of the METADATA.
#     lint.with_severity(lint.on({"at": "services.web"}, "what is wrong"), "note")
with_severity(finding, severity) := object.union(finding, {"severity": severity})

# with_related adds further places to a finding, each an at with a label. Of many, those are enough
# that somebody still reads: shown.
#     lint.with_related(lint.on({"at": "services.web"}, "what is wrong"), [{"at": "networks.front", "label": "on this network"}])
with_related(finding, related) := object.union(finding, {"related": related})

# against names the controls of standards that a finding speaks against, where they are not all those of
# its rule.
#     lint.against(lint.on({"at": "services.web"}, "what is wrong"), ["cis-docker-1.8.0/5.11"])
against(finding, controls) := object.union(finding, {"controls": controls})

# about says what a finding is about that could stand at any of several nodes, such as a variable that
# many values need: by that, a baseline and an alert know it again when it stands at another one.
#     lint.about(lint.on({"at": "services.web"}, "what is wrong"), "team[\"web\"]")
about(finding, subject) := object.union(finding, {"about": subject})

# shown are the first of what a finding has many of, such as all services of a network.
#     count(lint.shown(numbers.range(1, 100)))
shown(many) := array.slice(many, 0, most_shown)

# most_shown is how many those are.
most_shown := 20

# with_path adds the way of an attack to a finding, from its entry to what it reaches: each
# step an at with a label.
#     lint.with_path(lint.on({"at": "services.web"}, "what is wrong"), [{"at": "services.web", "label": "service \"web\""}])
with_path(finding, path) := object.union(finding, {"path": path})
