package composelint.rules["default-credential_test"]

import data.composelint.fixture
import data.composelint.rules["default-credential"] as rule

test_defaults if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.db.environment[POSTGRES_PASSWORD]", "message": _message(`"POSTGRES_PASSWORD" of service "db"`, "a password")},
		{"at": "services.db.environment[SECRET_KEY]", "message": _message(`"SECRET_KEY" of service "db"`, "a secret")},
		{"at": "services.db.environment[ADMIN_TOKEN]", "message": _message(`"ADMIN_TOKEN" of service "db"`, "a token or key")},
		{"at": "services.db.environment[URL]", "message": _message(`"URL" of service "db"`, "a password")},
		{"at": "services.db.environment[SAME]", "message": _message(`"SAME" of service "db"`, "a password")},
	} with input as _db({
		"POSTGRES_PASSWORD": "Postgres",
		"SECRET_KEY": "please-change-me",
		"ADMIN_TOKEN": "changeme",
		"URL": "postgres://app:\"password\"@db",
		"SAME": "amqp://plane:plane@mq",
		"OPENAI_API_KEY": "<your key>",
		"SSL_KEYSTORE_PASSWORD": "changeit",
		"OTHER_PASSWORD": "s3-cr4t",
		"OTHER_URL": "amqp://plane:s3-cr4t@mq",
	})
}

test_from_env_file if {
	fixture.without_fixes(rule.findings) == {{"at": "services.db.environment[PASSWORD]", "message": _message(`"PASSWORD" of service "db"`, "a password"), "about": `variable["PASSWORD"]`}} with input as fixture.project([fixture.service("db", {"environment": [object.union(variable, {"from_file": true}) |
		some variable in fixture.environment("db", {"PASSWORD": "admin"})
	]})])
}

test_none if {
	rule.findings == set() with input as _db({"POSTGRES_USER": "admin", "PASSWORD_FILE": "/run/secrets/password", "PASSWORD": ""})
}

_db(environment) := fixture.project([fixture.service("db", {"environment": fixture.environment("db", environment)})])

_message(called, what) := $`{called} has {what} that is well known: choose a random one and keep it out of the files, as a secret or {_variable}`

_variable := `"${NAME:?}"`
