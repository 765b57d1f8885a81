package rules

import "context"

// Knowledge is what a verification knows besides the review of a project.
type Knowledge struct {
	// Denied are, by kind of proxy, the answers to what it denies.
	Denied  map[string]DeniedAnswer `json:"denied"`
	Attacks []AttackNeeds           `json:"attacks"`
}

// DeniedAnswer is how a kind of proxy answers what it denies.
type DeniedAnswer struct {
	Status []int `json:"status"`
	// Type is the content type without parameters, empty where there is none, and Body an expression
	// for the body.
	Type string `json:"type"`
	Body string `json:"body"`
}

// AttackNeeds is an attack with what its ways need.
type AttackNeeds struct {
	ID    string     `json:"id"`
	Title string     `json:"title"`
	Ways  []WayNeeds `json:"ways"`
}

// WayNeeds is what a way needs: all of the operations, a body that asks for something, and what there must
// be besides.
type WayNeeds struct {
	Title string   `json:"title"`
	Needs []string `json:"needs"`
	Body  string   `json:"body"`
	Where string   `json:"where"`
}

// Knowledge is that of the policies and the data.
func (e *Engine) Knowledge(ctx context.Context) (k Knowledge, err error) {
	err = e.ask(ctx, VerifyKnowledge, nil, &k)
	return k, err
}
