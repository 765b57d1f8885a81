package composelint.secrets_test

import data.composelint.fixture
import data.composelint.secrets

test_names if {
	_kinds == {
		"SSL_KEYSTORE_PASSWORD": "plain",
		"DB_PASS": "plain",
		"PGPASSWORD": "plain",
		"SECRET_KEY_BASE": "plain",
		"APP_KEY": "plain",
	} with input as _app({
		"PUBLIC_KEY": "0a1b2c3d4e5f60718293a4b5",
		"MYSQL_RANDOM_ROOT_PASSWORD": "1",
		"SSL_TRUSTSTORE_PASSWORD": "changeit",
		"SSL_KEYSTORE_PASSWORD": "changeit",
		"CLIENT_SECRET": "<from the console>",
		"API_KEY": "987654321098",
		"TOKEN_TTL": "0a1b2c3d4e5f60718293a4b5",
		"PASSWORD_FILE": "hunter21",
		"DB_PASS": "hunter21",
		"PGPASSWORD": "hunter21",
		"SECRET_KEY_BASE": "hunter21",
		"APP_KEY": "base64:0a1b2c3d4e5f60718293a4b5=",
		"CACHE_KEY": "kafka1_sslkey_creds",
		"SSH_KEY": "ssh-0a1b2c3d4e5f60718293a4b5",
	})
}

test_more_names if {
	_kinds == {
		"DBPASS": "plain",
		"MYSQL_DBPASS": "plain",
		"MAIL_ADMINPASS": "plain",
		"OPENAI_APIKEY_PROD": "plain",
		"MAP_APIKEYS": "plain",
		"INNER_API_KEY_FOR_PLUGIN": "plain",
		"SMTP_CREDENTIALS": "plain",
		"SECRETS_SYSTEM": "plain",
		"SECRETS_COOKIE_1": "plain",
	} with input as _app({
		"DBPASS": "hunter21",
		"MYSQL_DBPASS": "hunter21",
		"MAIL_ADMINPASS": "hunter21",
		"COMPASS": "hunter21",
		"BYPASS": "hunter21",
		"OPENAI_APIKEY_PROD": "hunter21",
		"MAP_APIKEYS": "hunter21",
		"INNER_API_KEY_FOR_PLUGIN": "hunter21",
		"API_KEY_HEADER": "hunter21",
		"GATEWAY_API_KEY_ROTATION_DAYS": "30",
		"SMTP_CREDENTIALS": "app:hunter21",
		"GOOGLE_CREDENTIALS": "service-account",
		"KAFKA_CREDENTIALS": "kafka1_sslkey_creds",
		"SECRETS_SYSTEM": "hunter21",
		"SECRETS_COOKIE_1": "hunter21",
		"SECRETS_BACKEND": "hunter21",
		"SECRETS_DIR": "hunter21",
	})
}

test_keys_with_punctuation if {
	_kinds == {"APP_KEY": "plain"} with input as _app({
		"APP_KEY": "aB3!dE6#gH9$kL2%nP5",
		"SORT_KEY": "customer:2024:order:17:A",
		"IDP_KEY": "https://example.com/Keys/1?a=B&c=D#e",
		"FEATURE_KEY": "New.Feature_Flag-2024-Q4",
		"PUBLISHABLE_KEY": "aB3!dE6#gH9$kL2%nP5",
		"TEMPLATE_KEY": "{{ .Values.Key3 }}",
		"SHORT_KEY": "aB3!dE6#",
	})
}

# The first password that anybody tries is the name of the user.
test_name_of_the_user if {
	_kinds == {"POSTGRES_PASSWORD": "default"} with input as _app({"POSTGRES_USER": "zammad", "POSTGRES_PASSWORD": "zammad"})
	_kinds == {"DBPASS": "default"} with input as _app({"DBUSER": "zammad", "DBPASS": "zammad"})
	_kinds == {"PASSWORD": "default"} with input as _app({"LOGIN": "zammad", "PASSWORD": "zammad"})
	_kinds == {"MAIL_PASSWORD": "plain"} with input as _app({"DB_USER": "zammad", "MAIL_PASSWORD": "zammad"})
	_kinds == {"DB_PASSWORD": "plain"} with input as _app({"DB_USER": "zammad", "DB_PASSWORD": "hunter21"})
}

# One of the documentation, in a label or a variable, is everybody's.
test_published_hash if {
	_kinds == {"USERS": "default"} with input as _app({"USERS": concat("", ["test:$$apr1$$H6uskkkW$$", "IgXLP6ewTrSuBkTrqE8wj/"])})
}

test_harmless if {
	_kinds == {} with input as _app({$"P{i}_PASSWORD": value | some i, value in _harmless})
}

_harmless := [
	`""`, "true", "/run/secrets/db", "./pw.txt", "file:///run/secrets/db", "$PASSWORD", "{{ password }}", "user_provided",
	"dummy", "xxxx", "5m", "60/minute", "htpasswd", `{"default":""}`, "ENC[AES256,data]",
	"invalid", "disabled", "no-password",
]

# A token with the name of one that is public is none.
test_public_token if _kinds == {} with input as _app({"ANON_KEY": "eyJ0123456789.eyJ0123456789.0123456789"})

test_every_shape if {
	_kinds == {$"V{i}": _kind_of(i) | some i, _ in _examples} with input as _app({$"V{i}": value | some i, value in _examples})
}

_kind_of(i) := "hash" if {
	i >= count(_examples) - 4
} else := "token"

# _examples fit the shapes, the last four those of hashes. They are put together here, so that
# nobody's scanner takes them for real ones.
_examples := [concat("", parts) |
	some parts in [
		["AKIA", "0123456789ABCDEF"],
		["ghp", "_0123456789abcdefghijABCDEFGHIJ012345"],
		["github", "_pat_0123456789abcdefghijABC"],
		["glpat", "-0123456789abcdefghij"],
		["xoxb", "-0123456789-abc"],
		["AIza", "0123456789abcdefghijABCDEFGHIJ01234"],
		["sk", "-0123456789abcdefghij"],
		["sk", "_live_0123456789abcdefghij"],
		["npm", "_0123456789abcdefghijABCDEFGHIJ012345"],
		["hf", "_0123456789abcdefghijABCDEFGHIJ"],
		["dckr", "_pat_0123456789abcdefghij"],
		["SG", ".0123456789abcdefghijAB.0123456789abcdefghijABCDEFGHIJ0123456789abc"],
		["hvs", ".0123456789abcdefghijABCD"],
		["tskey", "-auth-0123456789abcdef"],
		["dop", "_v1_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"],
		["pypi", "-AgEI0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCD"],
		["0123456789", ":AA0123456789abcdefghijABCDEFGHIJ012"],
		["https://hooks", ".slack.com/services/T01234567/B01234567/0123456789abcdefghij"],
		["https://discord", ".com/api/webhooks/012345678901234/0123456789abcdefghijABCDEFGHIJ0123456789"],
		["eyJ", "0123456789.eyJ0123456789.0123456789"],
		["-----BEGIN ", "PRIVATE KEY-----"],
		["$apr1$", "abcdefgh$0123456789abcdefghijkl"],
		["$2y$", "10$0123456789abcdefghijkl"],
		["$argon2id$", "v=19$m=65536,t=3,p=4$abc"],
		["{SHA}", "0123456789abcdefghij0123456="],
	]
]

_kinds := {variable.name: hit.kind |
	some hit in secrets.hits
	some service in input.project.services
	some variable in service.environment
	hit.at == variable.at
}

_app(environment) := fixture.project([fixture.service("app", {"environment": fixture.environment("app", environment)})])
