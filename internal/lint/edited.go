package lint

import (
	"context"
	"fmt"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules"
)

// Edited is a project that somebody is writing, with what can be said of its socket proxies.
type Edited struct {
	*Configured
	// Proxies are those that flags steer, by service.
	Proxies map[string]rules.FlagProxy
}

// Edited loads the projects, and asks the policies about the flags of their socket proxies.
func (l *Linter) Edited(ctx context.Context, found []loader.Found, step func()) (Result[*Edited], error) {
	return run(ctx, l, found, step, l.toEdited)
}

func (l *Linter) toEdited(ctx context.Context, found loader.Found) outcome[*Edited] {
	before := l.toConfigured(ctx, found)
	o := outcome[*Edited]{history: before.history}
	if len(o.errors) > 0 {
		return o
	}
	c := before.project
	err := c.engine.bounded(ctx, fmt.Sprintf("could not judge %q", c.Files[0]), func(ctx context.Context) error {
		proxies, err := c.engine.FlagProxies(ctx, c.Input(c.config), c.Sources)
		o.project = &Edited{c, proxies}
		return err
	})
	if err != nil {
		o.errors = masked(c.Loaded, err)
	}
	return o
}

// Confined refuses a path outside of the project's root, as it is refused where a file of the project names it.
func (c *Configured) Confined(path string) error { return loader.Confined(c.options, path) }
