package rules

import (
	"context"
	"encoding/json"

	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/composelint/composelint/model"
)

// ParseData is what the policies' tests get as data, read as the engine reads it.
var ParseData = parseData

// JudgeText is Judge for an input that OPA reads as JSON, as it reads everybody's.
func (e *Engine) JudgeText(ctx context.Context, input model.Input, sources *model.Sources) ([]Finding, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return nil, err
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		return nil, err
	}
	return e.judge(ctx, rego.EvalInput(v), sources)
}
