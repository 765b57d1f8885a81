package composelint.rules["runtime-changed_test"]

import data.composelint.fixture
import data.composelint.rules["runtime-changed"] as rule

test_runtime if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "runtime",
		"message": `service "app" runs on the runtime "fast", whose isolation is not known: use "runc", or one like gVisor or Kata`,
	}} with input as _app({"runtime": "fast"})
}

test_known_runtimes if {
	rule.findings == set() with input as fixture.project([service |
		some name in ["", "runc", "crun", "runsc", "runsc-kvm", "kata", "kata-runtime", "io.containerd.kata.v2", "sysbox-runc", "nvidia", "io.containerd.wasmedge.v1"]
		service := fixture.service("app", {"runtime": name})
	])
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("app", {}), ["runtime", "isolation"])])
}

test_isolation if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "isolation",
		"message": `service "app" shares the kernel of its Windows host: set "isolation" to "hyperv"`,
	}} with input as _app({"isolation": "Process"})
	rule.findings == set() with input as _app({"isolation": "hyperv"})
}

test_credentials if {
	fixture.without_fixes(rule.findings) == {_spec("file", "a file of the host")} with input as _app(_credentials({"file": "app.json", "registry": "", "config": ""}))
	fixture.without_fixes(rule.findings) == {_spec("registry", "the host's registry")} with input as _app(_credentials({"file": "", "registry": "app", "config": ""}))
	rule.findings == set() with input as _app(_credentials({"file": "", "registry": "", "config": "app"}))
	rule.findings == set() with input as _app(_credentials({}))
}

test_credentials_by_security_opt if {
	fixture.without_fixes(rule.findings) == {{
		"at": "option",
		"message": `service "app" takes its Windows account from "security_opt": use "credential_spec" with a config`,
	}} with input as _app({"security_options": [
		{"at": "option", "name": "credentialspec", "value": "file://app.json"},
		{"at": "other", "name": "no-new-privileges", "value": "true"},
	]})
}

_app(fields) := fixture.project([fixture.service("app", fields)])

_credentials(fields) := {"credential_spec": object.union({"at": "services.app.credential_spec"}, fields)}

_spec(key, where) := {
	"at": "services.app.credential_spec",
	"key": key,
	"message": $`service "app" takes its Windows account from {where}: use a config`,
}

test_configured if {
	rule.findings == set() with input as object.union(
		fixture.daemon({"runtimes": [{"at": "daemon.runtimes.fast", "name": "fast", "path": "/usr/local/bin/crun", "type": ""}]}),
		fixture.project([fixture.service("app", {"runtime": "fast"})]),
	)
	rule.findings == set() with input as object.union(
		fixture.daemon({"runtimes": [{"at": "daemon.runtimes.own", "name": "own", "path": "", "type": "io.containerd.runsc.v1"}]}),
		fixture.project([fixture.service("app", {"runtime": "own"})]),
	)
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "runtime",
		"message": `service "app" runs on the runtime "fast", whose isolation is not known: use "runc", or one like gVisor or Kata`,
	}} with input as object.union(
		fixture.daemon({"runtimes": [{"at": "daemon.runtimes.fast", "name": "fast", "path": "/opt/fast", "type": ""}]}),
		fixture.project([fixture.service("app", {"runtime": "fast"})]),
	)
}
