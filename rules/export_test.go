package rules

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/model"
)

// JudgeText is Judge for an input that OPA reads as JSON, as it reads everybody's.
func (e *Engine) JudgeText(ctx context.Context, input model.Input, sources *model.Sources) ([]Finding, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return nil, err
	}
	value, err := ast.ValueFromReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	return e.judge(ctx, value, sources)
}
