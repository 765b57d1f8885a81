package loader

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
)

// TestCredentials shows what is taken for a credential in command lines and in the text of
// a config, and under which name: each is NAME=VALUE at its place, and what
// comes from a variable or from a command is none.
func TestCredentials(t *testing.T) {
	const file = `services:
  list:
    image: a
    entrypoint: [/entry, --requirepass, hunter1, --port, "6379"]
    command: [mysql, -uroot, -phunter2, "--set-secret=hunter3", "TOKEN=hunter4"]
    healthcheck: {test: [CMD, redis-cli, -a, hunter5, ping]}
  line:
    image: a
    command: >-
      sh -c 'export API_TOKEN=hunter6; curl -u me:hunter7 -H "Authorization: Bearer hunter8-abc" --password hunter9 http://a'
    healthcheck: {test: mysqladmin --password=hunter10 ping}
    post_start: [{command: [mongosh, -p, hunter11]}]
  variables:
    image: a
    command: [redis-cli, -a, "${PW}", ping, "--password=${PW:-hunter12}", "--secret=a${PW}"]
    healthcheck: {test: "redis-cli -a ${PW} ping && mysql -p$$PW --password $$(cat /run/pw)"}
configs:
  app:
    content: |
      # the password is in the vault, the token comes from nowhere
      password = ${PW}
      token: "hunter13"
      requirepass hunter14
      pass 'secret'
      is for somebody
`
	r := loadText(t, file)
	got := map[string][]string{}
	add := func(settings []model.Setting) {
		for _, s := range settings {
			got[s.At] = append(got[s.At], s.Name+"="+s.Literal)
		}
	}
	for _, s := range r.Project.Services {
		add(s.Credentials)
	}
	add(r.Project.Configs[0].Credentials)
	want := map[string][]string{
		"configs.app.credentials[requirepass]":              {"requirepass=hunter14"},
		"configs.app.credentials[token]":                    {`token="hunter13"`},
		"services.line.credentials[API_TOKEN]":              {"API_TOKEN=hunter6;"},
		"services.line.credentials[authorization]":          {"authorization=hunter8-abc"},
		"services.line.credentials[password]":               {"password=hunter9"},
		"services.line.credentials[password]#2":             {"password=hunter7"},
		"services.line.credentials[password]#3":             {"password=hunter10"},
		"services.line.post_start[0].credentials[password]": {"password=hunter11"},
		"services.list.credentials[TOKEN]":                  {"TOKEN=hunter4"},
		"services.list.credentials[password]":               {"password=hunter2"},
		"services.list.credentials[password]#2":             {"password=hunter5"},
		"services.list.credentials[requirepass]":            {"requirepass=hunter1"},
		"services.list.credentials[set-secret]":             {"set-secret=hunter3"},
		"services.variables.credentials[password]":          {"password=hunter12"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
