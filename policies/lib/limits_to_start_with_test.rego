package composelint.limits_to_start_with_test

import data.composelint.fixture
import data.composelint.limits_to_start_with as limits

test_fix if {
	limits.fix(_service("example/app", {}), ["memory", "CPU"]) == {
		"title": "limit it to 2g of memory and one CPU",
		"risk": _risk,
		"edits": [_set(["mem_limit"], "2g"), _set(["cpus"], 1)],
	} with input as fixture.project([_service("example/app", {})])
	limits.fix(_service("example/app", {}), ["CPU"]).edits == [_set(["cpus"], 1)] with input as fixture.project([_service("example/app", {})])
}

test_known_image if {
	limits.fix(_service("elasticsearch", {}), ["memory"]).edits == [_set(["mem_limit"], "4g")] with input as fixture.project([_service("elasticsearch", {})])
}

# What a service is told to take is more than others need.
test_sized if {
	limits.fix(_sized, ["memory"]) == {"title": "", "edits": [], "refused": "its settings say how much memory it takes: a limit has to be above that"} with input as fixture.project([_sized])
	limits.fix(_sized, ["CPU"]).edits == [_set(["cpus"], 1)] with input as fixture.project([_sized])
}

_sized := _service("example/app", {"environment": fixture.environment("app", {"JAVA_OPTS": "-Xmx5g"})})

test_below_deploy if {
	limits.fix(_reserving, ["memory", "CPU"]) == {
		"title": "limit it to 3g of memory and 2 CPUs",
		"risk": _risk,
		"edits": [_set(["deploy", "resources", "limits", "memory"], "3g"), _set(["deploy", "resources", "limits", "cpus"], 2)],
	} with input as fixture.project([_reserving])
	limits.pids(_reserving).edits == [_set(["deploy", "resources", "limits", "pids"], 1000)] with input as fixture.project([_reserving])
}

test_swarm if {
	limits.fix(_service("example/app", {}), ["CPU"]).edits == [_set(["deploy", "resources", "limits", "cpus"], 1)] with input as fixture.swarm(fixture.project([_service("example/app", {})]))
}

_risk := "what needs more memory is killed, and more processors slow: look at docker stats under load first"

_set(path, value) := {"op": "set", "at": "services.app", "path": path, "value": value}

_service(repository, fields) := fixture.service("app", object.union({"image": fixture.image("app", repository, "1")}, fields))

_reserving := _service("example/app", {"deploy": {"at": "services.app.deploy", "labels": [], "limits": {"memory": 0, "cpus": 0, "pids": 0}, "reservations": {"memory": 1200000000, "cpus": 1.5, "pids": 0}}})
