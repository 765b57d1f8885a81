package composelint.rules["shared-propagation_test"]

import data.composelint.fixture
import data.composelint.rules["shared-propagation"] as rule

test_shared if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.app.volumes[/mnt]",
			"message": `what service "app" mounts below "/mnt" appears on the host, by "shared": use "rslave" or nothing`,
		},
		{
			"at": "services.app.volumes[/srv]",
			"message": `what service "app" mounts below "/srv" appears on the host, by "rshared": use "rslave" or nothing`,
		},
	} with input as _app([
		fixture.mount("app", "/mnt", {"propagation": "shared"}),
		fixture.mount("app", "/srv", {"propagation": "rshared"}),
	])
}

test_not_shared if {
	rule.findings == set() with input as _app([
		fixture.mount("app", "/mnt", {"propagation": "rslave"}),
		fixture.mount("app", "/srv", {}),
		fixture.named_volume("app", "data", "/data"),
		fixture.without(fixture.mount("app", "/opt", {}), ["propagation"]),
	])
}

_app(mounts) := fixture.project([fixture.service("app", {"mounts": mounts})])
