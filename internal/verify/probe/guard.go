package probe

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// refusal says why a request must not be sent, nil where it may be. Each of these was seen to act, or to
// hang, on some engine; a probe that is not harmless is sent only where engines refuse its version.
func (p Probes) refusal(probe Probe, version string, refused bool) error {
	query, err := url.ParseQuery(probe.Query)
	if err != nil {
		return errors.New("its query cannot be read")
	}
	switch {
	case !slices.Contains(p.Versions, version):
		return fmt.Errorf("%q is no version to ask with", version)
	case probe.Why == "":
		return errors.New("nothing says why it is harmless")
	case !probe.Harmless && (version != p.TooNew || !refused):
		return errors.New("it is harmless only where an engine refuses its version, which no answer has shown")
	case strings.HasPrefix(probe.Path, "/swarm/leave") && probe.Harmless:
		return errors.New("a worker leaves its swarm by it, whatever stands in it")
	case strings.HasSuffix(probe.Path, "/prune") && (query.Get("filters") == "" || json.Valid([]byte(query.Get("filters")))):
		return errors.New("a prune needs filters that cannot be read")
	case p.needsNoTruth(probe.Path) != "" && isTruth(query.Get(p.needsNoTruth(probe.Path))):
		return fmt.Errorf("it acts unless %s is no truth value", p.needsNoTruth(probe.Path))
	case probe.Path == "/libpod/images/import" && !strings.HasPrefix(query.Get("url"), "/composelint.invalid/"):
		return errors.New("it makes an image of its body")
	case probe.Path == "/libpod/secrets/create" && query.Get("name") != ":":
		return errors.New("it would create something")
	case slices.Contains([]string{"POST", "PUT", "DELETE"}, probe.Method) && p.namesSomething(probe.Path):
		return errors.New("it names something that may be there")
	}
	return p.ofBody(probe)
}

// needsNoTruth is the parameter of a request of Podman's own API that keeps it from acting, by a value that cannot
// be read; empty where there is none.
func (p Probes) needsNoTruth(path string) string {
	return map[string]string{
		"/libpod/play/kube": "start", "/libpod/images/pull": "allTags", "/libpod/system/prune": "all", "/libpod/manifests/" + p.NoSuchID: "all",
	}[path]
}

func isTruth(value string) bool {
	_, err := strconv.ParseBool(value)
	return err == nil || value == ""
}

// namesSomething is true of a path with a name or an id in it, other than the one that nothing has.
// Everything else in a path is a word of the API, in small letters.
func (p Probes) namesSomething(path string) bool {
	for element := range strings.SplitSeq(path, "/") {
		if element != p.NoSuchID && strings.Trim(element, "abcdefghijklmnopqrstuvwxyz_") != "" {
			return true
		}
	}
	return false
}

// ofBody is the same of a body: that is JSON, or nothing; what creates something has a field of the
// wrong type, or an image that does not exist; and no driver is asked for that would have to be looked for.
func (p Probes) ofBody(probe Probe) error {
	var fields map[string]any
	if probe.Body != "" && json.Unmarshal([]byte(probe.Body), &fields) != nil {
		return errors.New("its body is no JSON object")
	}
	_, mistyped := fields["Name"].(float64)
	if _, podman := fields["name"].(float64); podman { // whose own API has names in small letters
		mistyped = true
	}
	switch {
	case strings.HasSuffix(probe.Path, "/create") && probe.Path == "/containers/create":
		if image, _ := fields["Image"].(string); !strings.HasPrefix(image, "composelint.invalid/") {
			return errors.New("it names an image that may be there")
		}
	case strings.HasSuffix(probe.Path, "/create") && probe.Type == "application/json" && !mistyped:
		return errors.New("it would create something")
	case (probe.Path == "/volumes/create" || probe.Path == "/networks/create") && !mistyped:
		return errors.New("it would create something")
	}
	if driver, ok := fields["Driver"]; ok && driver != "local" {
		return errors.New("engines look for a driver that they do not know, for seconds")
	}
	return nil
}
