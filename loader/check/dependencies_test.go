package check

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestDependencies(t *testing.T) {
	runRefusals(t, []refusalCase{
		{"all there", `
services:
  web: {image: a, depends_on: [db], volumes_from: ["db:ro", "container:x"], ipc: "service:db", network_mode: "container:x"}
  api: {image: a, links: ["db:database"]}
  db: {image: a, profiles: [tools]}
jobs:
  migrate: {image: a, depends_on: [db, seed], triggers: {manual: true}}
  seed: {image: a, triggers: {manual: true}}
`, nil},
		{"unknown services", `
services:
  web:
    image: a
    depends_on: [databse]
    links: ["cache:c"]
    volumes_from: ["files:ro"]
    ipc: service:ipc
    pid: service:pid
    network_mode: service:net
  database: {image: a}
  api:
    image: a
    depends_on:
      cach: {condition: service_healthy, required: false}
`, []string{
			`services.api.depends_on.cach: the service "cach" is not defined: add it to the top-level "services" (14:7 «cach»)`,
			`services.web.depends_on.databse: the service "databse" is not defined: did you mean "database"? (4:18 «databse»)`,
			`services.web.links[0]: the service "cache" is not defined: add it to the top-level "services" (5:14 «cache»)`,
			`services.web.network_mode: the service "net" is not defined: add it to the top-level "services" (9:27 «net»)`,
			`services.web.ipc: the service "ipc" is not defined: did you mean "api"? (7:18 «ipc»)`,
			`services.web.pid: the service "pid" is not defined: did you mean "api"? (8:18 «pid»)`,
			`services.web.volumes_from[0]: the service "files" is not defined: add it to the top-level "services" (6:21 «files»)`,
			`services.web.links: "links" is for the service whose network this one joins: move it to "net" (5:5 «links»)`,
		}},
		{"jobs", `
services:
  web: {image: a, depends_on: [migrate]}
  seed: {image: a}
jobs:
  migrate: {image: a, depends_on: [nobody, x-job], triggers: {manual: true}}
  seed: {image: a, triggers: {manual: true}}
`, []string{
			`services.web.depends_on.migrate: a service cannot depend on the job "migrate", only on services (2:32 «migrate»)`,
			`jobs.migrate.depends_on.nobody: the service "nobody" is not defined: add it to the top-level "services" (5:36 «nobody»)`,
			`jobs.migrate.depends_on.x-job: "x-job" cannot be a name here: compose takes a key that begins with x- for an extension (5:44 «x-job»)`,
			`jobs.seed: "seed" is the name of a service, too: rename the job (6:3 «seed»)`,
		}},
		{"cycles", `
services:
  a: {image: a, depends_on: [b]}
  b: {image: a, links: [c, d]}
  c: {image: a, network_mode: "service:a"}
  d: {image: a, depends_on: [c]}
  e: {image: a, depends_on: [a, e]}
  y: {image: a, depends_on: [x]}
  x: {image: a, depends_on: [y]}
jobs:
  j: {image: a, depends_on: [k], triggers: {manual: true}}
  k: {image: a, depends_on: [j], triggers: {manual: true}}
`, []string{
			`services.a.depends_on.b: dependency cycle: "a" -> "b" -> "c" -> "a" (2:30 «b»)`,
			`services.e.depends_on.e: dependency cycle: "e" -> "e" (6:33 «e»)`,
			`services.x.depends_on.y: dependency cycle: "x" -> "y" -> "x" (8:30 «y»)`,
		}},
		{"additional contexts", `
services:
  web: {build: {context: ., additional_contexts: {a: "service:base", b: "service:bse", c: "service:db"}}}
  base: {build: .}
  db: {image: a}
`, []string{
			`services.web.build.additional_contexts.b: the service "bse" is not defined: did you mean "base"? (2:73 «"service:bse"»)`,
			`services.web.build.additional_contexts.c: service "db" has no "build" to take a context from (2:91 «"service:db"»)`,
		}},
	})
}

// TestManyDependencies holds the search for cycles against compose-go's, which takes more
// than a minute for a chain of this length.
func TestManyDependencies(t *testing.T) {
	var file strings.Builder
	file.WriteString("services:\n")
	for i := range 3000 {
		fmt.Fprintf(&file, "  s%04d: {image: a, depends_on: [s%04d]}\n", i, (i+1)%3000)
	}
	start := time.Now()
	got := checked(t, file.String())
	if len(got) != 1 || !strings.Contains(got[0], `"s0000" -> "s0001" -> "s0002"`) || !strings.Contains(got[0], `... -> "s0000"`) {
		t.Errorf("got %q", got)
	}
	t.Logf("it took %s", time.Since(start))
}
