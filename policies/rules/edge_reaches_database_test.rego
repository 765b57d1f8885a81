package composelint.rules["edge-reaches-database_test"]

import data.composelint.fixture
import data.composelint.rules["edge-reaches-database"] as rule

test_reverse_proxy if {
	rule.findings == {{
		"at": "services.db.networks[default]",
		"message": `the database PostgreSQL, service "db", shares network "default" with "web", which outsiders reach and which does not name it: put it on an internal network with its clients`,
		"related": [{"at": "services.web.ports[80/tcp]", "label": `outsiders reach "web" by port 80 on 0.0.0.0`}],
	}} with input as _project([_edge("nginx", {}), _db])
}

test_application_that_does_not_name_it if {
	{finding.at | some finding in rule.findings} == {"services.db.networks[default]"} with input as _project([
		_edge("acme/web", {"environment": fixture.environment("web", {"API": "http://app:8080"})}),
		_app,
		_db,
	])
}

test_application_that_names_it if {
	rule.findings == set() with input as _project([_edge("acme/web", {"environment": fixture.environment("web", {"URL": "postgres://user@db:5432/web"})}), _app, _db])
	rule.findings == set() with input as _project([_edge("acme/web", {"environment": fixture.environment("web", {"HOST": "database"})}), _app, _db])
	rule.findings == set() with input as _project([_edge("acme/web", {"environment": fixture.environment("web", {"HOST": "pg-1"})}), _app, _db])
	rule.findings == set() with input as _project([_edge("acme/web", {"command": [{"at": "services.web.command[0]", "value": "--db=db", "literal": "--db=db"}]}), _app, _db])
}

test_application_that_may_name_it if {
	rule.findings == set() with input as _project([_edge("acme/web", {"environment": fixture.passed_through("web", ["HOST"])}), _app, _db])
	rule.findings == set() with input as _project([_edge("acme/web", {"environment_incomplete": true}), _app, _db])
	rule.findings == set() with input as _project([_edge("acme/web", {"env_files": [{"at": "services.web.env_file[web.env]", "path": "web.env"}]}), _app, _db])
	rule.findings == set() with input as _project([_edge("acme/web", {"built": true, "build": fixture.build("web", {})}), _app, _db])
}

test_application_and_database_alone if {
	rule.findings == set() with input as _project([_edge("acme/web", {}), _db])
}

test_consoles_and_databases if {
	rule.findings == set() with input as _project([_edge("adminer", {}), _app, _db])
	rule.findings == set() with input as _project([_edge("redis", {}), _app, _db])
}

test_not_reached if {
	rule.findings == set() with input as _project([_app, _db])
}

test_other_networks if {
	rule.findings == set() with input as fixture.project_with(
		[_edge("nginx", {}), object.union(_db, {"networks": fixture.attachments("db", ["backend"])})],
		{"networks": [fixture.network("default", {"internal": false}), fixture.network("backend", {})]},
	)
}

_edge(repository, fields) := fixture.publishing("web", [fixture.port("web", 80, {})], object.union(
	{
		"image": fixture.image("web", repository, "1.0"),
		"networks": fixture.attachments("web", ["default"]),
	},
	fields,
))

_app := fixture.service("app", {"networks": fixture.attachments("app", ["default"])})

_db := fixture.service("db", {
	"image": fixture.image("db", "postgres", "17"),
	"container_name": "pg-1",
	"networks": [{"at": "services.db.networks[default]", "name": "default", "aliases": ["database"], "names": ["database", "db"], "addresses": []}],
})

_project(services) := fixture.project_with(services, {"networks": [fixture.network("default", {"internal": false})]})
