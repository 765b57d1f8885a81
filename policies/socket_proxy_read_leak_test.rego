package composelint.rules["socket-proxy-read-leak_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-read-leak"] as rule

_project(proxy, services) := fixture.project_with(
	array.concat([fixture.proxy("proxy", object.union({"networks": fixture.attachments("proxy", ["api"])}, proxy))], services),
	{"networks": [fixture.network("api", {})]},
)

_reading := {"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "0"})}

_client(name, fields) := fixture.service(name, object.union(
	{
		"image": fixture.image(name, "traefik", "3"),
		"networks": fixture.attachments(name, ["api"]),
		"endpoints": [fixture.docker_host(name, "proxy")],
	},
	fields,
))

_finding(severity, what) := {
	"at": "services.proxy.environment[CONTAINERS]",
	"message": $`"CONTAINERS" of the socket proxy "proxy" lets its clients copy any file out of any container and export the files of any container{what}: close what nobody needs, or narrow who reaches it`,
	"severity": severity,
}

test_client if {
	rule.findings == {_finding("note", " without a single write")} with input as _project(_reading, [_client("traefik", {})])
}

test_stranger if {
	rule.findings == {_finding("warning", ` without a single write, and "app" reaches it`)} with input as _project(_reading, [
		_client("traefik", {}),
		fixture.service("app", {"networks": fixture.attachments("app", ["api"])}),
	])
}

test_client_that_outsiders_reach if {
	rule.findings == {_finding("warning", ` without a single write, and "traefik" reaches it`)} with input as _project(_reading, [_client("traefik", {"entries": [fixture.entry("traefik", 443, {})]})])
}

# A shell by GET, and writes besides: images can be pulled.
test_open_standard_input if {
	rule.findings == {_finding("warning", " and open a shell in a container whose standard input is open")} with input as _project(
		{"environment": fixture.environment("proxy", {"ALLOW_START": "1", "CONTAINERS": "1", "POST": "0"}), "image": fixture.image("proxy", "linuxserver/socket-proxy", "3.2.6-r0-ls91")},
		[_client("traefik", {}), fixture.service("shell", {"stdin_open": true})],
	)
}

test_fixed_rules if {
	rule.findings == {{
		"at": "services.proxy",
		"message": `socket proxy "proxy" lets its clients copy any file out of any container and export the files of any container without a single write: close what nobody needs, or narrow who reaches it`,
		"severity": "note",
	}} with input as _project(
		{
			"image": fixture.image("proxy", "knrdl/docker-socket-protector", "1"),
			"environment": fixture.environment("proxy", {"PROFILE": "readonly"}),
		},
		[],
	)
}

# It is worse where everything can be written, and that is another rule's finding.
test_root if {
	rule.findings == set() with input as _project({"environment": fixture.environment("proxy", {"CONTAINERS": "1", "POST": "1"})}, [_client("traefik", {})])
}

test_closed if {
	rule.findings == set() with input as _project({"environment": fixture.environment("proxy", {"IMAGES": "1"})}, [])
	rule.findings == set() with input as _project(object.union(_reading, {"image": fixture.image("proxy", "linuxserver/socket-proxy", "3.4.3-r0-ls92")}), [_client("traefik", {})])
}

# A client that needs archives gets them.
test_needed if {
	rule.findings == set() with input as object.union(
		_project(_reading, [_client("backup", {"image": fixture.image("backup", "example/backup", "1")})]),
		{"config": {"roles": {"proxies": [], "clients": [{"service": "backup", "needs": ["ContainerArchive", "ContainerExport"]}]}}},
	)
}
