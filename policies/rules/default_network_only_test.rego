package composelint.rules["default-network-only_test"]

import data.composelint.fixture
import data.composelint.rules["default-network-only"] as rule

test_all_on_default if {
	rule.findings == {{
		"at": "services.web",
		"message": `all 2 services are on the network that Compose makes by default, where each reaches every port of the others: declare networks for those that need each other`,
		"about": "networks.default",
		"related": [{"at": "services.db", "label": `service "db"`}],
	}} with input as _project([_service("db", "postgres", ["default"]), _service("web", "example/web", ["default"])], [_default])
}

test_another_network if {
	rule.findings == set() with input as _project(
		[_service("web", "example/web", ["default"]), _service("app", "example/app", ["default", "backend"])],
		[_default, fixture.network("backend", {})],
	)
}

test_unused_networks if {
	{finding.at | some finding in rule.findings} == {"services.web"} with input as _project(
		[_service("web", "example/web", ["default"]), _service("app", "example/app", ["default"])],
		[_default, fixture.network("unused", {})],
	)
}

test_one_service if {
	rule.findings == set() with input as _project(
		[_service("web", "example/web", ["default"]), fixture.service("host", {}), object.union(_service("fragment", "example/app", ["default"]), {"complete": false})],
		[_default],
	)
}

test_declared if {
	rule.findings == set() with input as _project(
		[_service("web", "example/web", ["default"]), _service("app", "example/app", ["default"])],
		[fixture.network("default", {})],
	)
}

_default := fixture.network("default", {"implicit": true, "internal": false})

_service(name, repository, networks) := fixture.service(name, {
	"image": fixture.image(name, repository, "1.0"),
	"networks": fixture.attachments(name, networks),
})

_project(services, networks) := fixture.project_with(services, {"networks": networks})
