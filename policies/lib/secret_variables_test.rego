package composelint.secret_variables_test

import data.composelint.fixture
import data.composelint.rules["default-credential"] as default_credential
import data.composelint.rules["secret-in-environment"] as secret_in_environment
import data.composelint.rules["secret-in-url"] as secret_in_url

test_fix if {
	{finding.fixes | some finding in secret_in_environment.findings} == {[{
		"title": `ask for the variable "DB_PASSWORD" instead of the value`,
		"risk": `the project does not start until "DB_PASSWORD" is set, as in an ".env" that is not committed; the old value stays in the history of the repository, so choose another`,
		"edits": [{"op": "require", "at": "services.db.environment[DB_PASSWORD]", "value": "DB_PASSWORD"}],
	}]} with input as _project({"db": {"DB_PASSWORD": "s3-cr4t-value"}})
}

# A server and its clients have one password under names of their own.
test_one_variable_for_one_value if {
	_asked == {"services.db.environment[POSTGRES_PASSWORD]": "DB_PASSWORD", "services.app.environment[DB_PASSWORD]": "DB_PASSWORD", "services.app.environment[URL]": "DB_PASSWORD"} with input as _project({
		"db": {"POSTGRES_PASSWORD": "s3-cr4t-value"},
		"app": {"DB_PASSWORD": "s3-cr4t-value", "URL": "postgres://app:s3-cr4t-value@db"},
	})
}

# What a service has under two names may be two passwords that are alike by chance.
test_own_names if {
	_asked == {"services.db.environment[ROOT_PASSWORD]": "ROOT_PASSWORD", "services.db.environment[DB_PASSWORD]": "DB_PASSWORD", "services.db.environment[MAIN_URL]": "MAIN_PASSWORD"} with input as _project({"db": {"ROOT_PASSWORD": "s3-cr4t-value", "DB_PASSWORD": "s3-cr4t-value", "MAIN_URL": "postgres://app:s3-cr4t-value@db"}})
}

test_one_name_for_several_values if {
	_asked == {"services.one.environment[PASSWORD]": "ONE_PASSWORD", "services.other.environment[PASSWORD]": "OTHER_PASSWORD"} with input as _project({"one": {"PASSWORD": "s3-cr4t-value"}, "other": {"PASSWORD": "an-0ther-value"}})
}

test_addresses if {
	_asked == {"services.db.environment[POSTGRES_PASSWORD]": "POSTGRES_PASSWORD", "services.db.environment[DATABASE_URL]": "POSTGRES_PASSWORD"} with input as _project({"db": {"POSTGRES_PASSWORD": "postgres", "DATABASE_URL": "postgres://app:postgres@db"}})
}

test_words if {
	_asked == {"services.db.command[0]": "DB_PASSWORD"} with input as fixture.project([fixture.service("db", {"command": [{"at": "services.db.command[0]", "value": "postgres://app:postgres@db", "literal": "postgres://app:postgres@db"}]})])
}

test_hash if {
	{object.get(finding, "fixes", []) | some finding in secret_in_environment.findings} == {[]} with input as _project({"web": {"ADMIN": "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC"}})
}

_asked := {edit.at: edit.value |
	some finding in ((secret_in_environment.findings | default_credential.findings) | secret_in_url.findings)
	some fix in finding.fixes
	some edit in fix.edits
}

_project(services) := fixture.project([fixture.service(name, {"environment": fixture.environment(name, values)}) | some name, values in services])
