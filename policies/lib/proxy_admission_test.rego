package composelint.proxy_admission_test

import data.composelint.fixture
import data.composelint.proxy_admission

# Each is a list that lets in, with the network on which the client is, and its address there.
# wollomatic/socket-proxy bc6606a cmd/socket-proxy/handlehttprequest.go, isAllowedClient
test_let_in if {
	proxy_admission.refused == {} with input as _project("0.0.0.0/0", [])
	proxy_admission.refused == {} with input as _project("::/0", [])
	proxy_admission.refused == {} with input as _project("10.6.0.0/16,10.5.0.0/16", [])
	proxy_admission.refused == {} with input as _project("10.5.0.128/25", [])
	proxy_admission.refused == {} with input as _project("10.5.0.9", ["10.5.0.9"])
	proxy_admission.refused == {} with input as _project("fd00::/64", ["10.5.0.9", "fd00::9"])
	proxy_admission.refused == {} with input as _project("fd00::9", ["10.5.0.9", "fd00::9"])
	proxy_admission.refused == {} with input as _project("other, APP", [])
	proxy_admission.refused == {} with input as _project("shop-app-1", [])
	proxy_admission.refused == {} with input as _with(_list("172.16.0.0/12"), {"networks": _attached(["any"], [])})
}

test_refused if {
	proxy_admission.refused == {"proxy": {"app"}} with input as _project("127.0.0.1/32", [])
	proxy_admission.refused == {"proxy": {"app"}} with input as _project("", [])
	proxy_admission.refused == {"proxy": {"app"}} with input as _project("localhost,::1", [])
	proxy_admission.refused == {"proxy": {"app"}} with input as _project("10.6.0.0/16", [])
	proxy_admission.refused == {"proxy": {"app"}} with input as _project("10.5.0.8", ["10.5.0.9"])
	proxy_admission.refused == {"proxy": {"app"}} with input as _project("10.5.0.0/29", ["10.5.0.9"])
	proxy_admission.refused == {"proxy": {"app"}} with input as _project("other", [])
	proxy_admission.refused == {"proxy": {"app"}} with input as _with(_list("127.0.0.1/32"), {"networks": _attached(["any"], [])})
}

# Before 1.12 the first network of a list decides, and before 1.7 a list has names alone.
test_older_lists if {
	proxy_admission.refused == {} with input as _older("1.12.0", "10.6.0.0/16,10.5.0.0/16")
	proxy_admission.refused == {"proxy": {"app"}} with input as _older("1.11.4", "10.6.0.0/16,10.5.0.0/16")
	proxy_admission.refused == {} with input as _older("1.7.0", "app,10.6.0.0/16")
	proxy_admission.refused == {} with input as _older("1.7.0", "other,app")
	proxy_admission.refused == {} with input as _older("1.6.0", "10.5.0.0/16")
	proxy_admission.refused == {} with input as _older("1.6.0", "10.6.0.0/16,app")
	proxy_admission.refused == {"proxy": {"app"}} with input as _older("1.6.0", "10.6.0.0/16,10.5.0.0/16")
}

_older(tag, list) := _with(object.union(_list(list), {"image": fixture.image("proxy", "wollomatic/socket-proxy", tag)}), {"networks": _attached(["api"], [])})

test_not_known if {
	proxy_admission.refused == {} with input as _with({"environment": fixture.passed_through("proxy", ["SP_ALLOWFROM"])}, {})
	proxy_admission.refused == {} with input as _with({"environment_incomplete": true}, {})
	proxy_admission.refused == {} with input as _with(_list("other"), {"complete": false})
	proxy_admission.refused == {} with input as _with(_list("other"), {"networks": []})
}

test_labels if {
	proxy_admission.refused == {} with input as _with({"environment": fixture.environment("proxy", {"SP_PROXYCONTAINERNAME": "proxy"})}, _labelled)
	proxy_admission.refused == {"proxy": {"app"}} with input as _with({}, _labelled)
}

_labelled := {"labels": fixture.settings("services.app", "labels", {"socket-proxy.allow.get": "/_ping"})}

test_one_namespace if {
	proxy_admission.refused == {} with input as _with({}, {"network_owner": "proxy"})
	proxy_admission.refused == {} with input as _with(_list("localhost"), {"network_owner": "proxy"})
	proxy_admission.refused == {"proxy": {"app"}} with input as _with(_list("other"), {"network_owner": "proxy"})
}

# A socket is open to all who have its file.
test_by_socket if {
	proxy_admission.refused == {} with input as _with({"environment": fixture.environment("proxy", {"SP_PROXYSOCKETENDPOINT": "/filtered/docker.sock"})}, {})
}

_project(list, addresses) := _with(_list(list), {"networks": _attached(["api"], addresses)})

_list(list) := {"environment": fixture.environment("proxy", {"SP_ALLOWFROM": list})}

_attached(networks, addresses) := [object.union(attachment, {"addresses": addresses}) | some attachment in fixture.attachments("app", networks)]

_with(proxy, client) := fixture.project_with(
	[
		fixture.proxy("proxy", object.union(
			{
				"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
				"networks": fixture.attachments("proxy", ["api", "any"]),
			},
			proxy,
		)),
		fixture.service("app", object.union(
			{
				"networks": fixture.attachments("app", ["api"]),
				"endpoints": [fixture.docker_host("app", "proxy")],
			},
			client,
		)),
		fixture.service("other", {"networks": fixture.attachments("other", ["api"])}),
	],
	{"networks": [fixture.network("api", {"subnets": ["10.5.0.0/24", "fd00::/64"]}), fixture.network("any", {})]},
)
