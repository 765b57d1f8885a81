package lsp

import (
	"encoding/json"
	"testing"
)

const privileged = "services:\n  app:\n    image: nginx:1.29.3\n    privileged: true\n"

// TestLifeCycle goes from initialize to exit.
func TestLifeCycle(t *testing.T) {
	c := start(t, map[string]string{"compose.yaml": privileged})
	if err := c.ask("textDocument/hover", map[string]any{}, nil); err == nil {
		t.Error("a request before initialize is answered")
	}
	result := c.initialize(`{}`)
	got, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(string(got))
	c.didOpen("compose.yaml", privileged)
	t.Log(c.diagnostics("compose.yaml", 1))
	c.didChange("compose.yaml", 2, contentChange{&textRange{position{3, 16}, position{3, 20}}, "false"})
	t.Log(c.diagnostics("compose.yaml", 2))
	c.call("shutdown", nil, nil)
	c.notify("exit", nil)
	if status := <-c.status; status != 0 {
		t.Errorf("the status is %d", status)
	}
}
