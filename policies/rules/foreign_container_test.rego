package composelint.rules["foreign-container_test"]

import data.composelint.fixture
import data.composelint.rules["foreign-container"] as rule

test_namespace if {
	rule.findings == {{
		"at": "services.app.pid",
		"message": `service "app" joins the PID namespace of the container "other", of which the project says nothing: join one of its services`,
	}} with input as _joining("pid", {})
	{finding.at | some finding in rule.findings} == {"services.app.ipc"} with input as _joining("ipc", {})
}

test_network if {
	rule.findings == set() with input as _joining("network", {})
	rule.findings == {{
		"at": "services.app.network",
		"message": `service "app" joins the network of the container "other", of which the project says nothing: join one of its services`,
	}} with input as fixture.strict(_joining("network", {}))
}

test_volumes if {
	rule.findings == {{
		"at": "services.app.volumes_from[other]",
		"message": `service "app" has the volumes of the container "other", of which the project says nothing: mount what it needs by "volumes"`,
	}} with input as _with_volumes("")
	rule.findings == set() with input as _with_volumes("other")
}

test_of_the_project if {
	rule.findings == set() with input as _joining("pid", {"joined": "other"})
	rule.findings == set() with input as _joining("pid", {"mode": "service", "joined": "other"})
	rule.findings == set() with input as _joining("pid", {"mode": "host", "of": ""})
}

test_of_none if {
	rule.findings == set() with input as _joining("pid", {"of": ""})
	rule.findings == set() with input as fixture.project([fixture.service("app", {"volumes_from": [{"at": "services.app.volumes_from[]", "of": "", "service": ""}]})])
}

_joining(name, fields) := fixture.project([fixture.service("app", {"namespaces": [fixture.namespace("app", name, object.union({"mode": "container", "of": "other", "host": false}, fields))]})])

_with_volumes(service) := fixture.project([fixture.service("app", {"volumes_from": [{"at": "services.app.volumes_from[other]", "of": "other", "service": service}]})])
