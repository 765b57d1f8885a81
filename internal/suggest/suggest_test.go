package suggest_test

import (
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/suggest"
)

// TestNearest takes the nearest candidate within a distance that grows with the name, and
// the first of equally near ones.
func TestNearest(t *testing.T) {
	candidates := []string{"ports", "image", "expose", "ContainerList", "ContainerInspect"}
	for name, want := range map[string]string{
		"port":                         "ports",
		"Image":                        "image",
		"containerlist":                "ContainerList",
		"ContainerInspct":              "ContainerInspect",
		"image":                        "image",
		"volume":                       "",
		"":                             "",
		"imägé":                        "image",
		strings.Repeat("ports", 10000): "",
	} {
		if got := suggest.Nearest(name, candidates); got != want {
			t.Errorf("Nearest(%.20q) is %q, want %q", name, got, want)
		}
	}
	if got := suggest.Nearest("c", []string{"b", "a"}); got != "b" {
		t.Errorf("of two that are equally near, %q was taken", got)
	}
}

// TestSlip takes only what can hardly be meant otherwise.
func TestSlip(t *testing.T) {
	for name, want := range map[string]string{
		"imgae": "image", "contaner_name": "container_name", "port": "", "conname": "", "image": "image", "else": "",
	} {
		if got := suggest.Slip(name, []string{"image", "ports", "container_name"}); got != want {
			t.Errorf("Slip(%q) is %q, want %q", name, got, want)
		}
	}
}

// TestQuestion is the end of a message.
func TestQuestion(t *testing.T) {
	if got := suggest.Question("port", []string{"ports"}); got != `: did you mean "ports"?` {
		t.Errorf("got %q", got)
	}
	if got := suggest.Question("volume", []string{"ports"}); got != "" {
		t.Errorf("got %q", got)
	}
}
