package normalize

import (
	"path"
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// user reads USER, USER:GROUP and :GROUP, each a name or a number.
func user(c cursor) (user, group *string) {
	field := c.Field("user")
	if field == nil {
		return c.text("user", ""), c.text("user", "")
	}
	spec := field.String()
	name, groupName, _ := strings.Cut(spec, ":")
	user = c.piece("user", field, principal(name), 0, len(name))
	return user, c.piece("user", field, principal(groupName), len(spec)-len(groupName), len(spec))
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

func groups(c cursor) []model.Group {
	groups := []model.Group{}
	for _, entry := range c.Field("group_add").Scalars() {
		if !c.isUnknownEntry("group_add", entry) {
			name := principal(entry.String())
			groups = append(groups, model.Group{At: c.entry("group_add", name, entry).at, Name: name})
		}
	}
	return groups
}

// replicas is how many containers there are. A hook runs for each of its service's.
func replicas(c cursor) *int64 {
	switch {
	case c.Field("scale").Scalar() != nil:
		return c.integer("scale")
	case c.Field("deploy").Field("replicas").Scalar() != nil:
		return c.inside("deploy").integer("replicas")
	case c.leaves("scale"):
		return nil
	}
	return new(int64(1))
}

// restart is the restart policy as docker compose asks the engine for it.
func restart(c cursor) model.Restart {
	if deployed := c.below("deploy", "restart_policy"); deployed.Node != nil {
		return model.Restart{
			At:          deployed.at,
			Policy:      restartPolicy(deployed.text("condition", "")),
			MaxAttempts: deployed.integer("max_attempts"),
			Replaced:    replacedPolicy(c.Field("restart")),
		}
	}
	in := c.below("restart")
	if in.Node == nil {
		return model.Restart{At: c.at, Policy: c.text("restart", "no"), MaxAttempts: c.integer("restart")}
	}
	spec := in.String()
	name, attempts, _ := strings.Cut(spec, ":")
	r := model.Restart{At: in.at, Policy: restartPolicy(in.piece("", in.Node, name, 0, len(name)))}
	if count := in.piece("", in.Node, attempts, len(spec)-len(attempts), len(spec)); count != nil {
		number, _ := strconv.ParseInt(*count, 10, 64) // the engine is asked for none, too
		r.MaxAttempts = &number
	}
	return r
}

// replacedPolicy is what restart states, in vain.
func replacedPolicy(stated *yamltree.Node) string {
	if stated == nil || stated.Unknown() || stated.String() == "" {
		return ""
	}
	name, _, _ := strings.Cut(stated.String(), ":")
	return *restartPolicy(&name)
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

func healthcheck(c cursor) model.Healthcheck {
	in := c.below("healthcheck")
	h := model.Healthcheck{At: in.at, Stated: in.Node != nil, Test: []model.Word{}}
	if in.Node == nil {
		h.Disabled = c.boolean("healthcheck", false)
		return h
	}
	h.Disabled = in.boolean("disable", false)
	h.Test = words(in, "test")
	if len(h.Test) > 0 && h.Test[0].Value != nil && *h.Test[0].Value == "NONE" {
		h.Disabled = new(true)
	}
	return h
}

func logging(c cursor) model.Logging {
	in := c.below("logging")
	if in.Node == nil {
		return c.engine.logging(model.Logging{At: c.at, Driver: c.text("logging", ""), Options: []model.Setting{}})
	}
	return c.engine.logging(model.Logging{At: in.at, Driver: in.text("driver", ""), Options: settings(in, "options")})
}

// entrypointRemoved is true for one that is there and has no words: the engine takes that of the
// image only where there is none (daemon/commit.go of moby v28.5.1).
func entrypointRemoved(c cursor) *bool {
	stated := c.Field("entrypoint")
	if c.leaves("entrypoint") || stated != nil && stated.Unknown() {
		return nil
	}
	null := stated == nil || stated.Kind == yamltree.Scalar && stated.Value == nil
	return new(!null && len(wordsOf(stated)) == 0)
}

func workingDir(c cursor) *string {
	dir := c.text("working_dir", "")
	if dir != nil && *dir != "" {
		dir = new(path.Clean(*dir))
	}
	return dir
}
