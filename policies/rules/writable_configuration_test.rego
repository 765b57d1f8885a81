package composelint.rules["writable-configuration_test"]

import data.composelint.fixture
import data.composelint.rules["writable-configuration"] as rule

test_writable if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.volumes[./nginx.conf]",
		"message": `service "app" can write to "./nginx.conf", which it only reads: mount it read-only`,
	}} with input as _app("./nginx.conf", {"target": "/etc/nginx/nginx.conf"})
}

test_others if {
	rule.findings == set() with input as _app("./nginx.conf", {"target": "/etc/nginx/nginx.conf", "read_only": true})
	rule.findings == set() with input as _app("./nginx.conf", {"target": "/etc/nginx/nginx.conf", "from": "other"})
	rule.findings == set() with input as _app("./data", {"target": "/data"})
	rule.findings == set() with input as _app("./acme.json", {"target": "/etc/traefik/acme.json"})
	rule.findings == set() with input as _app("conf", {"type": "volume", "volume": "conf", "target": "/etc/grafana/provisioning"})
}

test_spoken_of_elsewhere if {
	rule.findings == set() with input as _app("/etc/cron.d", {"target": "/docker-entrypoint-initdb.d"})
}

_app(path, fields) := fixture.project([fixture.service("app", {"mounts": [fixture.mount("app", path, fields)]})])
