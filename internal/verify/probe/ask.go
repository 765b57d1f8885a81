package probe

import (
	"context"
	"regexp"
)

// Seen is what became of a probe.
type Seen struct {
	Outcome Outcome
	// Why says by what that was told, or why it could not be.
	Why string
	// Connected is true where anything answered, NotSent where nothing was asked.
	Connected, NotSent bool
}

// Ask sends a probe with one version after another for as long as the proxy denies it: what one way lets
// through is let through.
func (c *Client) Ask(ctx context.Context, p Probe, denial *Denial) Seen {
	var seen Seen
	for _, version := range c.probes.Versions {
		if !p.Harmless && version != c.probes.TooNew {
			if c.byVersion[p.Method] {
				return Seen{Why: "asked with a version alone that this proxy denies", Connected: true}
			}
			break
		}
		if seen = c.once(ctx, p, version, denial); seen.Outcome != Denied {
			if version != c.probes.TooNew && seen.Outcome == Reached {
				c.byVersion[p.Method] = true
			}
			break
		}
	}
	return seen
}

// once sends a probe with a version, and a second time where nothing answered, or a proxy that had no
// engine: a connection that was closed meanwhile looks like that too.
func (c *Client) once(ctx context.Context, p Probe, version string, denial *Denial) Seen {
	seen, again := c.try(ctx, p, version, denial)
	if again && ctx.Err() == nil {
		seen, _ = c.try(ctx, p, version, denial)
	}
	return seen
}

// try sends a probe with a version. Again is true where another try may tell more.
func (c *Client) try(ctx context.Context, p Probe, version string, denial *Denial) (seen Seen, again bool) {
	a, err := c.send(ctx, p, version)
	if err != nil {
		_, never := err.(notSent)
		return Seen{Why: failure(err), NotSent: never}, !never
	}
	c.learn(a, version)
	outcome, why := classify(a, denial, c.podman)
	return Seen{Outcome: outcome, Why: why, Connected: true}, outcome == Untold && a.unavailable()
}

// apiVersion is a version of the API as engines write it.
var apiVersion = regexp.MustCompile(`^[0-9]{1,3}\.[0-9]{1,3}$`)

// learn takes from an answer what it says of the engine.
func (c *Client) learn(a answer, version string) {
	if stated := a.header.Get("Api-Version"); apiVersion.MatchString(stated) {
		c.Version = stated
	}
	c.podman = c.podman || a.fromPodman()
	c.refused = c.refused || a.fromPodman() || version == c.probes.TooNew && a.refusedVersion()
}
