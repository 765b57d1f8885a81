package loader

import (
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// user reads USER, USER:GROUP and :GROUP, each a name or a number.
func (b *builder) user(at string, n *yamltree.Node) (user, group *string) {
	field := n.Field("user")
	if field == nil {
		return b.text(at, n, "user", ""), b.text(at, n, "user", "")
	}
	spec := field.String()
	name, groupName, _ := strings.Cut(spec, ":")
	user = b.part(at, "user", field, principal(name), 0, len(name))
	return user, b.part(at, "user", field, principal(groupName), len(spec)-len(groupName), len(spec))
}

// principal brings the name or number of a user or group into one spelling.
func principal(name string) string {
	if name == "root" {
		return "0"
	}
	if number, err := strconv.ParseUint(name, 10, 32); err == nil {
		return strconv.FormatUint(number, 10)
	}
	return name
}

func (b *builder) groups(at string, n *yamltree.Node) []model.Group {
	groups := []model.Group{}
	for _, entry := range n.Field("group_add").Scalars() {
		if !b.isUnknown(at, "group_add", entry) {
			name := principal(entry.String())
			groups = append(groups, model.Group{At: b.mark(item(at, "group_add", name), entry), Name: name})
		}
	}
	return groups
}

// restart is the restart policy as docker compose asks the engine for it.
func (b *builder) restart(at string, n *yamltree.Node) model.Restart {
	if deployed, policy := b.section(at, n, "deploy", "restart_policy"); policy != nil {
		return model.Restart{
			At:          deployed,
			Policy:      restartPolicy(b.text(deployed, policy, "condition", "")),
			MaxAttempts: b.integer(deployed, policy, "max_attempts"),
		}
	}
	stated, field := b.section(at, n, "restart")
	if field == nil {
		return model.Restart{At: at, Policy: b.text(at, n, "restart", "no"), MaxAttempts: b.integer(at, n, "restart")}
	}
	spec := field.String()
	name, attempts, _ := strings.Cut(spec, ":")
	r := model.Restart{At: stated, Policy: restartPolicy(b.part(stated, "", field, name, 0, len(name)))}
	if count := b.part(stated, "", field, attempts, len(spec)-len(attempts), len(spec)); count != nil {
		number, _ := strconv.ParseInt(*count, 10, 64) // the engine is asked for none, too
		r.MaxAttempts = &number
	}
	return r
}

// restartPolicy translates the words of a swarm into those of the engine.
func restartPolicy(word *string) *string {
	switch {
	case word == nil:
		return nil
	case *word == "" || *word == "none":
		return new("no")
	case *word == "any":
		return new("always")
	}
	return word
}

func (b *builder) healthcheck(at string, n *yamltree.Node) model.Healthcheck {
	stated, field := b.section(at, n, "healthcheck")
	h := model.Healthcheck{At: stated, Stated: field != nil, Test: []model.Word{}}
	if field == nil {
		h.Disabled = b.boolean(at, n, "healthcheck", false)
		return h
	}
	h.Disabled = b.boolean(stated, field, "disable", false)
	h.Test = b.words(stated, field, "test")
	if len(h.Test) > 0 && h.Test[0].Value != nil && *h.Test[0].Value == "NONE" {
		h.Disabled = new(true)
	}
	return h
}

func (b *builder) logging(at string, n *yamltree.Node) model.Logging {
	stated, field := b.section(at, n, "logging")
	if field == nil {
		return model.Logging{At: at, Driver: b.text(at, n, "logging", ""), Options: []model.Setting{}}
	}
	return model.Logging{
		At:      stated,
		Driver:  b.text(stated, field, "driver", ""),
		Options: b.settings(stated, field, "options"),
	}
}
