package secret

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// TestHideSecrets shows a file as every output shows it.
func TestHideSecrets(t *testing.T) {
	const file = `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: hunter2
      POSTGRES_USER: admin
      PIN_TOKEN: 1234
      AUTH: 1
      SECRETS: 0
      PASSWORD_FILE: /run/secrets/pw
      FROM_ENV: ${DB_PASSWORD}
      DB_PASSWORD: ${DB_PASSWORD:?set it}
      API_KEY: ${API_KEY:-fallback-key}
      DBPASS: hunter25
      DATABASE_URL: postgres://app:s3cret@db:5432/app
      GITHUB: ghp_0123456789abcdefghijABCDEFGHIJ012345
      NAMED: {innocently: AKIA0123456789ABCDEF}
  list:
    environment: ["SECRET_KEY=abc def", "LEVEL=info", 'TOKEN="quoted"']
    command: ["redis-server", "--requirepass", "hunter2", "--port", "6379"]
  line:
    command: 'mysqld --password=hunter2 --port 3306 && curl -H "X-Token: abc123"'
    healthcheck: {test: "mysqladmin --password hunter3 ping"}
    labels: [auth.secret=xyz]
    secrets: [db-password]
    build: {args: {NPM_TOKEN: npm_secret, VERSION: 1}}
  switches:
    command: mysql -u root -phunter5 -P 3306 && sshpass -p hunter6 ssh -p 22 host
    entrypoint: ["/usr/bin/mysqldump", "-phunter7", "-p", "port", "-p$PASSWORD"]
    healthcheck: {test: ["CMD-SHELL", "mysqladmin ping -uroot -p\"hunter 8\" -h db; redis-cli -a hunter9 ping"]}
    test: [mongosh, -u, admin, -p, hunter10, --port, 27017]
    harmless: "nc -p 80 && mkdir -pv /data && mysql -p$$PASSWORD -p${PASSWORD} -p$(cat /run/password)"
    curl: [sh, -c, 'curl -u user:hunter11 -H "Authorization: Bearer hunter12-abc" http://db']
    header: ["curl", "-H", "authorization: Basic hunter13", "--user", "user:hunter14"]
    labels:
      - traefik.http.middlewares.a.basicauth.users=admin:$$apr1$$hunter15$$aaaaaaaaaaaaaaaaaaaaaa
      - traefik.http.middlewares.b.headers.customrequestheaders.Authorization=Basic hunter16
    annotations:
      traefik.http.middlewares.c.basicAuth.users: "admin:hunter17,other:hunter18"
      users: other:{SHA}hunter19hunter19hunter19=
# POSTGRES_PASSWORD: hunter20 for the old one
x-last: 1 # TOKEN=hunter21, not used, see https://u:hunter22@host/a#b
  # - "--api-key=hunter23"
configs:
  app:
    content: |
      user = admin
      password = hunter4
  api_token: {content: hunter24}
`
	const want = `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: *******
      POSTGRES_USER: admin
      PIN_TOKEN: ****
      AUTH: 1
      SECRETS: 0
      PASSWORD_FILE: /run/secrets/pw
      FROM_ENV: ${DB_PASSWORD}
      DB_PASSWORD: ${DB_PASSWORD:?set it}
      API_KEY: ${API_KEY:-************}
      DBPASS: ********
      DATABASE_URL: postgres://app:******@db:5432/app
      GITHUB: ****************************************
      NAMED: {innocently: ********************}
  list:
    environment: ["SECRET_KEY=*******", "LEVEL=info", 'TOKEN=********']
    command: ["redis-server", "--requirepass", "*******", "--port", "6379"]
  line:
    command: 'mysqld --password=******* --port 3306 && curl -H "X-Token: ******"'
    healthcheck: {test: "mysqladmin --password ******* ping"}
    labels: [auth.secret=***]
    secrets: [db-password]
    build: {args: {NPM_TOKEN: **********, VERSION: 1}}
  switches:
    command: mysql -u root -p******* -P 3306 && sshpass -p ******* ssh -p 22 host
    entrypoint: ["/usr/bin/mysqldump", "-p*******", "-p", "port", "-p$PASSWORD"]
    healthcheck: {test: ["CMD-SHELL", "mysqladmin ping -uroot -p************ -h db; redis-cli -a ******* ping"]}
    test: [mongosh, -u, admin, -p, ********, --port, 27017]
    harmless: "nc -p 80 && mkdir -pv /data && mysql -p$$PASSWORD -p${PASSWORD} -p$(cat /run/password)"
    curl: [sh, -c, 'curl -u user:******** -H "Authorization: Bearer ************" http://db']
    header: ["curl", "-H", "authorization: Basic ********", "--user", "user:********"]
    labels:
      - traefik.http.middlewares.a.basicauth.users=admin:****************************************
      - traefik.http.middlewares.b.headers.customrequestheaders.Authorization=**************
    annotations:
      traefik.http.middlewares.c.basicAuth.users: "admin:***********************"
      users: other:******************************
# POSTGRES_PASSWORD: ******** for the old one
x-last: 1 # TOKEN=********, not used, see https://u:********@host/a#b
  # - "--api-key=********"
configs:
  app:
    content: |
      user = admin
      password = *******
  api_token: {content: ********}
`
	source := yamltree.NewSource(&model.File{Path: "compose.yaml", Text: []byte(file)})
	documents, problems, err := yamltree.Parse(source)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	known := NewKnown()
	known.Hide(documents[0])
	known.HideInComments(source)
	got := source.Lines()
	for i, line := range strings.Split(want, "\n") {
		if got[i] != line {
			t.Errorf("line %d\n got %s\nwant %s", i+1, got[i], line)
		}
	}
}

func TestMaskText(t *testing.T) {
	const text = "a://u:one@h b://u:two@h and ghp_0123456789abcdefghijABCDEFGHIJ012345"
	if got, want := MaskText(text), "a://u:***@h b://u:***@h and ***"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestMayHaveUser wants no line left out that has a password of a user.
func TestMayHaveUser(t *testing.T) {
	parts := []string{"a", "0", ":", "//", "/", "@", "%40", "%3a", "%3A", " ", `"`, "\\/", "%2f", "="}
	random, found, left := rand.New(rand.NewPCG(1, 2)), 0, 0
	for range 200_000 {
		var line strings.Builder
		for range 3 + random.IntN(9) {
			line.WriteString(parts[random.IntN(len(parts))])
		}
		matches := userOfAnyAddress().MatchString(line.String())
		if matches && !mayHaveUser(line.String()) {
			t.Fatalf("%q", line.String())
		}
		if matches {
			found++
		}
		if !mayHaveUser(line.String()) {
			left++
		}
	}
	if found < 1000 || left < 1000 {
		t.Errorf("of 200,000 lines %d match and %d were left out", found, left)
	}
}

// TestSideBySide looks for the secrets of each file of the tests service by service, and in all at once.
func TestSideBySide(t *testing.T) {
	t.Cleanup(func(usual int) func() { return func() { perShare = usual } }(perShare))
	secrets := 0
	for _, text := range archives.Files(t) {
		shown := func(share int) any {
			perShare = share
			file := &model.File{Path: "compose.yaml", Text: text}
			documents, _, _ := yamltree.Parse(yamltree.NewSource(file))
			k := NewKnown()
			for _, document := range documents {
				k.Hide(document)
				k.Learn(document)
			}
			secrets += len(k.values)
			return []any{file.Lines(), k.values, k.pieces, k.words}
		}
		if diff := cmp.Diff(shown(1), shown(1000)); diff != "" {
			t.Errorf("%s\nis otherwise (-service by service +at once):\n%s", text, diff)
		}
	}
	if secrets < 100 {
		t.Errorf("there are %d secrets", secrets)
	}
}
