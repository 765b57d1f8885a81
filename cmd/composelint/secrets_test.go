package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/composelint/composelint/report"
)

// seedOfSecrets makes a run repeatable; COMPOSELINT_SECRETS asks for as many projects of other
// seeds.
const (
	seedOfSecrets   = 1
	secretsProjects = 400
)

// TestNoSecretIsShown puts random secrets at random places of files, breaks some of the files, and
// looks at all that the program writes, with random options: no secret is in it.
func TestNoSecretIsShown(t *testing.T) {
	seed, projects := uint64(seedOfSecrets), secretsProjects
	if more, err := strconv.Atoi(os.Getenv("COMPOSELINT_SECRETS")); err == nil {
		seed, projects = rand.Uint64(), more
	}
	t.Setenv("DB_PASSWORD", "") // to restore it
	shown := 0
	for i := range projects {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		p := newSecretProject(r)
		if err := os.Setenv("DB_PASSWORD", p.secret); err != nil { // which --env finds
			t.Fatal(err)
		}
		for _, args := range p.commands(r) {
			leak := p.leakOf(t, args)
			if leak == "" {
				continue
			}
			t.Errorf("project %d of seed %d: composelint %s shows %q:\n%s\n%s", i, seed, strings.Join(args, " "), p.secret, leak, p)
			if shown++; shown == 20 {
				t.Fatal("there may be more")
			}
			break
		}
	}
}

// secretProject is a project with a secret in it, perhaps in several places.
type secretProject struct {
	secret string
	files  map[string]string
}

func (p secretProject) String() string {
	var b strings.Builder
	for name, text := range p.files {
		fmt.Fprintf(&b, "-- %s --\n%s\n", name, text)
	}
	return b.String()
}

// secretKinds make secrets: each is long enough, and of characters enough, to be told from a word.
var secretKinds = []struct {
	alphabet string
	length   int
}{
	{"abcdefghijkmnpqrstuvwxyz23456789", 8},
	{"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789", 12},
	{"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789", 24},
	{"abcdefghijkLMNOPQRstuvwxyz", 10},
	{"0123456789abcdef", 32},
}

// randomSecret begins with letters, so that it may stand where a name does, and has a digit in its
// midst unless it is of letters only.
func randomSecret(r *rand.Rand) string {
	kind := secretKinds[r.IntN(len(secretKinds))]
	s := []byte("zq")
	for len(s) < kind.length {
		s = append(s, kind.alphabet[r.IntN(len(kind.alphabet))])
	}
	s[3] = 'Q' // a word in small letters may be a name of the project as well
	if strings.ContainsAny(kind.alphabet, "0123456789") {
		s[3] = '7'
	}
	return string(s)
}

// separatedSecret is one of pieces that a parser of ports, paths and the like takes apart.
func separatedSecret(r *rand.Rand) string {
	pieces := make([]string, 3)
	for i := range pieces {
		for len(pieces[i]) < 12 || pieces[i][3] != '7' {
			pieces[i] = randomSecret(r)
		}
	}
	return strings.Join(pieces, string(separators[r.IntN(len(separators))]))
}

const separators = ":/.,=-@"

// The places of a secret S, by the name of a file: lines of a service in compose.yaml, those of
// another file as they are.
type secretPlace struct{ service, top, env, envFile string }

var secretPlaces = []secretPlace{
	{service: `environment: {DB_PASSWORD: S}`},
	{service: `environment: {DB_PASSWORD: "S"}`},
	{service: "environment:\n  DB_PASSWORD: S"},
	{service: "environment:\n  DB_PASSWORD:\n    S"},
	{service: "environment:\n  DB_PASSWORD: &p S\n  OTHER: *p"},
	{service: "environment:\n  - DB_PASSWORD=S"},
	{service: "environment:\n  - DB_PASSWORD: S"},
	{service: "environment:\n  - DB_PASSWORD:S"},
	{service: "environment:\n  - DB_PASSWORD = S"},
	{service: "environment:\n  - DB_PASSWORD S"},
	{service: "environment:\n  DB_PASSWORD: [S]"},
	{service: "environment:\n  DB_PASSWORD: {S: x}"},
	{service: "environment:\n  DB_PASSWORD: x$S"},
	{service: "environment:\n  DB_PASSWORD: $S"},
	{service: "environment:\n  - DB_PASSWORD=a$S-b"},
	{service: "environment: {URL: 'postgres://app:x$S@db/app'}"},
	{service: "environment: {A: '${DB_PASSWORD:-S}'}"},
	{service: "environment: {A: '${DB_PASSWORD-S}'}"},
	{service: "environment: {A: '${DB_PASSWORD:?S}'}"},
	{service: "environment: {A: '${A:?S}'}"},
	{service: "environment: {A: '${A?S}'}"},
	{service: "environment: {A: '${DB_PASSWORD:+S}'}"},
	{service: "environment: {DB_PASSWORD: '${DB_PASSWORD:-S}'}"},
	{service: "environment: {DB_PASSWORD: '${S'}"},
	{service: "environment: {DB_PASSWORD: '${X:S}'}"},
	{service: "environment: {DB_PASSWORD: 'a${X!S}'}"},
	{service: "image: ${DB_PASSWORD:-S}"},
	{service: "environment: {URL: 'postgres://app:S@db:5432/app'}"},
	{service: "environment: {URL: 'https:/app:S@db:5432/app'}"},
	{service: "environment: {URL: 'https:app:S@db:5432/app'}"},
	{service: "environment: {URL: 'https:/-/app:S@db:5432/app'}"},
	{service: "environment: {URL: 'https://app: S@db:5432/app'}"},
	{service: "environment: {URL: \"postgres://app:S\n  @db:5432/app\"}"},
	{service: "environment: {A: 'https%3A% 2F%2Fapp:S@db'}"},
	{service: "environment: {A: '${@DB_PASSWORD:-S}'}"},
	{top: ": S"},
	{service: `environment: {URL: 'https:\/\/app:S@db:5432/app'}`},
	{service: "environment: {URL: 'https:///app:S@db:5432/app'}"},
	{service: "environment: {URL: 'https://app:a/S@db:5432/app'}"},
	{service: "environment: {URL: 'https://app:a@S@db:5432/app'}"},
	{service: "environment: {URL: 'https%3A%2F%2Fapp:S@db'}"},
	{service: "environment: {DSN_: 'app:S@tcp(db:3306)/app'}"},
	{service: "environment: {DOCKER_HOST: 'tcp://app:S@db:2375'}"},
	{service: "image: https://app:S@registry/img"},
	{service: "build: {context: 'https://app:S@example.com/repo.git'}"},
	{service: "build: {context: 'https:/app:S@example.com/repo.git'}"},
	{service: "build: {context: ., args: {NPM_TOKEN: S}}"},
	{service: "build: {context: ., args: [NPM_TOKEN=S]}"},
	{service: "build: {context: ., additional_contexts: {a: 'https://app:S@h/r'}}"},
	{service: "build: {context: ., ssh: ['x=https://u:S@h']}"},
	{service: "volumes: ['https://u:S@h/x:/data']"},
	{service: "volumes: ['//u:S@h/share:/data']"},
	{service: "command: ['mysql', '-uroot', '-pS']"},
	{service: "command: ['mysql', '-u', 'root', '-p', 'S-7']"},
	{service: "command: ['client', '-p', 'S-7']"},
	{service: "command: ['client', '-u', 'me:S']"},
	{service: "command: ['client', '-u', 'S-7']"},
	{service: "command: client -u me:S"},
	{service: "command: client -p S-7 --port 80"},
	{service: "command: ['client', '-pS-7']"},
	{service: "command: ['serve', '--password', 'S']"},
	{service: "command: ['serve', '--password=S']"},
	{service: "command: serve --password S"},
	{service: "command:\n  - serve\n  - --password\n  - S"},
	{service: "command: [curl, -H, 'Authorization: Bearer S', http://x]"},
	{service: "command: [curl, -H, 'X-Api-Key: S', http://x]"},
	{service: "command: ['sh', '-c', 'export DB_PASSWORD=S; run']"},
	{service: "command: ['-c', 'requirepass S']"},
	{service: "entrypoint: ['redis-server', '--requirepass', 'S']"},
	{service: "healthcheck: {test: 'redis-cli -a S ping'}"},
	{service: "healthcheck: {test: [CMD, redis-cli, -a, S, ping]}"},
	{service: "healthcheck: {test: [NOPE, redis-cli, -a, S, ping]}"},
	{service: "labels: [app.password=S]"},
	{service: "labels: {app.password: S}"},
	{service: "labels: {app.password: [S]}"},
	{service: "labels: ['traefik.http.middlewares.a.basicauth.users=me:S']"},
	{service: "sysctls: {kernel.secret: S}"},
	{service: "sysctls: [kernel.secret=S]"},
	{service: "logging: {driver: splunk, options: {splunk-token: S}}"},
	{service: "logging: {driver: splunk, options: [splunk-token=S]}"},
	{service: "extra_hosts: ['x:https://u:S@h']"},
	{service: "password: S"},
	{service: "api_key: [S]"},
	{service: "x-password: S"},
	{service: "x-auth: {password: [a, S]}"},
	{service: "deploy: {labels: {password: S}, resources: {limits: {memory: 'https://u:S@h'}}}"},
	{service: "secrets: [{source: p, password: S}]"},
	{service: "ports: ['https://u:S@h']"},
	{service: "post_start: [{command: ['mysql', '-pS'], environment: [DB_PASSWORD=S]}]"},
	{service: "environment: {DB_PASSWORD: S}\nenvironment: {DB_PASSWORD: other}"},
	{service: "environment: {DB_PASSWORD: S, DB_PASSWORD: other}"},
	{service: "environment: {DB_PASSWORD: !!int S}"},
	{service: "environment: {DB_PASSWORD: !nope S}"},
	{service: "environment: {DB_PASSWORD: *S }"},
	{service: "environment: {DB_PASSWORD: 'S}"},
	{service: "environment: {DB_PASSWORD: \"S}"},
	{service: "environment: {DB_PASSWORD: \"x\\S\"}"},
	{service: "environment: {DB_PASSWORD: @S}"},
	{service: "environment: {DB_PASSWORD: %S}"},
	{service: "environment: {DB_PASSWORD: `S}"},
	{service: "environment: {DB_PASSWORD: a: S}"},
	{service: "environment:\n  DB_PASSWORD: a: S"},
	{service: "environment:\n  DB_PASSWORD: [S"},
	{service: "environment:\n  DB_PASSWORD: !S x"},
	{service: "environment:\n  DB_PASSWORD: !!S x"},
	{service: "environment:\n  DB_PASSWORD: !<S x"},
	{service: "environment:\n  DB_PASSWORD: >S\n    x"},
	{service: "environment:\n  DB_PASSWORD: &S"},
	{service: "environment:\n  DB_PASSWORD:\n S\n  B: x"},
	{service: "environment:\n  DB_PASSWORD:\nS"},
	{service: "environment:\n  DB_PASSWORD: |\n    a\n   S\n  b"},
	{service: "environment:\n  DB_PASSWORD: |\n    first line\n    S\n    last line"},
	{service: "environment:\n  DB_PASSWORD: \"first\n\n    S\""},
	{service: "environment: {DB_PASSWORD: S}\ncontainer_name: S!\nhostname: S\nuser: S"},
	{service: "environment: {DB_PASSWORD: S}\nprivileged: S\ncap_add: [S]"},
	{service: "environment: {DB_PASSWORD: S}\nnetwork_mode: S\npid: S\nipc: service:S"},
	{service: "environment: {DB_PASSWORD: S}\nvolumes: ['/etc/S:/S']\nports: ['S:80']"},
	{service: "environment: {DB_PASSWORD: S}\n# composelint:ignore S -- S\nread_only: false"},
	{service: "# composelint:ignore privileged -- password=S until 2020-01-01\nprivileged: true"},
	{service: "# composelint:ignore privileged -- the password is S\nprivileged: true"},
	{service: "privileged: true # composelint:ignore privileged -- token S-7"},
	{service: "privileged: true # composelint:ignore host-pid -- https://u:S@h"},
	{service: "privileged: true # composelint:nope DB_PASSWORD=S"},
	{service: "privileged: true # DB_PASSWORD=S"},
	{env: "DB_PASSWORD=S", service: "image: ${DB_PASSWORD}"},
	{env: "DB_PASSWORD=S", service: "image: 'registry/${DB_PASSWORD}:latest'"},
	{env: "DB_PASSWORD=S", service: "image: 'x:${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=S", service: "privileged: ${DB_PASSWORD}"},
	{env: "DB_PASSWORD=S", service: "privileged: true\nuser: '${DB_PASSWORD}'\ncontainer_name: ${DB_PASSWORD}"},
	{env: "DB_PASSWORD=S", service: "ports: ['${DB_PASSWORD}:80']"},
	{env: "DB_PASSWORD=S", service: "ports: [{target: '${DB_PASSWORD}'}]"},
	{env: "DB_PASSWORD=S", service: "volumes: ['/etc:/x/${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "volumes: ['/etc/${DB_PASSWORD}:/x']"},
	{env: "DB_PASSWORD=S", service: "volumes: ['/var/run/docker.sock:/${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "command: run ${DB_PASSWORD}"},
	{env: "DB_PASSWORD=S", service: "command: ['run', '-p${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "healthcheck: {test: '${DB_PASSWORD}', interval: '${DB_PASSWORD}'}"},
	{env: "DB_PASSWORD=S", service: "mem_limit: ${DB_PASSWORD}\ncpus: ${DB_PASSWORD}"},
	{env: "DB_PASSWORD=S", service: "network_mode: ${DB_PASSWORD}\npid: 'service:${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=S", service: "networks: ['${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "depends_on: ['${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "env_file: ['${DB_PASSWORD}.env']"},
	{env: "DB_PASSWORD=S", service: "extends: {file: '${DB_PASSWORD}.yaml', service: x}"},
	{env: "DB_PASSWORD=S", service: "extra_hosts: ['x:${DB_PASSWORD}', '${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "devices: ['/dev/${DB_PASSWORD}']\ncap_add: ['${DB_PASSWORD}']\nsecurity_opt: ['${DB_PASSWORD}:unconfined']"},
	{env: "DB_PASSWORD=S", service: "environment: {DOCKER_HOST: 'tcp://${DB_PASSWORD}:2375'}"},
	{env: "DB_PASSWORD=S", service: "labels: ['traefik.http.routers.x.rule=Host(`${DB_PASSWORD}`)', 'traefik.enable=true']"},
	{env: "DB_PASSWORD=S", service: "secrets: ['${DB_PASSWORD}']\nconfigs: ['${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "profiles: ['${DB_PASSWORD}']\nruntime: '${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=S", service: "environment: {X: '${DB_PASSWORD}', Y: 'a${DB_PASSWORD}b'}"},
	{env: "DB_PASSWORD=S", service: "environment: [DB_PASSWORD]"},
	{env: "DB_PASSWORD=S", service: "environment: ['${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "environment: ['${DB_PASSWORD}=1']"},
	{env: "DB_PASSWORD=S", service: "ulimits: {nofile: '${DB_PASSWORD}'}\nsysctls: ['${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", top: "include: ['${DB_PASSWORD}/compose.yaml']"},
	{env: "DB_PASSWORD=S", top: "name: '${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=S", top: "volumes: {v: {driver: local, driver_opts: {type: none, o: bind, device: '/etc/${DB_PASSWORD}'}}}"},
	{env: "DB_PASSWORD=S", top: "networks: {n: {name: '${DB_PASSWORD}', driver: '${DB_PASSWORD}', external: '${DB_PASSWORD}'}}"},
	{env: "DB_PASSWORD=S", top: "secrets: {s: {environment: DB_PASSWORD}, t: {file: '${DB_PASSWORD}'}}"},
	{env: "X=S", service: "environment: {DB_PASSWORD: '${X}'}\nimage: ${X}"},
	{env: "X=S", service: "environment: ['DB_PASSWORD=${X}']\nhostname: ${X}"},
	{env: "URL=https://u:S@h/x", service: "image: ${URL}\nhostname: '${URL}'"},
	{env: "DB_PASSWORD=S\n1 =x y'"},
	{env: "DB_PASSWORD='S"},
	{env: "DB_PASSWORD=\"S\nB=${"},
	{env: "DB_PASSWORD=first\n S x"},
	{env: "DB_PASSWORD=first\nS!"},
	{env: "DB_PASSWORD=${X:?S}"},
	{env: "DB_PASSWORD=x$S"},
	{env: "DB_PASSWORD=x$S", service: "image: ${DB_PASSWORD}\nprivileged: ${DB_PASSWORD}"},
	{env: "export S PASSWORD=x"},
	{service: "env_file: app.env", envFile: "DB_PASSWORD=S"},
	{service: "env_file: app.env", envFile: "DB_PASSWORD='S"},
	{service: "env_file: app.env", envFile: "DB_PASSWORD=x$S"},
	{service: "env_file: app.env", envFile: "DB_PASSWORD=${X:?S}"},
	{service: "env_file: app.env", envFile: "DB_PASSWORD=first\nS x"},
	{service: "env_file: app.env", envFile: "# composelint:ignore env-file-secret -- password: S\nDB_PASSWORD=S"},
	{service: "label_file: app.env", envFile: "app.password=S"},
	{service: "env_file: app.env\nimage: S", envFile: "DB_PASSWORD=S"},
	{service: "environment: DB_PASSWORD=S"},
	{service: "environment: [[DB_PASSWORD, S]]"},
	{service: "environment: [{DB_PASSWORD: {S: x}}]"},
	{service: "environment:\n  ? DB_PASSWORD\n  : S"},
	{service: "environment:\n  \"DB\\x5fPASSWORD\": S"},
	{service: "environment: {DB_PASSWORD: !reset S}"},
	{service: "environment: {DB_PASSWORD: !override S}"},
	{service: "environment:\n  <<: {DB_PASSWORD: S}\n  DB_PASSWORD: x"},
	{service: "environment: {A: '${B:-${DB_PASSWORD:-S}}'}"},
	{service: "environment: {DB_PASSWORD: '${B:-x${C:-S}}'}"},
	{service: "environment: {A: '${B:-postgres://u:S@h}'}"},
	{service: "environment: {DB_PASSWORD: '${B:-a}S'}"},
	{service: "command: serve ${DB_PASSWORD}:-S"},
	{service: "environment: {HTTPS_PROXY: 'app:S@proxy.example:3128'}\nprivileged: app:S@proxy:3128"},
	{service: "environment:\n  A: connect ${DB_PASSWORD}:-S\nprivileged: ${DB_PASSWORD}:-S"},
	{service: "environment: {A: 'redis://:S@h', B: 'mongodb://u:S@h1,h2/db', C: 'amqp://u:S@h/%2f'}"},
	{service: "environment: {A: 'https://h/x?access_token=S&a=b', B: 'https://h/?password=S'}"},
	{service: "environment: {A: '{\"password\": \"S\"}'}"},
	{service: "environment: {A: 'Server=db;User=sa;Password=S;Encrypt=no'}"},
	{service: "labels: password=S"},
	{service: "annotations: [app.password=S]"},
	{service: "deploy: {labels: [app.password=S]}"},
	{service: "build: {context: ., labels: [app.password=S]}"},
	{service: "storage_opt: {password: S}"},
	{service: "storage_opt: [password=S]"},
	{service: "env_file: DB_PASSWORD=S"},
	{service: "command: {password: S}"},
	{service: "healthcheck: {test: {password: S}}"},
	{service: "provider: {type: x, options: {password: [S]}}"},
	{service: "command: docker run -e DB_PASSWORD=S app --api-key=S"},
	{service: "command: psql postgresql://u:S@h/db"},
	{service: "command: sshpass -pS-7 ssh h"},
	{service: "command: echo x | docker login -u me -p S-7"},
	{service: "command: [sh, -c, \"curl -H 'X-Auth-Token: S' https://h\"]"},
	{service: "entrypoint: ['sh', '-c', 'mysqldump -u root -pS-7 db']"},
	{top: "DB_PASSWORD: S"},
	{top: "x-env: &e\n  DB_PASSWORD: S", service: "environment:\n  <<: *e\n  A: b"},
	{top: "volumes: {v: {driver_opts: [password=S]}}"},
	{env: "DB_PASSWORD=S", service: "environment: {'${DB_PASSWORD}': x}"},
	{env: "DB_PASSWORD=S", service: "command: ['--${DB_PASSWORD}=x', '${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "develop: {watch: [{path: '${DB_PASSWORD}', action: sync, target: '/${DB_PASSWORD}'}]}"},
	{env: "DB_PASSWORD=S", service: "tmpfs: ['/${DB_PASSWORD}']\ngroup_add: ['${DB_PASSWORD}']\ndns: ['${DB_PASSWORD}']"},
	{env: "A=S\nDB_PASSWORD=${A}", service: "image: 'x:${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=a\nDB_PASSWORD=S", service: "image: 'x:${DB_PASSWORD}'"},
	{top: "configs: {c: {content: 'password = S'}}"},
	{top: "configs: {c: {content: \"[client]\\nuser=a\\npassword=S\\n\"}}"},
	{top: "configs: {api_token: {content: S}}"},
	{top: "secrets: {api_token: {content: S}}"},
	{top: "networks: {n: {driver_opts: {password: S}}}"},
	{top: "volumes: {v: {driver_opts: {o: 'username=a,password=S', device: //h/s, type: cifs}}}"},
	{top: "volumes: {v: {driver_opts: {device: 'http://u:S@h/x', type: nfs}}}"},
	{top: "x-password: S"},
	{top: "x-a: &S {password: S}"},
	{top: "include: ['https://u:S@h/compose.yaml']"},
	{top: "include: ['https:/u:S@h/compose.yaml']"},
	{top: "models: {m: {model: a, runtime_flags: ['--api-key', S]}}"},
	{env: "DB_PASSWORD=S\xff", service: "image: ${DB_PASSWORD}"},
	{env: "DB_PASSWORD=\xffS", service: "image: ${DB_PASSWORD}"},
	{env: "\xff\xfeDB_PASSWORD=S", service: "hostname: ${DB_PASSWORD}"},
	{env: "DB_PASSWORD=S\nB\xff=2", service: "hostname: ${DB_PASSWORD}"},
	{env: "DB_PASSWORD=S\nD\xff_PASSWORD=S"},
	{service: "env_file: app.env", envFile: "DB_PASSWORD=\xffS"},
	{service: "env_file: app.env", envFile: "# cl\xe9\nDB_PASSWORD=S\nB\xff=2"},
	{service: "env_file: [{path: app.env, format: raw}]", envFile: "DB_PASSWORD=\xffS"},
	{service: "env_file: [{path: app.env, format: raw}]", envFile: "DB_PASSWORD=S\nB=\xff"},
	{service: "environment: {DB_PASSWORD: S\xff}"},
	{service: "environment: {DB_PASSWORD: \xffS}\nhostname: S"},
	{env: "DB_PASSWORD=S", service: "ports: ['80:${DB_PASSWORD}', '${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "ports: ['${DB_PASSWORD}/tcp', '127.0.0.1:${DB_PASSWORD}:80']\nexpose: ['${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "ports: [{target: 80, published: '${DB_PASSWORD}', host_ip: '${DB_PASSWORD}', protocol: '${DB_PASSWORD}'}]"},
	{env: "DB_PASSWORD=S", service: "volumes: ['${DB_PASSWORD}', 'v:/x:${DB_PASSWORD}', '${DB_PASSWORD}:${DB_PASSWORD}']"},
	{env: "DB_PASSWORD=S", service: "volumes: [{type: '${DB_PASSWORD}', source: '${DB_PASSWORD}', target: '${DB_PASSWORD}'}]\ntmpfs: '${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=S", service: "deploy: {resources: {limits: {cpus: '${DB_PASSWORD}', memory: '${DB_PASSWORD}'}}, replicas: '${DB_PASSWORD}'}\nshm_size: '${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=S", service: "device_cgroup_rules: ['${DB_PASSWORD}']\nstop_grace_period: '${DB_PASSWORD}'\npull_policy: '${DB_PASSWORD}'\nplatform: '${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=S", service: "blkio_config: {weight_device: [{path: '${DB_PASSWORD}', weight: '${DB_PASSWORD}'}]}\ngpus: '${DB_PASSWORD}'"},
	{env: "DB_PASSWORD=S", service: "networks: {default: {ipv4_address: '${DB_PASSWORD}', aliases: ['${DB_PASSWORD}'], mac_address: '${DB_PASSWORD}'}}"},
	{env: "DB_PASSWORD=S", top: "networks: {n: {ipam: {config: [{subnet: '${DB_PASSWORD}', gateway: '${DB_PASSWORD}'}]}}}"},
	{service: "environment: {DB_PASSWORD: S}\nlabels: {S: x}\nextra_hosts: {S: 192.0.2.1}\nsysctls: {S: '1'}"},
	{service: "environment: {DB_PASSWORD: S, S: x}\nannotations: {S: x}\nnetworks: {S: {}}"},
	{service: "environment: {DB_PASSWORD: S}\nbuild: {context: ., args: {S: x}, labels: {S: x}}\nulimits: {S: 1}"},
	{service: "environment: {DB_PASSWORD: S}\ndepends_on: {S: {condition: service_started}}\ndeploy: {labels: {S: x}}"},
	{service: "environment: {DB_PASSWORD: S}\nS: x\nlogging: {options: {S: x}}\nstorage_opt: {S: x}"},
	{env: "DB_PASSWORD=S", service: "labels: {'${DB_PASSWORD}': x}\nextra_hosts: {'${DB_PASSWORD}': 192.0.2.1}"},
	{top: "x-a: {DB_PASSWORD: S}\nS: {}\nnetworks: {S: {driver_opts: {S: x}}}\nvolumes: {S: {labels: {S: x}}}"},
	{service: "# composelint:ignore x: password S\nprivileged: true"},
	{service: "# composelint:ignore privileged -- the password S\nprivileged: true"},
	{service: "# composelint:ignore privileged -- pw S-7\nprivileged: true"},
	{service: "# composelint:ignore password S\nprivileged: true"},
	{service: "# composelint:ignore DB_PASSWORD=S -- why\nprivileged: true"},
	{service: "environment: {DB_PASSWORT: S}"},
	{service: "environment: {MOTDEPASSE: S}"},
	{service: "environment: {MOT_DE_PASSE: S}"},
	{service: "environment: {CONTRASENA: S}"},
	{service: "environment: {'Contraseña': S}"},
	{service: "environment: {SENHA: S}"},
	{service: "environment: {DB_KENNWORT: S}"},
	{service: "environment: {APP_WACHTWOORD: S}"},
	{service: "environment: {CARD_PIN: S}"},
	{service: "environment: {JWT: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.S}"},
	{service: "environment: {DB_PASSWORD: 'a$$S$$-7'}\nhostname: 'a$$S$$-7'\nuser: 'x$$a$$S$$-7'"},
	{service: "environment: {RECOVERY_CODE: S}"},
	{service: "environment: {ERLANG_COOKIE: S}"},
	{service: "environment: {WALLET_MNEMONIC: 'S word word'}"},
	{service: "environment: {SEED_PHRASE: 'word S word'}"},
	{env: "WALLET_MNEMONIC=word S word", service: "command: run ${WALLET_MNEMONIC}"},
	{env: "LETTERS=S", service: "command: [run, '${LETTERS}', '--letters=${LETTERS}', 'a${LETTERS}b']\nhostname: ${LETTERS}"},
	{env: "LETTERS=S", service: "environment: [X=a${LETTERS}]\nlabels: {x: 'a${LETTERS}'}\nworking_dir: '/${LETTERS}'"},
	{service: "command: docker login -u me -p S-7"},
	{service: "command: [docker, login, -u, me, -p, S-7, registry.example.com]"},
	{service: "command: ['sh', '-c', 'docker login -u me -p S-7 && run']"},
	{service: "command: sh -c 'echo S | docker login -u me --password-stdin'"},
	{service: "command: ['sh', '-c', 'echo \"S\" | docker login --username me --password-stdin r.example.com']"},
	{service: "entrypoint: ['sh', '-c', 'printf %s S | podman login -u me --password-stdin']"},
	{service: "healthcheck: {test: 'echo -n S | helm registry login --password-stdin h'}"},
	{service: "command: [sh, -c, 'echo root:S | chpasswd']"},
	{env: "OTHER=${DB_PASSWORD:-S}", service: "hostname: ${OTHER}"},
	{env: "DB_PASSWORD=${X:-S}", service: "hostname: ${DB_PASSWORD}"},
	{env: "A=${X:-S}\nDB_PASSWORD=${A}", service: "hostname: ${A}"},
	{env: "A=${DB_PASSWORD-S}x", service: "hostname: ${A}\nimage: '${A}'"},
	{service: "env_file: app.env", envFile: "OTHER=${DB_PASSWORD:-S}"},
	{service: "env_file: app.env\nhostname: S", envFile: "OTHER=${DB_PASSWORD:-S}"},
	{service: "env_file: app.env", envFile: "A=${B:-${DB_PASSWORD:-S}}\n# composelint:ignore x"},
}

// newSecretProject has a secret in one to three places, and is broken in one of three cases.
func newSecretProject(r *rand.Rand) secretProject {
	p := secretProject{secret: randomSecret(r), files: map[string]string{}}
	places := secretPlaces
	if r.IntN(5) == 0 {
		p.secret = separatedSecret(r)
		places = slices.DeleteFunc(slices.Clone(secretPlaces), func(p secretPlace) bool { return p.env != "DB_PASSWORD=S" })
	}
	put := func(text string) string { return replaceSecret(text, p.secret) }
	var services, top strings.Builder
	for i := range 1 + r.IntN(3) {
		place := places[r.IntN(len(places))]
		fmt.Fprintf(&services, "  s%d:\n    image: app:1\n", i)
		if strings.HasPrefix(place.service, "image:") || strings.Contains(place.service, "\nimage:") {
			services.Reset()
			fmt.Fprintf(&services, "  s%d:\n", i)
		}
		for line := range strings.Lines(put(place.service)) {
			services.WriteString("    " + line)
		}
		services.WriteString("\n")
		if place.top != "" {
			top.WriteString(put(place.top) + "\n")
		}
		if place.env != "" {
			p.files[".env"] += put(place.env) + "\n"
		}
		if place.envFile != "" {
			p.files["app.env"] = put(place.envFile) + "\n"
		}
	}
	p.files["compose.yaml"] = top.String() + "services:\n" + services.String()
	if r.IntN(3) == 0 && p.files["app.env"] == "" { // whose secrets a broken file does not lead to
		p.files["compose.yaml"] = brokenBy(r, p.files["compose.yaml"], p.secret)
	}
	return p
}

// replaceSecret puts the secret where S stands alone.
func replaceSecret(text, secret string) string {
	var b strings.Builder
	letter := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i] == '_' || 'A' <= text[i] && text[i] <= 'Z' || 'a' <= text[i] && text[i] <= 'z')
	}
	for i := range len(text) {
		option := i >= 2 && (text[i-2:i] == "-p" || text[i-2:i] == `x\`)
		if text[i] == 'S' && (!letter(i-1) || option) && !letter(i+1) {
			b.WriteString(secret)
		} else {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// brokenBy changes a file in a place that is neither within the secret nor within a name: those who
// do not see the name of a secret cannot know that it is one.
func brokenBy(r *rand.Rand, text, secret string) string {
	for range 1 + r.IntN(2) {
		at := r.IntN(len(text) + 1)
		within := func(i int) bool {
			word := func(i int) bool {
				return i >= 0 && i < len(text) && (text[i] == '_' || '0' <= text[i] && text[i] <= '9' || 'A' <= text[i] && text[i] <= 'Z' || 'a' <= text[i] && text[i] <= 'z')
			}
			return word(i-1) && word(i)
		}
		for within(at) || at > 0 && at < len(text) && text[at-1] == ':' && text[at] == ' ' {
			at++
		}
		switch r.IntN(5) {
		case 0:
			signs := "{}[],&*!|>%@`\"'\t?-#"
			if at > 0 && text[at-1] > ' ' {
				signs = "{}[],&*!|>%@`?-" // a quote would be part of a name
			}
			sign := signs[r.IntN(len(signs))]
			if sign == '&' || sign == '!' || sign == '*' {
				sign = '@' // else it is a name that begins here
			}
			text = text[:at] + string(sign) + text[at:]
		case 1: // indentation
			line := strings.LastIndexByte(text[:at], '\n') + 1
			if !strings.HasPrefix(strings.TrimSpace(text[line:]), "- ") { // which would belong to the item before
				text = text[:line] + strings.Repeat(" ", 1+r.IntN(3)) + text[line:]
			}
		case 2:
			line := strings.LastIndexByte(text[:at], '\n') + 1
			text = text[:line] + strings.TrimLeft(text[line:], " ")
		case 3: // the end is missing
			if rest := text[:at]; strings.Count(rest, secret) == strings.Count(text, secret) && !strings.HasSuffix(rest, secret) {
				text = rest
			}
		case 4:
			text = text[:at] + "\n" + text[at:]
		}
	}
	return text
}

// commands are some of the ways to have a project judged.
func (p secretProject) commands(r *rand.Rand) [][]string {
	format := func() string { return report.Formats[r.IntN(len(report.Formats))].Name }
	var all [][]string
	all = append(all, []string{"--strict", "--show-suppressed", "--format", "text"})
	all = append(all, []string{"--strict", "--show-suppressed", "--format", format()})
	switch r.IntN(8) {
	case 0:
		all = append(all, []string{"--print-model"}, []string{"--print-model=sources"})
	case 1:
		all = append(all, []string{"--print-model=sources", "--target", "swarm", "."})
	case 2:
		all = append(all, []string{"--write-baseline", "out.json", "--strict"})
	case 3:
		all = append(all, []string{"--no-ignores", "--format", format(), "--target", "swarm", "-o", "out.json"})
	case 4:
		all = append(all, []string{"--env", "--format", format(), "-f", "compose.yaml", "-f", "compose.yaml"})
	case 5:
		all = append(all, []string{"--color", "always", "--profile", "x", "."})
	case 6:
		all = append(all, []string{"--init"}, []string{"--add-ignores", "--strict"})
	case 7:
		all = append(all, []string{"--format", format(), "--select", "*", "compose.yaml", "."})
	}
	return all
}

// leakOf runs the program and returns the line that shows the secret.
func (p secretProject) leakOf(t *testing.T, args []string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range p.files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, _ := run(t, dir, args...)
	written := stdout + stderr
	for _, name := range []string{"out.json", ".composelint.yaml"} {
		text, _ := os.ReadFile(filepath.Join(dir, name))
		written += string(text)
	}
	for line := range strings.Lines(written) {
		for _, piece := range strings.FieldsFunc(p.secret, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
			if strings.Contains(strings.ToLower(line), strings.ToLower(piece)) {
				return line
			}
		}
	}
	return ""
}
