package composelint.rules["image-untrusted-registry_test"]

import data.composelint.fixture
import data.composelint.rules["image-untrusted-registry"] as rule

test_not_in_the_list if {
	rule.findings == {
		{
			"at": "services.hub.image",
			"message": `the image of service "hub" comes from "docker.io/acme/app", which the list "registries" of the configuration does not have`,
		},
		{
			"at": "services.ghcr.image",
			"message": `the image of service "ghcr" comes from "ghcr.io/acme-labs/app", which the list "registries" of the configuration does not have`,
		},
	} with input as _with(["docker.io/library", "ghcr.io/acme", "registry.example.com:5000"], _services)
}

test_no_list if {
	rule.findings == set() with input as _with([], _services)
}

test_all_of_a_registry if {
	rule.findings == set() with input as _with(["docker.io", "ghcr.io", "registry.example.com:5000"], _services)
}

test_without_tls if {
	rule.findings == {{
		"at": "services.app.image",
		"message": `the image of service "app" comes from "registry.example.com:80" without TLS: serve the registry on port 443`,
	}} with input as _with([], [_service("app", "registry.example.com:80", "app")])
	rule.findings == {{
		"at": "services.app.image",
		"message": `the image of service "app" comes from "registry.example.com:80" without TLS: serve the registry on port 443`,
	}} with input as _with(["registry.example.com:80"], [_service("app", "registry.example.com:80", "app")])
	rule.findings == {{
		"at": "services.app.image",
		"message": `the image of service "app" comes from "registry.example.com:80" without TLS: serve the registry on port 443`,
	}} with input as _with(["docker.io"], [_service("app", "registry.example.com:80", "app")])
}

test_built if {
	rule.findings == set() with input as _with(["ghcr.io"], [fixture.built("app", {})])
}

test_unknown if {
	rule.findings == set() with input as _with(["ghcr.io"], [fixture.service("app", {"image": fixture.without(fixture.image("app", "app", "1.0"), ["registry"])})])
}

_services := [
	_service("official", "", "postgres"),
	_service("hub", "", "acme/app"),
	_service("own", "ghcr.io", "acme/app"),
	_service("ghcr", "ghcr.io", "acme-labs/app"),
	_service("private", "registry.example.com:5000", "app"),
]

_service(name, registry, repository) := fixture.service(name, {"image": object.union(fixture.image(name, repository, "1.0"), {"registry": registry})})

_with(registries, services) := object.union(fixture.project(services), {"config": {"registries": registries}})
