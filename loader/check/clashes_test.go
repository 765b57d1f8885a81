package check

import "testing"

func TestClashes(t *testing.T) {
	runRefusals(t, []refusalCase{
		{"image and build", `
services:
  web: {ports: [80]}
  api: {image: ""}
  db: {image: a}
  ext: {provider: {type: a}}
`, []string{
			`services.api: service "api" has neither an image nor a build: add one of them (3:3 «api»)`,
			`services.web: service "web" has neither an image nor a build: add one of them (2:3 «web»)`,
		}},
		{"build", `
services:
  web:
    platform: linux/arm64
    build: {context: ., dockerfile: a, dockerfile_inline: FROM b, platforms: [linux/amd64]}
`, []string{
			`services.web.build.dockerfile_inline: "dockerfile_inline" and "dockerfile" exclude each other: remove one (4:59 «FROM b»)`,
			`services.web.platform: the platform "linux/arm64" is not among those of "build": add it to "platforms" (3:15 «linux/arm64»)`,
		}},
		{"healthcheck", `
services:
  web: {image: a, healthcheck: {test: [curl, -f, localhost]}}
  api: {image: a, healthcheck: {test: []}}
  db: {image: a, healthcheck: {test: pg_isready}}
`, []string{
			`services.web.healthcheck.test[0]: a list in "test" must begin with "CMD", "CMD-SHELL" or "NONE" (2:40 «curl»)`,
		}},
		{"scale", `
services:
  a: {image: a, scale: 2, deploy: {replicas: 3}, container_name: aa}
  b: {image: a, scale: -1}
  c: {image: a, deploy: {replicas: -1}}
  d: {image: a, deploy: {replicas: 2}, container_name: dd}
  e: {image: a, scale: 1, container_name: ee, deploy: {replicas: 1}}
`, []string{
			`services.a.scale: "scale" is 2 and "deploy.replicas" 3: remove one (2:24 «2»)`,
			`services.a.container_name: 2 containers cannot share a name: remove "container_name" or "scale" (2:66 «aa»)`,
			`services.b.scale: "scale" must be at least 0 (3:24 «-1»)`,
			`services.c.deploy.replicas: "replicas" must be at least 0 (4:36 «-1»)`,
			`services.d.container_name: 2 containers cannot share a name: remove "container_name" or "deploy.replicas" (5:56 «dd»)`,
		}},
		{"limits", `
services:
  web:
    image: a
    cpus: 1
    mem_limit: 1g
    mem_reservation: 512m
    pids_limit: 10
    deploy: {resources: {limits: {memory: 2g, pids: 10}, reservations: {memory: 0.5g}}}
  api: {image: a, cpus: 1, mem_limit: 1g, deploy: {resources: {reservations: {cpus: "2"}}}}
  same: {image: a, cpus: 0.5, deploy: {resources: {limits: {cpus: "0.5"}}}}
`, []string{
			`services.web.cpus: "cpus" must say the same as "deploy.resources.limits.cpus", which is missing: move it there (4:11 «1»)`,
			`services.web.mem_limit: "mem_limit" and "deploy.resources.limits.memory" differ: remove the former (5:16 «1g»)`,
		}},
		{"watch", `
services:
  web:
    image: a
    develop: {watch: [{path: a, action: sync}, {path: b, action: rebuild}, {path: c, action: sync, target: ""}]}
`, []string{
			`services.web.develop.watch[0]: the action "sync" needs a "target", a path in the container (4:23 «{path: a, action: sync}»)`,
			`services.web.develop.watch[2]: the action "sync" needs a "target", a path in the container (4:76 «{path: c, action: sync, target: ""}»)`,
		}},
		{"mount targets", `
services:
  web:
    image: a
    tmpfs: ["/run", "/tmp:size=1", "/run:size=2"]
    volumes: ["/a:/data", {type: bind, source: /b, target: /data/}, "/c:/tmp"]
  api: {image: a, tmpfs: /run, volumes: ["/b:/run"]}
`, []string{
			`services.api.volumes[0].target: "/run" is already the target of tmpfs[0]: mount one of them elsewhere (6:46 «/run»)`,
			`services.web.tmpfs[2]: "/run" is already the target of tmpfs[0]: mount one of them elsewhere (4:36 «"/run:size=2"»)`,
			`services.web.volumes[1].target: "/data" is already the target of volumes[0]: mount one of them elsewhere (5:60 «/data/»)`,
			`services.web.volumes[2].target: "/tmp" is already the target of tmpfs[1]: mount one of them elsewhere (5:73 «/tmp»)`,
		}},
		{"secrets from nowhere", `
services:
  web: {image: a}
secrets:
  a: {driver: vault}
  b: {external: true}
  c: {environment: ""}
  d: {environment: D}
`, []string{
			`secrets.a: the secret "a" must have "file" or "environment", or be external (4:3 «a»)`,
			`secrets.c: the secret "c" must have "file" or "environment", or be external (6:3 «c»)`,
		}},
		{"what compose-go takes for granted", `
services:
  web:
    image: a
    pid:
jobs:
  migrate:
    image: a
    triggers: {manual: true}
    volumes: [{type: volume, source: data}, {type: tmpfs, target: /a}]
`, []string{
			`services.web.pid: "pid" cannot be empty: write "host", "service:NAME" or "container:NAME", or remove it (4:5 «pid»)`,
			`jobs.migrate.volumes[0]: the mount lacks "target", its path in the container (9:15 «{type: volume, source: data}»)`,
		}},
		{"nothing", "version: \"3\"\n", []string{`file["compose.yml"]: the file is empty (1:1 «version: "3"»)`}},
	})
}
