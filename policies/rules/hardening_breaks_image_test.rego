package composelint.rules["hardening-breaks-image_test"]

import data.composelint.fixture
import data.composelint.rules["hardening-breaks-image"] as rule

test_cannot_change_its_user if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "cap_drop",
		"message": `service "app" lacks the capabilities "CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID" and "SETUID", without which its image cannot change to its user, and ends: add them to "cap_add", or set "user" to "70:70"`,
		"severity": "error",
	}} with input as _app("postgres", "17-alpine", {})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "cap_drop",
		"message": `service "app" lacks the capability "SETUID", without which its image stays root: add it to "cap_add", or set "user" to "999:999"`,
		"severity": "warning",
	}} with input as _app("redis", "8", {"user": "0", "cap_add": _capabilities(["CHOWN", "SETGID"])})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "cap_drop",
		"message": `service "app" lacks the capability "SETGID", without which its image cannot change to its user: add it to "cap_add"`,
		"severity": "warning",
	}} with input as _app("linuxserver/sonarr", "4", {"cap_drop": _capabilities(["SETGID", "NET_RAW"])})
}

test_cannot_be_started if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "cap_drop",
		"message": `service "app" lacks the capability "NET_BIND_SERVICE", without which the program of its image cannot be started: add it to "cap_add"`,
		"severity": "error",
	}} with input as _app("caddy", "2", {"user": "1000"})
}

test_files_of_others if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "cap_drop",
		"message": `service "app" lacks the capabilities "CHOWN" and "DAC_OVERRIDE", which its image needs while files of its own belong to others: add them to "cap_add", or set "user" to "999:999"`,
		"severity": "warning",
	}} with input as _app("postgres", "17", {"cap_add": _capabilities(["FOWNER", "SETGID", "SETUID"])})
}

test_capabilities_enough if {
	rule.findings == set() with input as _app("postgres", "17", {"cap_add": _capabilities(["CHOWN", "DAC_READ_SEARCH", "FOWNER", "SETGID", "SETUID"])})
	rule.findings == set() with input as _app("postgres", "17", {"cap_add": _capabilities(["ALL"])})
	rule.findings == set() with input as _app("postgres", "17", {"cap_drop": []})
	rule.findings == set() with input as _app("postgres", "17", {"user": "999"})
	rule.findings == set() with input as _app("postgres", "17", {"privileged": true})
	rule.findings == set() with input as _app("caddy", "2", {"cap_add": _capabilities(["NET_BIND_SERVICE"])})
	rule.findings == set() with input as _app("dpage/pgadmin4", "9.16", {})
	rule.findings == set() with input as _app("memcached", "1.6", {})
}

test_capabilities_unknown if {
	rule.findings == set() with input as object.union(_app("postgres", "17", {}), {"unknown": [fixture.unknown("services.app.cap_add[?]", "", "ADD", {})]})
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("app", {"image": fixture.image("app", "postgres", "17"), "read_only": false}), ["user"])])
	rule.findings == set() with input as _app("mysql", "8", {})
	rule.findings == set() with input as _app("acme/postgres", "17", {})
	rule.findings == set() with input as _app("postgres", "17", {"entrypoint": [_word("/start.sh")]})
	rule.findings == set() with input as _app("postgres", "17", {"command": [_word("pg_dump")]})
	rule.findings == set() with input as _app("postgres", "17", {"built": true, "build": fixture.build("app", {})})
}

test_read_only if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" has a read-only root file system, and its image writes to "/var/run/postgresql" when it starts: mount a "tmpfs" there`,
	}} with input as _app("postgres", "17", {"user": "999", "read_only": true})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" has a read-only root file system, and its image writes to "/run" when it starts: mount a "tmpfs" with "exec" there`,
	}} with input as _app("linuxserver/sonarr", "4", {"cap_drop": [], "read_only": true, "mounts": [_tmpfs("/run", [])]})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" has a read-only root file system, and its image writes to "/conf" when it starts: mount a volume there`,
	}} with input as _app("zookeeper", "3.9", {"user": "1000", "read_only": true})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" has a read-only root file system, which its image does not support: set "read_only" to "false"`,
		"severity": "warning",
	}} with input as _app("linuxserver/heimdall", "2.6", {"cap_drop": [], "read_only": true})
}

test_written_to if {
	rule.findings == set() with input as _app("postgres", "17", {"user": "999", "read_only": true, "mounts": [_tmpfs("/run", [])]})
	rule.findings == set() with input as _app("linuxserver/sonarr", "4", {"cap_drop": [], "read_only": true, "mounts": [_tmpfs("/run", ["exec"])]})
	rule.findings == set() with input as _app("linuxserver/socket-proxy", "3.2", {"read_only": true, "mounts": [_tmpfs("/run", []), fixture.mount("app", "/var/run/docker.sock", {})]})
	rule.findings == set() with input as _app("zookeeper", "3.9", {"user": "1000", "read_only": true, "mounts": [fixture.mount("app", "/conf/zoo.cfg", {})]})
	rule.findings == set() with input as _app("zookeeper", "3.9", {"user": "1000", "read_only": true, "mounts": [fixture.without(fixture.mount("app", "/srv", {}), ["target"])]})
	rule.findings == set() with input as _app("zookeeper", "3.9", {"user": "1000", "read_only": true, "mounts": [fixture.named_volume("app", "conf", "/conf")]})
}

test_user if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "user",
		"message": `service "app" sets "user", which its image does not support: set "PUID" and "PGID" instead`,
		"severity": "warning",
	}} with input as _app("linuxserver/heimdall", "2.6", {"user": "1000"})
	rule.findings == set() with input as _app("linuxserver/sonarr", "4", {"user": "1000"})
	rule.findings == set() with input as _app("linuxserver/heimdall", "2.6", {"cap_drop": [], "user": "0"})
}

test_no_new_privileges if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.security_opt[no-new-privileges]",
		"message": `with "no-new-privileges" the image of service "app" listens on 8080 and 8443 instead of 80 and 443: set "PGADMIN_LISTEN_PORT" to "8080", and publish that`,
		"severity": "warning",
	}} with input as _app("dpage/pgadmin4", "9.16", {"no_new_privileges": true, "ports": [_port]})
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.security_opt[no-new-privileges]",
		"message": `with "no-new-privileges" the image of service "app" cannot change to the user of "NB_UID" and "NB_USER" by sudo: leave "user" to the image`,
		"severity": "warning",
	}} with input as _app("jupyter/base-notebook", "2026-08-01", {"user": "0", "no_new_privileges": true, "environment": fixture.environment("app", {"NB_UID": "1001"})})
}

test_no_new_privileges_right if {
	rule.findings == set() with input as _app("dpage/pgadmin4", "9.16", {"no_new_privileges": true, "ports": [_port], "environment": fixture.environment("app", {"PGADMIN_LISTEN_PORT": "8080"})})
	rule.findings == set() with input as _app("dpage/pgadmin4", "9.16", {"no_new_privileges": true})
	rule.findings == set() with input as _app("dpage/pgadmin4", "9.16", {"cap_drop": [], "no_new_privileges": false, "ports": [_port]})
	rule.findings == set() with input as _app("dpage/pgadmin4", "9.16", {"no_new_privileges": true, "ports": [_port], "environment_incomplete": true})
	rule.findings == set() with input as _app("jupyter/base-notebook", "2026-08-01", {"user": "0", "no_new_privileges": true})
	rule.findings == set() with input as _app("jupyter/base-notebook", "2026-08-01", {"user": "1000", "no_new_privileges": true, "environment": fixture.environment("app", {"NB_UID": "1001"})})
	rule.findings == set() with input as _app("codercom/code-server", "4.100", {"user": "", "no_new_privileges": true})
}

test_health_check if {
	fixture.without_fixes(rule.findings) == {_calls("mysqladmin", `use "healthcheck.sh --connect --innodb_initialized", or "mariadb-admin" and "mariadb"`)} with input as _checked("mariadb", "11.8", ["CMD", "/usr/bin/mysqladmin", "ping"])
	fixture.without_fixes(rule.findings) == {_calls("curl", `use "ollama list"`)} with input as _checked("ollama/ollama", "0.12", ["CMD-SHELL", "curl -f http://localhost:11434 || exit 1"])
	fixture.without_fixes(rule.findings) == {_calls("mongo", `use "mongosh"`)} with input as _checked("mongo", "8.0", ["CMD", "mongo"])
	fixture.without_fixes(rule.findings) == {_calls("sh", `remove it, and let another service ask for "/ready"`)} with input as _checked("grafana/loki", "3.7.0", ["CMD-SHELL", "wget -q http://localhost:3100/ready"])
}

test_health_check_right if {
	rule.findings == set() with input as _checked("mariadb", "10.11", ["CMD", "mysqladmin", "ping"])
	rule.findings == set() with input as _checked("mariadb", "11", ["CMD-SHELL", "mysqladmin ping || mariadb-admin ping"])
	rule.findings == set() with input as _checked("mariadb", "11", ["CMD", "healthcheck.sh", "--connect"])
	rule.findings == set() with input as _checked("grafana/loki", "3.5.5", ["CMD-SHELL", "wget -q http://localhost:3100/ready"])
	rule.findings == set() with input as _checked("grafana/loki", "3.7.0", ["CMD", "/usr/bin/loki", "-health"])
	rule.findings == set() with input as _checked("ollama/ollama", "0.12", ["NONE"])
	rule.findings == set() with input as _app("ollama/ollama", "0.12", {"healthcheck": _test([fixture.without(_word(""), ["value"])])})
	rule.findings == set() with input as _app("ollama/ollama", "0.12", {"entrypoint": [_word("/start.sh")], "healthcheck": _test([_word("CMD"), _word("curl")])})
}

_calls(program, instead) := {
	"at": "services.app.healthcheck",
	"key": "test",
	"message": $`the health check of service "app" calls "{program}", which its image does not have: {instead}`,
	"severity": "warning",
}

_checked(image, tag, words) := _app(image, tag, {"user": "1000", "healthcheck": _test([_word(word) | some word in words])})

_test(words) := {"at": "services.app.healthcheck", "stated": true, "disabled": false, "test": words}

_app(image, tag, fields) := fixture.project([fixture.service("app", object.union(
	{
		"image": fixture.image("app", image, tag),
		"user": "",
		"read_only": false,
		"security_options": [{"at": "services.app.security_opt[no-new-privileges]", "name": "no-new-privileges", "value": "true"}],
	},
	fields,
))])

_capabilities(names) := [{"at": $"services.app.cap_add[{name}]", "name": name} | some name in names]

_tmpfs(path, allows) := fixture.mount("app", path, {"type": "tmpfs", "host_path": "", "allows": allows})

_port := fixture.port("app", 80, {})

_word(text) := {"at": "services.app.command", "value": text, "literal": text}
