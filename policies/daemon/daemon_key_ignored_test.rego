package composelint.rules["daemon-key-ignored_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-key-ignored"] as rule

test_each_kind if {
	rule.findings == {
		{"at": "daemon.host", "message": `dockerd passes over "host", which is a flag: the key is "hosts"`, "severity": "warning"},
		{"at": "daemon.restart", "message": `dockerd passes over "restart", which is a flag and no key: remove it`, "severity": "warning"},
		{"at": "daemon.http-proxy", "message": `dockerd passes over "http-proxy" here: write it within "proxies"`, "severity": "warning"},
		{"at": "daemon.authorization-plugin", "message": `dockerd passes over "authorization-plugin", which is a flag: the key is "authorization-plugins"`, "severity": "error"},
		{"at": "daemon.data-root", "message": `dockerd passes over "data-root" in the group "paths", where only true and false count: move it to the top`, "severity": "warning"},
		{"at": "daemon.deprecated-key-path", "message": `dockerd passes over "deprecated-key-path", which was removed: remove it`, "severity": "warning"},
		{"at": "daemon.icc", "message": `"icc" is there twice, and the last one counts: remove this one`, "severity": "warning"},
	} with input as fixture.daemon({"idle": [
		{"at": "daemon.host", "name": "host", "kind": "flag", "means": "hosts"},
		{"at": "daemon.restart", "name": "restart", "kind": "flag", "means": ""},
		{"at": "daemon.http-proxy", "name": "http-proxy", "kind": "flag", "means": "proxies"},
		{"at": "daemon.authorization-plugin", "name": "authorization-plugin", "kind": "flag", "means": "authorization-plugins"},
		{"at": "daemon.data-root", "name": "data-root", "kind": "group", "means": "paths"},
		{"at": "daemon.deprecated-key-path", "name": "deprecated-key-path", "kind": "removed", "means": ""},
		{"at": "daemon.icc", "name": "icc", "kind": "twice", "means": ""},
	]})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}
