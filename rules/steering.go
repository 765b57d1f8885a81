package rules

import (
	"context"

	"github.com/composelint/composelint/model"
)

// FlagEffect is what a flag of a socket proxy decides, with all others as they are.
type FlagEffect struct {
	// Opens are the operations that pass, or may, while it is on and not while it is off, Closes those that
	// do the other way round.
	Opens  []string `json:"opens"`
	Closes []string `json:"closes"`
}

// Steering is, by socket proxy that flags steer and flag, what the flag decides.
func (e *Engine) Steering(ctx context.Context, input model.Input, sources *model.Sources) (steering map[string]map[string]FlagEffect, err error) {
	err = e.ask(sized(ctx, sources), Steering, encode(input), &steering)
	return steering, err
}
