package probe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Outcome is what became of a request.
type Outcome string

// The outcomes.
const (
	// Reached is that of a request which came to the engine, whatever that made of it.
	Reached Outcome = "allow"
	// Denied is that of one which the proxy answered itself.
	Denied Outcome = "deny"
	// Untold is that of one of which neither can be said.
	Untold Outcome = ""
)

// Denial is how a kind of proxy answers what it denies: data/proxies has it.
type Denial struct {
	// Status are the statuses that it answers with.
	Status []int `json:"status"`
	// Type is the content type without parameters, empty where the answer has none.
	Type string `json:"type"`
	// Body is an expression that matches the body.
	Body string `json:"body"`
}

// answer is what came back for a request, of which nothing is ever shown but its status and the version
// of the engine.
type answer struct {
	method string
	status int
	header http.Header
	// body is the first of it, no more than bodyLimit.
	body []byte
}

// bodyLimit is how much of a body is looked at.
const bodyLimit = 4 << 10

// fromEngine is true of an answer with a header that engines alone write.
func (a answer) fromEngine() bool {
	return a.header.Get("Api-Version") != "" || a.fromPodman()
}

func (a answer) fromPodman() bool { return a.header.Get("Libpod-Api-Version") != "" }

// refusedVersion is true of an engine's answer to a version that is too new for it.
func (a answer) refusedVersion() bool {
	return a.status == http.StatusBadRequest && a.header.Get("Api-Version") != "" && !a.fromPodman()
}

// mediaType is the type of the body, without parameters.
func (a answer) mediaType() string {
	media, _, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

// asSaid is true of an answer by which a kind of proxy denies. The answer to a HEAD has no body.
func (d Denial) asSaid(a answer) bool {
	if !slices.Contains(d.Status, a.status) || a.mediaType() != d.Type {
		return false
	}
	if a.method == http.MethodHead {
		return true
	}
	expression, err := regexp.Compile(d.Body)
	return err == nil && expression.Match(a.body)
}

// unavailable is true of an answer by which a proxy says that it has no engine.
func (a answer) unavailable() bool {
	return a.status == http.StatusBadGateway || a.status == http.StatusServiceUnavailable || a.status == http.StatusGatewayTimeout
}

// classify says what became of a request by its answer, and by what that was told. The order counts: an
// engine's own header says more than a status. Nil is the denial of a proxy of which it is not known, and
// podman is true where another answer was Podman's.
func classify(a answer, denial *Denial, podman bool) (outcome Outcome, why string) {
	said := func(who string) string { return fmt.Sprintf("%s answered %d", who, a.status) }
	switch {
	case a.fromEngine():
		return Reached, said("the engine")
	case podman && a.status == http.StatusMethodNotAllowed && (denial == nil || slices.Contains(denial.Status, a.status)):
		return Untold, "Podman answers 405 as this proxy may"
	case denial != nil && denial.asSaid(a):
		return Denied, said("the proxy")
	case a.status == http.StatusServiceUnavailable && a.says("node is not part of a swarm", "Podman does not support service: "):
		return Reached, said("the engine") // which is Podman: pkg/api/server/register_swarm.go, 4.3.1 measured
	case a.unavailable():
		return Untold, said("the proxy") + ", as where it has no engine"
	case a.status == http.StatusNotFound && (a.says("page not found", "Path /") || a.mediaType() == "text/plain" && a.begins("Not Found")),
		podman && a.status == http.StatusMethodNotAllowed:
		return Reached, said("an engine without this operation")
	case a.status == http.StatusNotFound && a.begins("No such container"): // of a connection that is taken over
		return Reached, said("the engine")
	case denial == nil:
		return Untold, fmt.Sprintf("what answered %d is not known: neither is how this proxy denies", a.status)
	}
	return Untold, fmt.Sprintf("what answered %d is neither the engine nor how this proxy denies", a.status)
}

// says is true of an error in JSON, as engines write it, whose message begins with one of the texts.
func (a answer) says(texts ...string) bool {
	var fields struct{ Message string }
	if a.mediaType() != "application/json" || json.Unmarshal(a.body, &fields) != nil {
		return false
	}
	return slices.ContainsFunc(texts, func(text string) bool { return strings.HasPrefix(fields.Message, text) })
}

// begins is true of a body that begins with one of the texts.
func (a answer) begins(texts ...string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return bytes.HasPrefix(a.body, []byte(text)) })
}
