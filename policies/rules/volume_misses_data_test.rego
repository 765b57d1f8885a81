package composelint.rules["volume-misses-data_test"]

import data.composelint.fixture
import data.composelint.rules["volume-misses-data"] as rule

test_refused if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.volumes[/var/lib/postgresql/data]",
		"message": `service "db" mounts something at "/var/lib/postgresql/data", with which its image does not start from version 18 on: mount it at "/var/lib/postgresql"`,
		"severity": "error",
	}} with input as _db("postgres", "18.4-alpine", ["/var/lib/postgresql/data"], {})
}

test_refused_today if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.volumes[/var/lib/postgresql/data]",
		"message": `service "db" mounts something at "/var/lib/postgresql/data", with which its image does not start from version 18 on: mount it at "/var/lib/postgresql"`,
		"severity": "warning",
	}} with input as _db("library/postgres", "alpine", ["/var/lib/postgresql/data"], {})
}

test_above if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.volumes[/var/lib/postgresql]",
		"message": `service "db" mounts something at "/var/lib/postgresql", while its image keeps the data in an anonymous volume at "/var/lib/postgresql/data": mount it there`,
		"severity": "warning",
	}} with input as _db("pgvector/pgvector", "pg17", ["/var/lib/postgresql"], {})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.volumes[/data]",
		"message": `service "db" mounts something at "/data", while its image keeps the data in an anonymous volume at "/data/db": mount it there`,
		"severity": "warning",
	}} with input as _db("mongo", "8.0", ["/data"], {"command": [_word("--replSet"), _word("rs0")]})
}

test_elsewhere if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.volumes[/var/lib/redis]",
		"message": `service "db" mounts the volume "v0" at "/var/lib/redis", while its image keeps the data in "/data": mount it there`,
		"severity": "warning",
	}} with input as _db("redis", "7", ["/var/lib/redis"], {"command": [_word("redis-server"), _word("--appendonly"), _word("yes")]})
}

test_right if {
	rule.findings == set() with input as _db("postgres", "17", ["/var/lib/postgresql/data"], {})
	rule.findings == set() with input as _db("postgres", "17", ["/var/lib/postgresql", "/var/lib/postgresql/data"], {})
	rule.findings == set() with input as _db("postgres", "17", ["/var/lib/postgresql/data/pgdata"], {})
	rule.findings == set() with input as _db("postgres", "18", ["/var/lib/postgresql"], {})
	rule.findings == set() with input as _db("redis", "8", ["/data"], {})
	rule.findings == set() with input as _db("mysql", "8", ["/var/lib"], {})
	rule.findings == set() with input as _db("mysql", "8", [], {})
}

test_meant_otherwise if {
	rule.findings == set() with input as _db("mysql", "8", ["/var/log/mysql"], {})
	rule.findings == set() with input as _db("mysql", "8", ["/srv/a", "/srv/b"], {})
	rule.findings == set() with input as _db("redis", "7", ["/srv/redis", "/usr/local/etc/redis/redis.conf"], {})
	rule.findings == set() with input as _db("redis", "7", [], {"mounts": [fixture.mount("db", "/var/lib/redis", {})]})
}

test_moved if {
	rule.findings == set() with input as _db("postgres", "18", ["/var/lib/postgresql/data"], {"environment": fixture.environment("db", {"PGDATA": "/var/lib/postgresql/data"})})
	rule.findings == set() with input as _db("postgres", "18", ["/var/lib/postgresql/data"], {"environment_incomplete": true})
	rule.findings == set() with input as _db("mysql", "8", ["/srv/mysql"], {"command": [_word("--datadir=/srv/mysql")]})
	rule.findings == set() with input as _db("redis", "7", ["/srv/redis"], {"command": [_word("sh"), _word("-c"), _word("start")]})
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.service("db", {
		"image": fixture.without(fixture.image("db", "postgres", ""), ["tag"]),
		"mounts": [_volume("/var/lib/postgresql/data", 0)],
	})])
	rule.findings == set() with input as _db("acme/postgres", "18", ["/var/lib/postgresql/data"], {})
	rule.findings == set() with input as _db("postgres", "18", ["/var/lib/postgresql/data"], {"built": true, "build": fixture.build("db", {})})
	rule.findings == set() with input as _db("postgres", "18", ["/var/lib/postgresql/data"], {"entrypoint": [_word("/start.sh")]})
	rule.findings == set() with input as _db("redis", "7", [], {"mounts": [fixture.without(_volume("", 0), ["target"]), _volume("/var/lib/redis", 1)]})
	rule.findings == set() with input as _db("redis", "7", ["/var/lib/redis"], {"volumes_from": [{"at": "services.db.volumes_from[0]", "of": "data", "service": ""}]})
}

_db(image, tag, targets, fields) := fixture.project([fixture.service("db", object.union(
	{
		"image": fixture.image("db", image, tag),
		"mounts": [_volume(target, i) | some i, target in targets],
	},
	fields,
))])

_volume(target, i) := fixture.named_volume("db", $"v{i}", target)

_word(text) := {"at": "services.db.command", "value": text, "literal": text}
