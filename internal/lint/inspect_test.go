package lint

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/inspect"
	"github.com/composelint/composelint/loader"
)

// inspectRow is a row of what is compared: what a service of the files says, the same with a variable, and what
// the engine says of its container where that agrees and where it differs, as patches of the documents below.
type inspectRow struct {
	check   string
	service string
	unknown string
	agrees  string
	differs string
}

const sixtyFour = "e35e029f8128a48621ecc88b6e477de63ffac7335afa21d831a3e2af99781b1b"

var inspectRows = []inspectRow{
	{"containers/image", "image: ghcr.io/acme/web:1.4", "image: ghcr.io/acme/web:${TAG}", `{"Config":{"Image":"ghcr.io/acme/web:1.4"}}`, `{"Config":{"Image":"ghcr.io/acme/web:1.3"}}`},
	{"containers/image", "image: nginx", "", `{"Config":{"Image":"docker.io/library/nginx:latest"}}`, `{"Config":{"Image":"docker.io/library/nginx:1.29"}}`},
	{"containers/image", "image: nginx", "", "", `{"Config":{"Image":"sha256:` + sixtyFour + `"}}`},
	{"containers/user", `user: "1000:root"`, `user: "${UID}"`, `{"Config":{"User":"1000:0"}}`, `{"Config":{"User":""}}`},
	{"containers/group_add", "group_add: [docker]", "group_add: ['${GID}']", `{"HostConfig":{"GroupAdd":["docker"]}}`, `{"HostConfig":{"GroupAdd":["docker","0"]}}`},
	{"containers/privileged", "privileged: true", "privileged: ${P}", `{"HostConfig":{"Privileged":true,"MaskedPaths":null,"ReadonlyPaths":null,"SecurityOpt":["label=disable"]}}`, `{"HostConfig":{"Privileged":false}}`},
	{"containers/privileged", "", "", "", `{"HostConfig":{"Privileged":true,"Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":"rwm"}]}}`},
	{"containers/no-new-privileges", "security_opt: ['no-new-privileges:true']", "security_opt: ['no-new-privileges:${N}']", `{"HostConfig":{"SecurityOpt":["no-new-privileges"]}}`, `{"HostConfig":{"SecurityOpt":null}}`},
	{"containers/security_opt", "security_opt: [seccomp=unconfined]", "security_opt: ['seccomp=${S}']", `{"HostConfig":{"SecurityOpt":["seccomp=unconfined"]}}`, `{"HostConfig":{"SecurityOpt":["seccomp={\"defaultAction\":\"SCMP_ACT_ERRNO\"}","apparmor=unconfined"]}}`},
	{"containers/security_opt", "security_opt: [systempaths=unconfined]", "", `{"HostConfig":{"MaskedPaths":[],"ReadonlyPaths":[]}}`, `{"HostConfig":{"MaskedPaths":["/proc/kcore"],"ReadonlyPaths":["/proc/sys"]}}`},
	{"containers/capabilities", "cap_drop: [ALL]\ncap_add: [CAP_CHOWN]", "cap_drop: ['${C}']", `{"HostConfig":{"CapDrop":["ALL"],"CapAdd":["CHOWN"]}}`, `{"HostConfig":{"CapDrop":["ALL"],"CapAdd":["CHOWN","SYS_ADMIN"]}}`},
	{"containers/capabilities", "cap_drop: [ALL]\ncap_add: [CHOWN]", "", `{"HostConfig":{"Runtime":"oci","CapDrop":["AUDIT_WRITE","DAC_OVERRIDE","FOWNER","FSETID","KILL","MKNOD","NET_BIND_SERVICE","NET_RAW","SETFCAP","SETGID","SETPCAP","SETUID","SYS_CHROOT"]}}`, `{"HostConfig":{"Runtime":"oci","CapDrop":["KILL"]}}`},
	{"containers/capabilities", "cap_drop: [ALL]", "", `{"OCIRuntime":"crun","HostConfig":{"CapDrop":["AUDIT_WRITE","MKNOD","NET_RAW","CHOWN","DAC_OVERRIDE","FOWNER","FSETID","KILL","NET_BIND_SERVICE","SETFCAP","SETGID","SETPCAP","SETUID","SYS_CHROOT"]}}`, `{"OCIRuntime":"crun"}`},
	{"containers/capabilities", "", "", `{"OCIRuntime":"crun","HostConfig":{"CapDrop":["AUDIT_WRITE","MKNOD","NET_RAW"]}}`, `{"HostConfig":{"CapDrop":["AUDIT_WRITE","MKNOD","NET_RAW"]}}`},
	{"containers/capabilities", "cap_drop: [NET_RAW]", "", `{"OCIRuntime":"crun","HostConfig":{"CapDrop":["AUDIT_WRITE","MKNOD","NET_RAW"]}}`, `{"OCIRuntime":"crun","HostConfig":{"CapDrop":["AUDIT_WRITE","MKNOD"]}}`},
	{"containers/read_only", "read_only: true", "read_only: ${R}", `{"HostConfig":{"ReadonlyRootfs":true}}`, `{}`},
	{"containers/read_only", "read_only: true", "", `{"HostConfig":{"Runtime":"oci","ReadonlyRootfs":true,"Tmpfs":{"/run":"rw","/tmp":"rw","/var/tmp":"rw"}}}`, ``},
	{"containers/mem_limit", "mem_limit: 256m", "mem_limit: ${MEM}", `{"HostConfig":{"Memory":268435456}}`, `{"HostConfig":{"Memory":0}}`},
	{"containers/cpus", "deploy: {resources: {limits: {cpus: '1.5'}}}", "cpus: ${CPUS}", `{"HostConfig":{"CpuQuota":150000,"CpuPeriod":100000}}`, `{"HostConfig":{"NanoCpus":2000000000}}`},
	{"containers/pids_limit", "pids_limit: 100", "pids_limit: ${PIDS}", `{"HostConfig":{"PidsLimit":100}}`, `{"HostConfig":{"PidsLimit":null}}`},
	{"containers/pids_limit", "", "", `{"HostConfig":{"Runtime":"oci","PidsLimit":2048}}`, `{"HostConfig":{"PidsLimit":2048}}`},
	{"containers/restart", "restart: on-failure:3", "restart: ${RESTART}", `{"HostConfig":{"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}}}`, `{"HostConfig":{"RestartPolicy":{"Name":"always","MaximumRetryCount":0}}}`},
	{"containers/devices", "devices: ['/dev/fuse']", "devices: ['${DEV}:/dev/fuse']", `{"HostConfig":{"Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":"rwm"}]}}`, `{"HostConfig":{"Devices":[{"PathOnHost":"/dev/mem","PathInContainer":"/dev/mem","CgroupPermissions":"rwm"}]}}`},
	{"containers/devices", "devices: ['/dev/fuse::r']", "", `{"HostConfig":{"Runtime":"oci","Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":""}]}}`, `{"HostConfig":{"Runtime":"oci","Devices":[]}}`},
	{"containers/device_cgroup_rules", "device_cgroup_rules: ['c 1:3 mr']", "", "", `{"HostConfig":{"Runtime":"oci"}}`},
	{"containers/device_cgroup_rules", "device_cgroup_rules: ['c 1:3 mr']", "device_cgroup_rules: ['c ${N}:3 mr']", `{"HostConfig":{"DeviceCgroupRules":["c 1:3 rm"]}}`, `{"HostConfig":{"DeviceCgroupRules":["a *:* rwm"]}}`},
	{"containers/sysctls", "sysctls: {net.ipv4.ip_forward: 1}", "sysctls: {net.ipv4.ip_forward: '${F}'}", `{"HostConfig":{"Sysctls":{"net.ipv4.ip_forward":"1"}}}`, `{"HostConfig":{"Sysctls":{"net.ipv4.ip_forward":"0"}}}`},
	{"containers/sysctls", "sysctls: {net.ipv4.ip_forward: 1}", "", "", `{"HostConfig":{"Runtime":"oci"}}`},
	{"containers/runtime", "runtime: runsc", "", "", `{"HostConfig":{"Runtime":"oci"}}`},
	{"containers/oom_kill_disable", "oom_kill_disable: true", "oom_kill_disable: ${O}", `{"HostConfig":{"OomKillDisable":true}}`, `{"HostConfig":{"OomKillDisable":null}}`},
	{"containers/extra_hosts", "extra_hosts: ['host.docker.internal:host-gateway']", "extra_hosts: ['api:${IP}']", `{"HostConfig":{"ExtraHosts":["host.docker.internal:host-gateway"]}}`, `{"HostConfig":{"ExtraHosts":["docker-proxy:10.0.0.9"]}}`},
	{"containers/ulimits", "ulimits: {nofile: {soft: 1024, hard: 2048}}", "ulimits: {nofile: '${FILES}'}", `{"HostConfig":{"Ulimits":[{"Name":"RLIMIT_NOFILE","Hard":2048,"Soft":1024},{"Name":"nproc","Hard":9,"Soft":9}]}}`, `{"HostConfig":{"Ulimits":null}}`},
	{"containers/runtime", "runtime: runsc", "runtime: ${RUNTIME}", `{"HostConfig":{"Runtime":"runsc"}}`, `{"HostConfig":{"Runtime":"runc"}}`},
	{"containers/cgroup_parent", "cgroup_parent: /acme", "cgroup_parent: ${PARENT}", `{"HostConfig":{"CgroupParent":"/acme"}}`, `{"HostConfig":{"CgroupParent":""}}`},
	{"containers/logging", "logging: {driver: journald}", "logging: {driver: '${LOG}'}", `{"HostConfig":{"LogConfig":{"Type":"journald"}}}`, `{"HostConfig":{"LogConfig":{"Type":"none"}}}`},
	{"containers/logging", "logging: {driver: json-file, options: {max-size: 10m, tag: x}}", "logging: {driver: json-file, options: {max-size: '${SIZE}'}}", `{"HostConfig":{"LogConfig":{"Config":{"max-size":"10m","tag":"x"}}}}`, `{"HostConfig":{"LogConfig":{"Config":{"max-size":"1g","tag":"x"}}}}`},
	{"containers/logging", "logging: {driver: splunk, options: {splunk-token: hunter2hunter2}}", "", `{"HostConfig":{"LogConfig":{"Type":"splunk","Config":{"splunk-token":"hunter2hunter2"}}}}`, `{"HostConfig":{"LogConfig":{"Type":"splunk","Config":{"splunk-token":"swordfish99"}}}}`},
	{"containers/logging", "logging: {driver: json-file, options: {max-size: 10m}}", "", `{"HostConfig":{"Runtime":"oci","LogConfig":{"Type":"json-file","Config":null}}}`, `{"HostConfig":{"Runtime":"oci","LogConfig":{"Type":"none","Config":null}}}`},
	{"containers/stdin_open", "stdin_open: true", "stdin_open: ${IN}", `{"Config":{"OpenStdin":true}}`, `{}`},
	{"containers/healthcheck", "healthcheck: {test: [CMD, wget, 'http://localhost']}", "healthcheck: {test: [CMD, '${TEST}']}", `{"Config":{"Healthcheck":{"Test":["CMD","wget","http://localhost"]}}}`, `{"Config":{"Healthcheck":{"Test":["NONE"]}}}`},
	{"containers/healthcheck", "healthcheck: {test: [CMD-SHELL, a, b]}", "", `{"HostConfig":{"Runtime":"oci"},"Config":{"Healthcheck":{"Test":["CMD-SHELL","a b"]}}}`, `{"HostConfig":{"Runtime":"oci"}}`},
	{"containers/healthcheck", "healthcheck: {disable: true}", "", `{"Config":{"Healthcheck":{"Test":["NONE"]}}}`, `{"Config":{"Healthcheck":{"Test":["CMD","true"]}}}`},
	{"containers/healthcheck", "healthcheck: {interval: 10s}", "", `{"Config":{"Healthcheck":{"Test":["CMD","of the image"]}}}`, `{"Config":{"Healthcheck":{"Interval":10}}}`},
	{"containers/network_mode", "network_mode: host", "network_mode: ${MODE}", `{"HostConfig":{"NetworkMode":"host"},"NetworkSettings":{"Networks":{"shop_default":null,"host":{}}}}`, `{}`},
	{"containers/pid", "pid: host", "pid: ${PID}", `{"HostConfig":{"PidMode":"host"}}`, `{"HostConfig":{"PidMode":"container:` + sixtyFour + `"}}`},
	{"containers/pid", "", "", "", `{"HostConfig":{"PidMode":"container:none of these"}}`},
	{"containers/ipc", "ipc: shareable", "ipc: ${IPC}", `{"HostConfig":{"IpcMode":"shareable"}}`, `{"HostConfig":{"IpcMode":"private"}}`},
	{"containers/ipc", "", "", `{"HostConfig":{"IpcMode":"shareable"}}`, `{"HostConfig":{"IpcMode":"host"}}`},
	{"containers/uts", "", "uts: ${UTS}", `{"HostConfig":{"UTSMode":"private"}}`, `{"HostConfig":{"UTSMode":"host"}}`},
	{"containers/userns_mode", "userns_mode: host", "userns_mode: ${USERNS}", `{"HostConfig":{"UsernsMode":"host"}}`, `{}`},
	{"containers/cgroup", "cgroup: private", "cgroup: ${CGROUP}", `{"HostConfig":{"CgroupnsMode":"private"}}`, `{"HostConfig":{"CgroupnsMode":"host"}}`},
	{"containers/entrypoint", "entrypoint: [/bin/app]", "entrypoint: ['${APP}']", `{"Config":{"Entrypoint":["/bin/app"]}}`, `{"Config":{"Entrypoint":["/bin/sh"]}}`},
	{"containers/command", "command: sh -c 'echo $$HOME --password=hunter2hunter2'", "command: ['${ARGS}']", `{"Config":{"Cmd":["sh","-c","echo $HOME --password=hunter2hunter2"]}}`, `{"Config":{"Cmd":["sh","-c","echo $HOME --password=swordfish99"]}}`},
	{"drift/runs", "healthcheck: {test: [CMD, a]}", "scale: ${N}", `{"State":{"Health":{"Status":"healthy"}}}`, `{"State":{"Health":{"Status":"unhealthy"}}}`},
	{"drift/runs", "restart: always", "", `{"State":{"Health":{"Status":"starting"}}}`, `{"State":{"Status":"restarting","ExitCode":1}}`},
	{"drift/runs", "", "", "", `{"State":{"Status":"paused"}}`},
	{"containers/environment", "environment: {A: one, B: two, C: $$3, D: ''}", "environment: {A: '${A}', B: two}", `{"Config":{"Env":["A=one","B=two","C=$3","D=","E=of the image"]}}`, `{"Config":{"Env":["A=another one","B=two","D=x"]}}`},
	{"containers/environment", "environment: {A: 'x${A}', B: null, C: one}", "environment: [B, C=one]", `{"Config":{"Env":["C=one"]}}`, `{"Config":{"Env":["A=hunter2hunter2","B=two","C=two"]}}`},
	{"sockets//var/run/docker.sock", "volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro']", "volumes: ['${SOCK:-/run}${SOCKET}:/var/run/docker.sock']", `{"Mounts":[{"Type":"bind","Source":"/run/docker.sock","Destination":"/var/run/docker.sock","RW":false}]}`, `{"Mounts":[{"Type":"bind","Source":"/var/run/docker.sock","Destination":"/var/run/docker.sock","RW":true}]}`},
	{"sockets//sock", "", "", "", `{"Mounts":[{"Type":"bind","Source":"/host_mnt/run/docker.sock","Destination":"/sock","RW":true},{"Type":"bind","Source":"/run/docker.sock","Destination":"/x","RW":false}]}`},
	{"sockets/none", "", "", `{}`, ``},
	{"mounts//data", "volumes: ['./data:/data:ro']", "volumes: ['${DATA}:/data:ro']", `{"Mounts":[{"Type":"bind","Source":"/srv/shop/data","Destination":"/data","RW":false,"Propagation":"rprivate"}]}`, `{"Mounts":[{"Type":"bind","Source":"/etc","Destination":"/data","RW":false,"Propagation":"rprivate"}]}`},
	{"mounts//data", "volumes: ['~/data:/data']", "volumes: ['./data:/data:${MODE}']", `{"Mounts":[{"Type":"bind","Source":"/home/ann/data","Destination":"/data","RW":true,"Propagation":"rprivate"}]}`, `{"Mounts":[{"Type":"bind","Source":"/home/ann/data","Destination":"/data","RW":true,"Propagation":"rshared"}]}`},
	{"mounts//data", "volumes: ['store:/data']", "volumes: ['store:/data', './x:${TARGET}']", `{"Mounts":[{"Type":"volume","Name":"shop_store","Source":"/var/lib/docker/volumes/shop_store/_data","Destination":"/data","RW":true}]}`, `{"Mounts":[{"Type":"bind","Source":"/","Destination":"/data","RW":true}]}`},
	{"mounts//run", "tmpfs: [/run]", "", `{"HostConfig":{"Tmpfs":{"/run":""}}}`, `{}`},
	{"mounts//run", "tmpfs: ['/run:exec,size=1m']", "", `{"HostConfig":{"Tmpfs":{"/run":"exec,size=1m"}}}`, `{"HostConfig":{"Tmpfs":{"/run":"exec,suid,size=1m"}}}`},
	{"mounts//extra", "volumes: ['store:${TARGET}']", "", "", `{"Mounts":[{"Type":"bind","Source":"/etc","Destination":"/extra","RW":true}]}`},
	{"mounts//extra", "", "", `{"Mounts":[{"Type":"volume","Name":"` + sixtyFour + `","Source":"/var/lib/docker/volumes/x/_data","Destination":"/extra","RW":true}]}`, `{"Mounts":[{"Type":"bind","Source":"/etc","Destination":"/extra","RW":true}]}`},
	{"mounts//run/secrets/key", "secrets: [key]", "", `{"Mounts":[{"Type":"bind","Source":"/srv/shop/key.txt","Destination":"/run/secrets/key","RW":false}]}`, `{"Mounts":[{"Type":"bind","Source":"/srv/shop/other.txt","Destination":"/run/secrets/key","RW":false}]}`},
	{"ports/80/tcp", "ports: ['127.0.0.1:8080:80']", "ports: ['127.0.0.1:${PORT}:80']", `{"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}]}},"NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}]}}}`, `{"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]}},"NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},{"HostIp":"::","HostPort":"8080"}]}}}`},
	{"ports/80/tcp", "ports: ['8000-8010:80']", "", `{"NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8003"},{"HostIp":"::","HostPort":"8003"}]}}}`, `{"NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8011"}]}}}`},
	{"ports/80/tcp", "ports: ['80']", "ports: ['${IP}:80:80']", `{"NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"49153"},{"HostIp":"::","HostPort":"49154"}]}}}`, `{"NetworkSettings":{"Ports":{"80/tcp":null}}}`},
	{"ports/2375/tcp", "", "", `{"NetworkSettings":{"Ports":{"2375/tcp":null}}}`, `{"NetworkSettings":{"Ports":{"2375/tcp":[{"HostIp":"0.0.0.0","HostPort":"2375"}]}}}`},
	{"proxies/EXEC", "image: tecnativa/docker-socket-proxy:v0.4.1\nenvironment: {EXEC: 0, POST: 1}", "image: tecnativa/docker-socket-proxy:v0.4.1\nenvironment: {EXEC: '${EXEC}', POST: 1}", `{"Config":{"Image":"tecnativa/docker-socket-proxy:v0.4.1","Env":["EXEC=0","POST=1","EVENTS=1","IMAGES=0"]}}`, `{"Config":{"Image":"tecnativa/docker-socket-proxy:v0.4.1","Env":["EXEC=1","EVENTS=0","VOLUMES=1","API_TOKEN=hunter2hunter2"]}}`},
	{"endpoints/DOCKER_HOST", "environment: {DOCKER_HOST: 'tcp://docker-proxy:2375'}", "environment: {DOCKER_HOST: 'tcp://${PROXY}:2375'}", `{"Config":{"Env":["DOCKER_HOST=tcp://docker-proxy:2375"]}}`, `{"Config":{"Env":["DOCKER_HOST=tcp://ann:hunter2hunter2@10.0.0.9:2375"]}}`},
	{"endpoints/DOCKER_HOST", "environment: {DOCKER_HOST: 'tcp://proxy:2375'}", "", `{"Config":{"Env":["DOCKER_HOST=tcp://proxy:2375"]}}`, `{"Config":{"Env":["DOCKER_HOST=tcp://x:y/z@proxy:2375?k=hunter#hunter"]}}`},
	{"endpoints/DOCKER_HOST", "", "", "", `{"Config":{"Env":["DOCKER_HOST=unix:///run/docker.sock"]}}`},
	{"endpoints/providers.docker.endpoint", "image: traefik:v3.6.4\ncommand: [--providers.docker.endpoint=tcp://docker-proxy:2375]", "", `{"Config":{"Image":"traefik:v3.6.4","Cmd":["--providers.docker.endpoint=tcp://docker-proxy:2375"]}}`, `{"Config":{"Image":"traefik:v3.6.4","Cmd":["--providers.docker.endpoint=tcp://other:2375"]}}`},
	{"networks/aliases", "networks: {front: {aliases: [www, shop]}}", "", `{"NetworkSettings":{"Networks":{"shop_default":null,"shop_front":{"Aliases":["web","shop","www"]}}}}`, `{"NetworkSettings":{"Networks":{"shop_default":null,"shop_front":{"Aliases":["web","shop"]}}}}`},
	{"networks/networks", "networks: [front]", "networks: ['${NET}']", `{"NetworkSettings":{"Networks":{"shop_default":null,"shop_front":{}}}}`, `{"NetworkSettings":{"Networks":{"shop_front":{},"other_api":{}}}}`},
}

// oneContainer is what dockerd 29 says of a container of the service, where no file asks for anything, as far
// as it is compared.
const oneContainer = `{
  "Id": "` + sixtyFour + `",
  "Name": "/shop-web-1",
  "State": {"Status": "running", "Running": true, "ExitCode": 0},
  "AppArmorProfile": "",
  "HostConfig": {
    "NetworkMode": "shop_default", "PortBindings": {}, "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0}, "CapAdd": null, "CapDrop": null,
    "CgroupnsMode": "private", "ExtraHosts": [], "GroupAdd": null, "IpcMode": "private", "PidMode": "", "Privileged": false, "ReadonlyRootfs": false,
    "SecurityOpt": null, "UTSMode": "", "UsernsMode": "", "Runtime": "runc", "Memory": 0, "NanoCpus": 0, "CgroupParent": "", "CpuPeriod": 0, "CpuQuota": 0,
    "Devices": null, "DeviceCgroupRules": null, "OomKillDisable": false, "PidsLimit": null, "Ulimits": null, "LogConfig": {"Type": "json-file", "Config": {}},
    "MaskedPaths": ["/proc/kcore"], "ReadonlyPaths": ["/proc/sys"]
  },
  "Mounts": [],
  "Config": {
    "User": "", "Env": ["PATH=/usr/local/sbin:/usr/local/bin"], "Cmd": ["web"], "Image": "example/web:1", "Entrypoint": null,
    "Labels": {
      "com.docker.compose.config-hash": "` + sixtyFour + `", "com.docker.compose.oneoff": "False", "com.docker.compose.project": "shop",
      "com.docker.compose.project.working_dir": "/srv/shop", "com.docker.compose.service": "web"
    }
  },
  "NetworkSettings": {"Ports": {}, "Networks": {"shop_default": {"NetworkID": "d"}}}
}`

const twoNetworks = `[
  {"Name": "shop_default", "Id": "d", "Driver": "bridge", "Internal": false, "IPAM": {}, "Labels": {"com.docker.compose.network": "default", "com.docker.compose.project": "shop"}},
  {"Name": "shop_front", "Id": "f", "Driver": "bridge", "Internal": false, "IPAM": {}, "Labels": {"com.docker.compose.network": "front", "com.docker.compose.project": "shop"}}
]`

// TestInspectRows compares each attribute where it agrees, differs and is unknown. What is written is the check
// of the row, and beside it whatever else does not agree.
func TestInspectRows(t *testing.T) {
	var b strings.Builder
	rows := map[string]bool{}
	for _, row := range inspectRows {
		rows[row.check] = true
	}
	for _, row := range inspectRows {
		fmt.Fprintf(&b, "# %s: %s\n", row.check, strings.ReplaceAll(row.service, "\n", "; "))
		for _, is := range []struct{ name, service, patch string }{{"agrees", row.service, row.agrees}, {"differs", row.service, row.differs}, {"unknown", row.unknown, row.agrees}} {
			if is.patch == "" || is.name == "unknown" && row.unknown == "" {
				continue
			}
			report := inspected(t, composeOf(is.service), patched(t, oneContainer, is.patch)+twoNetworks)
			fmt.Fprintf(&b, "%s:\n", is.name)
			for _, c := range report.Checks {
				if c.Section == "containers" && !rows[c.Section+"/"+c.ID] {
					t.Errorf("there is no row for %s", c.ID)
				}
				if c.Section+"/"+c.ID == row.check || c.Verdict != check.Agrees {
					fmt.Fprintf(&b, "  %s\n", written(c))
				}
			}
		}
	}
	golden.Check(t, "testdata/inspect-rows", []byte(b.String()))
}

// composeOf is a project with a service.
func composeOf(service string) string {
	if !strings.Contains(service, "image:") {
		service = strings.TrimRight("image: example/web:1\n"+service, "\n")
	}
	return "services:\n  web:\n    " + strings.ReplaceAll(service, "\n", "\n    ") + "\nnetworks: {front: {}}\nvolumes: {store: {}}\nsecrets: {key: {file: key.txt}}\n"
}

// inspected compares a project with what docker inspect says.
func inspected(t *testing.T, compose, said string) check.Report {
	t.Helper()
	seen, err := inspect.Read(strings.NewReader(said))
	if err != nil {
		t.Fatal(err)
	}
	l := New(Options{NoConfig: true, Load: loader.Options{Texts: map[string][]byte{"compose.yaml": []byte(compose)}}})
	result, err := l.Inspect(context.Background(), []loader.Found{{Files: []string{"compose.yaml"}}}, func() {}, seen)
	if err != nil || len(result.Errors) > 0 || len(result.Projects) != 1 {
		t.Fatal(err, result.Errors)
	}
	return result.Projects[0].Report
}

// written is a check as a line.
func written(c check.Check) string {
	line := fmt.Sprintf("%s %s/%s of %s: %s | %s", c.Verdict, c.Section, c.ID, c.Subject, c.Expected, c.Seen)
	if c.Why != "" {
		line += " (" + c.Why + ")"
	}
	if c.Location != nil {
		line += fmt.Sprintf(" %s by %s", c.Location, c.Decides)
	}
	return line
}

// patched is a document with what a patch says otherwise (RFC 7396).
func patched(t testing.TB, document, patch string) string {
	t.Helper()
	var into, with any
	for text, to := range map[string]*any{document: &into, patch: &with} {
		if err := json.Unmarshal([]byte(text), to); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
	}
	text, err := json.Marshal(merged(into, with))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func merged(into, with any) any {
	patch, ok := with.(map[string]any)
	target, both := into.(map[string]any)
	if !ok {
		return with
	}
	if !both {
		target = map[string]any{}
	}
	for key, value := range patch {
		if value == nil {
			delete(target, key)
			continue
		}
		target[key] = merged(target[key], value)
	}
	return target
}

// TestInspect compares whole projects.
func TestInspect(t *testing.T) {
	golden.Archives(t, "testdata/inspect/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		report := inspected(t, string(a.Files[0].Data), string(a.Files[1].Data))
		var b strings.Builder
		agrees := ""
		for _, c := range report.Checks {
			before := agrees
			if agrees = ""; c.Verdict == check.Agrees {
				agrees = fmt.Sprintf("agrees %s of %s:", c.Section, c.Subject)
			}
			switch {
			case before != "" && before == agrees:
				fmt.Fprintf(&b, " %s", c.ID)
				continue
			case before != "":
				b.WriteString("\n")
			}
			if agrees != "" {
				fmt.Fprintf(&b, "%s %s", agrees, c.ID)
			} else {
				fmt.Fprintln(&b, written(c))
			}
		}
		if agrees != "" {
			b.WriteString("\n")
		}
		for _, note := range report.Notes {
			fmt.Fprintln(&b, "note:", note)
		}
		return b.String()
	})
}

// TestInspectSamples compares what dockerd 29 and Podman 4.3.1 were recorded to say with the files that they
// were given, where the records are at hand.
func TestInspectSamples(t *testing.T) {
	var all []string
	for _, name := range []string{"containers", "networks", "create-podman"} {
		text, err := os.ReadFile(filepath.Join(archives.Root(t), "..", "shared", "facts", "verify", "inspect-"+name+".json"))
		if err != nil {
			t.Skipf("the records of real engines are no part of the repository: %v", err)
		}
		all = append(all, string(text))
	}
	studio, podman := inspected(t, recordedByDocker, all[0]+all[1]), inspected(t, recordedByPodman, all[2])
	if got := fmt.Sprint(studio.Count(check.Agrees), studio.Count(check.Differs), studio.Count(check.Unknown)); got != "90 0 0" {
		t.Errorf("of the containers of docker agree, differ and are unknown %s", got)
	}
	var got []string
	for _, c := range podman.Checks {
		if c.Verdict != check.Agrees {
			got = append(got, written(c))
		}
	}
	want := []string{"differs drift/runs of x: 1 running container | none compose.yaml:3:3 by replicas"} // it was created alone
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("of the container of Podman (-want +got):\n%s", diff)
	}
}

const recordedByDocker = `
name: studio
services:
  app:
    image: cl-test:base
    command: sleep 100000
    environment:
      DOCKER_HOST: tcp://docker-proxy:2375
    ports: ["127.0.0.1:3000:3000"]
    networks: [coolify, docker-api]
    security_opt: ["no-new-privileges:true"]
    cap_drop: [ALL]
    mem_limit: 256m
    cpus: 1.5
    depends_on: [docker-proxy]
  docker-proxy:
    image: tecnativa/docker-socket-proxy:v0.4.1
    restart: unless-stopped
    read_only: true
    tmpfs: [/run, /tmp]
    environment:
      CONTAINERS: 1
      IMAGES: 1
      INFO: 1
      VERSION: 1
      POST: 1
      DELETE: 1
      BUILD: 0
      NETWORKS: 0
      VOLUMES: 0
      EXEC: 0
      DISABLE_IPV6: 1
    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
    networks: [docker-api]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 128m
    cpus: 0.5
    pids_limit: 100
networks:
  coolify: {}
  docker-api: {internal: true}
`

const recordedByPodman = `
services:
  x:
    container_name: insp
    image: cl-test:base
    command: [sleep, "1"]
    user: "1000:1000"
    environment: {A: 1}
    cap_drop: [ALL]
    cap_add: [NET_ADMIN]
    pid: host
    network_mode: none
    read_only: true
    restart: unless-stopped
    security_opt: [no-new-privileges, "seccomp=unconfined"]
    mem_limit: 64m
    cpus: 0.5
    pids_limit: 50
    volumes: ["/run/podman/podman.sock:/var/run/docker.sock:ro", "vol:/data"]
    tmpfs: [/run, /tmp]
volumes: {vol: {}}
`

// TestInspectShowsNoValues holds a report against what an environment, a command line and addresses may hold: of
// them no value is shown but a proxy's flags and where the Docker API is.
func TestInspectShowsNoValues(t *testing.T) {
	secrets := []string{"Tr0ub4dor-one", "Tr0ub4dor-two", "Tr0ub4dor-three", "Tr0ub4dor-four", "Tr0ub4dor-five", "Tr0ub4dor-six"}
	compose := composeOf(fmt.Sprintf(`image: ghcr.io/nextcloud-releases/aio-docker-socket-proxy:latest
command: [serve, --password=%s]
environment: {NC_HAPROXY_PASSWORD: %s, PASSWORD: %s, ADDRESS: "https://ann:%s@example.com", PLAIN: one, DOCKER_HOST: "tcp://proxy:2375"}`,
		secrets[0], secrets[1], secrets[2], secrets[3]))
	env, err := json.Marshal([]string{
		"NC_HAPROXY_PASSWORD=" + secrets[4], "PASSWORD=" + secrets[4], "ADDRESS=https://ann:" + secrets[4] + "@example.com", "PLAIN=" + secrets[4],
		"DOCKER_HOST=tcp://ann:" + secrets[5] + "@proxy:2375", "OF_THE_IMAGE=" + secrets[5],
	})
	if err != nil {
		t.Fatal(err)
	}
	patch := fmt.Sprintf(`{"Config":{"Image":"ghcr.io/nextcloud-releases/aio-docker-socket-proxy:latest","Env":%s,"Cmd":["serve","--password=%s"],"Labels":{"secret":"%s"}}}`, env, secrets[4], secrets[5])
	report := inspected(t, compose, patched(t, oneContainer, patch))
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s is shown: %s", secret, text)
		}
	}
	if report.Count(check.Differs) < 3 {
		t.Errorf("too little differs: %s", text)
	}
}

// TestInspectGrows compares four times as many services with their containers, which takes about four times the
// work.
func TestInspectGrows(t *testing.T) {
	allocations := func(n int) float64 {
		compose, said := strings.Builder{}, strings.Builder{}
		compose.WriteString("networks: {docker-api: {internal: true}}\nservices:\n  p: {image: 'tecnativa/docker-socket-proxy:v0.4.1', networks: [docker-api]}\n")
		for i := range n {
			fmt.Fprintf(&compose, "  s%d: {image: 'example/web:1', networks: [docker-api], ports: ['%d:80'], environment: {A: b}, volumes: ['/srv:/srv']}\n", i, 10000+i)
			said.WriteString(patched(t, oneContainer, fmt.Sprintf(`{"Id":"%d","Name":"/s%d","Config":{"Env":["A=b"],"Labels":{"com.docker.compose.service":"s%d"}},
				"Mounts":[{"Type":"bind","Source":"/srv","Destination":"/srv","RW":true}],"NetworkSettings":{"Networks":{"shop_docker-api":{}},"Ports":{"80/tcp":[{"HostPort":"%d"}]}}}`, i, i, i, 10000+i)))
		}
		return testing.AllocsPerRun(1, func() { inspected(t, compose.String(), said.String()) })
	}
	if one, four := allocations(100), allocations(400); four > 5*one {
		t.Errorf("four times as much takes %.1f times the allocations", four/one)
	}
}

// FuzzInspect compares a project with whatever somebody says of its containers.
func FuzzInspect(f *testing.F) {
	f.Add(oneContainer + twoNetworks)
	for _, row := range inspectRows {
		if row.differs != "" {
			f.Add(patched(f, oneContainer, row.differs) + twoNetworks)
		}
	}
	compose := composeOf("image: tecnativa/docker-socket-proxy:v0.4.1\nenvironment: {EXEC: 0}\nports: ['80']\nvolumes: ['./x:/x', '/var/run/docker.sock:/var/run/docker.sock']\npid: host")
	f.Fuzz(func(t *testing.T, said string) {
		seen, err := inspect.Read(strings.NewReader(said))
		if err != nil {
			return
		}
		l := New(Options{NoConfig: true, Load: loader.Options{Texts: map[string][]byte{"compose.yaml": []byte(compose)}}})
		result, err := l.Inspect(context.Background(), []loader.Found{{Files: []string{"compose.yaml"}}}, func() {}, seen)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range result.Errors {
			if strings.Contains(err.Error(), "internal error") {
				t.Error(err)
			}
		}
	})
}
