package composelint.rules["authentication-off_test"]

import data.composelint.fixture
import data.composelint.rules["authentication-off"] as rule

_trust := {"environment": fixture.environment("db", {"POSTGRES_HOST_AUTH_METHOD": "trust"})}

_says := `service "db" lets anybody in as any user of the database, since "POSTGRES_HOST_AUTH_METHOD" is "trust"`

test_published if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.environment[POSTGRES_HOST_AUTH_METHOD]",
		"message": concat("", [_says, `, and outsiders reach it by port 5432 on 0.0.0.0: remove it and set "POSTGRES_PASSWORD", and publish it on "127.0.0.1"`]),
		"related": [{"at": "services.db.ports[5432/tcp]", "label": "outsiders come in by port 5432 on 0.0.0.0"}],
	}} with input as _published("postgres", [5432, 8080], _trust)
}

test_behind_an_edge if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.environment[POSTGRES_HOST_AUTH_METHOD]",
		"message": concat("", [_says, `, and "front", which outsiders reach, is on network "inner" with it: remove it and set "POSTGRES_PASSWORD", or put it on a network with its clients alone`]),
	}} with input as _beside([_front], "postgres", _trust)
}

test_on_a_network_of_others if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.environment[POSTGRES_HOST_AUTH_METHOD]",
		"message": concat("", [_says, `, and other projects can be on the external network "inner" with it: remove it and set "POSTGRES_PASSWORD"`]),
		"severity": "warning",
	}} with input as _beside([], "postgres", object.union(_trust, {"entries": [_external]}))
}

test_among_strangers if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.environment[POSTGRES_HOST_AUTH_METHOD]",
		"message": concat("", [_says, `, and services on network "inner" that do not name it reach it too: remove it and set "POSTGRES_PASSWORD"`]),
		"severity": "warning",
	}} with input as _beside([_other({})], "postgres", _trust)
}

test_among_clients if {
	fixture.without_fixes(rule.findings) == _noted with input as _beside([_other({"environment": fixture.environment("other", {"URL": "postgres://app@db/app"})})], "postgres", _trust)
	fixture.without_fixes(rule.findings) == _noted with input as _beside([_other({"depends_on": ["db"]})], "postgres", _trust)
	fixture.without_fixes(rule.findings) == _noted with input as _beside([_other({"built": true})], "postgres", _trust)
	fixture.without_fixes(rule.findings) == _noted with input as _beside([_other({"environment": fixture.passed_through("other", ["URL"])})], "postgres", _trust)
	fixture.without_fixes(rule.findings) == _noted with input as _beside([_other({"mounts": [fixture.mount("other", "/etc/app.yml", {})]})], "postgres", _trust)
	fixture.without_fixes(rule.findings) == _noted with input as _beside([_other({"image": fixture.image("other", "adminer", "5")})], "postgres", _trust)
	fixture.without_fixes(rule.findings) == _noted with input as _beside([_other({"image": fixture.image("other", "redis", "8")})], "postgres", _trust)
	fixture.without_fixes(rule.findings) == _noted with input as _beside([_other({})], "postgres", object.union(_trust, {"command": _words("db", ["--peer=other"])}))
}

test_on_loopback if {
	fixture.without_fixes(rule.findings) == _noted with input as fixture.project([fixture.publishing("db", [fixture.port("db", 5432, {"host_ip": "127.0.0.1"})], object.union(_trust, {"image": fixture.image("db", "postgres", "17")}))])
}

test_unknown_address if {
	rule.findings == set() with input as _private("redis", {"entries": [fixture.without(fixture.entry("db", 6379, {}), ["loopback"])]})
}

test_other_images_and_entrypoints if {
	rule.findings == set() with input as _published("bitnami/postgresql", [5432], _trust)
	rule.findings == set() with input as _published("postgres", [5432], object.union(_trust, {"built": true}))
	rule.findings == set() with input as _published("postgres", [5432], object.union(_trust, {"entrypoint": _words("db", ["/start.sh"])}))
	rule.findings == set() with input as _published("postgres", [5432], object.union(_trust, {"entrypoint_removed": true}))
	rule.findings == set() with input as _published("postgres", [5432], {"environment": fixture.passed_through("db", ["POSTGRES_HOST_AUTH_METHOD"])})
}

test_password_beside_it if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.environment[MYSQL_ALLOW_EMPTY_PASSWORD]",
		"message": `service "db" lets anybody in as root without a password, since "MYSQL_ALLOW_EMPTY_PASSWORD" is set: set "MYSQL_ROOT_PASSWORD" instead`,
		"severity": "note",
	}} with input as _private("mysql", {"environment": fixture.environment("db", {"MYSQL_ALLOW_EMPTY_PASSWORD": "yes", "MYSQL_ROOT_PASSWORD": ""})})
	rule.findings == set() with input as _private("mysql", {"environment": fixture.environment("db", {"MYSQL_ALLOW_EMPTY_PASSWORD": "yes", "MYSQL_ROOT_PASSWORD": "x"})})
	rule.findings == set() with input as _private("mysql", {
		"environment": array.concat(fixture.environment("db", {"MYSQL_ALLOW_EMPTY_PASSWORD": "yes"}), fixture.passed_through("db", ["MYSQL_ROOT_PASSWORD"])),
	})
	rule.findings == set() with input as _private("mysql", {"environment": fixture.environment("db", {"MYSQL_ALLOW_EMPTY_PASSWORD": "yes"}), "environment_incomplete": true})
}

test_settings_together if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.environment[GF_AUTH_ANONYMOUS_ORG_ROLE]",
		"message": `service "db" makes everybody its administrator, since "GF_AUTH_ANONYMOUS_ORG_ROLE" is "Admin": set it to "Viewer"`,
		"severity": "note",
	}} with input as _private("grafana/grafana", {"environment": fixture.environment("db", {"GF_AUTH_ANONYMOUS_ENABLED": "true", "GF_AUTH_ANONYMOUS_ORG_ROLE": "Admin"})})
	rule.findings == set() with input as _private("grafana/grafana", {"environment": fixture.environment("db", {"GF_AUTH_ANONYMOUS_ORG_ROLE": "Admin"})})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.environment[CLICKHOUSE_PASSWORD]",
		"message": `service "db" lets anybody in without a password, since "CLICKHOUSE_PASSWORD" is empty: set it`,
		"severity": "note",
	}} with input as _private("clickhouse", {"environment": fixture.environment("db", {"CLICKHOUSE_USER": "app", "CLICKHOUSE_PASSWORD": ""})})
	rule.findings == set() with input as _private("clickhouse", {"environment": fixture.environment("db", {"CLICKHOUSE_PASSWORD": ""})})
	rule.findings == set() with input as _private("clickhouse", {
		"environment": fixture.environment("db", {"CLICKHOUSE_SKIP_USER_SETUP": "1"}),
		"mounts": [fixture.mount("db", "/etc/clickhouse-server/users.d/default.xml", {})],
	})
}

test_command_line if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.command[auth]",
		"message": `service "db" opens a terminal to anybody, since "--auth" is "none": remove it, and set "PASSWORD"`,
		"severity": "note",
	}} with input as _private("codercom/code-server", {"options": fixture.settings("services.db", "command", {"auth": "none"})})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.command[noauth]",
		"message": `service "db" opens its files to anybody, since it is started with "--noauth": remove it`,
		"severity": "note",
	}} with input as _private("filebrowser/filebrowser", {"options": fixture.settings("services.db", "command", {"noauth": ""})})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.command[0]",
		"message": `service "db" asks nobody for a password, since it is started with "/mosquitto-no-auth.conf": mount a configuration with "password_file"`,
		"severity": "note",
	}} with input as _private("eclipse-mosquitto", {"command": _words("db", ["/mosquitto-no-auth.conf"])})
}

test_open_by_default if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.image",
		"message": `service "db" asks nobody for a password, and outsiders reach it by port 6379 on 0.0.0.0: start it with "--requirepass", and publish it on "127.0.0.1"`,
		"related": [{"at": "services.db.ports[6379/tcp]", "label": "outsiders come in by port 6379 on 0.0.0.0"}],
	}} with input as _published("library/redis", [6379], {"command": _words("db", ["redis-server", "--save", ""])})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.image",
		"message": `service "db" asks nobody for a password, and outsiders reach it by port 6379 on 0.0.0.0: start it with "--requirepass", and publish it on "127.0.0.1"`,
		"related": [{"at": "services.db.ports[6379/tcp]", "label": "outsiders come in by port 6379 on 0.0.0.0"}],
	}} with input as _published("redis", [6379], {"command": _words("db", ["--save", ""])})
}

test_perhaps_protected if {
	rule.findings == set() with input as _published("redis", [6379], {"command": _words("db", ["redis-server", "--requirepass", "x"])})
	rule.findings == set() with input as _published("redis", [6379], {"command": _words("db", ["redis-cli"])})
	rule.findings == set() with input as _published("redis", [6379], {"command": [{"at": "services.db.command[0]", "literal": ""}]})
	rule.findings == set() with input as _published("redis", [6379], {"command": array.concat(_words("db", ["redis-server"]), [{"at": "services.db.command[1]", "literal": ""}])})
	rule.findings == set() with input as _published("redis", [6379], {"environment_incomplete": true})
	rule.findings == set() with input as _published("redis", [6379], {"complete": false})
	rule.findings == set() with input as _published("qdrant/qdrant", [6333], {"environment": fixture.environment("db", {"QDRANT__SERVICE__API_KEY": "x"})})
	rule.findings == set() with input as _published("qdrant/qdrant", [6333], {"mounts": [fixture.mount("db", "/qdrant/config/production.yaml", {})]})
	rule.findings == set() with input as _published("hashicorp/vault", [8200], {"command": _words("db", ["server"])})
	rule.findings == set() with input as _published("couchdb", [5984], {"image": fixture.image("db", "couchdb", "3.4")})
}

test_at_home_among_clients if {
	rule.findings == set() with input as _private("redis", {})
	rule.findings == set() with input as _beside([_other({})], "redis", {})
	rule.findings == set() with input as _beside([], "redis", {"entries": [_external]})
	rule.findings == set() with input as _private("blakeblackshear/frigate", {})
	rule.findings == set() with input as _beside([_front], "blakeblackshear/frigate", {})
	rule.findings == set() with input as _beside([_front], "blakeblackshear/frigate", {"entries": [fixture.router("db", {})]})
}

test_of_which_only_a_note_is_known if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.image",
		"message": `service "db" runs browsers for anybody, and outsiders reach it by port 4444 on 0.0.0.0: publish it on "127.0.0.1", or not at all`,
		"severity": "note",
	}} with input as _published("selenium/hub", [4444], {})
	rule.findings == set() with input as _published("cassandra", [9042], {})
}

test_without_a_setting if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.image",
		"message": `service "db" asks nobody for a password, and "front", which outsiders reach, is on network "inner" with it: put it on a network with its clients alone`,
	}} with input as _beside([_front], "memcached", {})
}

test_routers if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.image",
		"message": `service "db" shows all mail to anybody, and outsiders reach it by the Traefik router "db": set "MP_UI_AUTH"`,
		"related": [{"at": "services.db.labels[traefik.http.routers.db.rule]", "label": `outsiders come in by the Traefik router "db"`}],
	}} with input as _private("axllent/mailpit", {"entries": [fixture.router("db", {})]})
	fixture.without_fixes(rule.findings) == {_behind_login} with input as _beside([_front], "axllent/mailpit", {
		"entries": [fixture.router("db", {})],
		"labels": fixture.settings("services.db", "labels", {"traefik.http.routers.db.middlewares": "own@file"}),
	})
	fixture.without_fixes(rule.findings) == {_behind_login} with input as _private("axllent/mailpit", {
		"entries": [fixture.router("db", {})],
		"labels": fixture.settings("services.db", "labels", {"caddy.forward_auth": "authelia:9091"}),
	})
}

_behind_login := {"at": "services.db.image", "message": `service "db" shows all mail to anybody: set "MP_UI_AUTH"`, "severity": "note"}

_noted := {{
	"at": "services.db.environment[POSTGRES_HOST_AUTH_METHOD]",
	"message": concat("", [_says, `: remove it and set "POSTGRES_PASSWORD"`]),
	"severity": "note",
}}

_published(repository, ports, fields) := fixture.project([fixture.publishing(
	"db",
	[fixture.port("db", port, {}) | some port in ports],
	object.union({"image": fixture.image("db", repository, "1.0")}, fields),
)])

_private(repository, fields) := fixture.project([fixture.service("db", object.union({"image": fixture.image("db", repository, "1.0")}, fields))])

_beside(others, repository, fields) := fixture.project_with(
	array.concat(others, [fixture.service("db", object.union({"image": fixture.image("db", repository, "1.0"), "networks": fixture.attachments("db", ["inner"])}, fields))]),
	{"networks": [fixture.network("inner", {})]},
)

_front := fixture.publishing("front", [fixture.port("front", 443, {})], {
	"image": fixture.image("front", "nginx", "1.29"),
	"networks": fixture.attachments("front", ["inner"]),
})

_other(fields) := fixture.service("other", object.union({"networks": fixture.attachments("other", ["inner"])}, fields))

_external := {
	"at": "services.db.networks[inner]",
	"kind": "external-network",
	"called": `the external network "inner"`,
	"port": 0,
	"router": "",
	"loopback": false,
}

_words(service, values) := [word |
	some i, value in values
	word := {"at": $"services.{service}.command[{i}]", "value": value, "literal": value}
]
