package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/composelint/composelint/rules"
)

// modelLimit is how long a report may be that is read.
const modelLimit = 256 << 20

// Promises are what the files of projects say of what runs.
type Promises struct {
	Proxies  []rules.ProxyAPI
	Networks []rules.Network
}

// Services are those on any network, by name.
func (p Promises) Services() []string {
	var all []string
	for _, n := range p.Networks {
		all = append(all, n.Services...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// ReadModel reads the promises of a report in the format json.
func ReadModel(r io.Reader) (Promises, error) {
	text, err := io.ReadAll(io.LimitReader(r, modelLimit+1))
	if err != nil {
		return Promises{}, err
	}
	if len(text) > modelLimit {
		return Promises{}, fmt.Errorf("it is longer than %d MB", modelLimit>>20)
	}
	var report struct {
		Version   int              `json:"version"`
		DockerAPI []rules.ProxyAPI `json:"docker_api"`
		Networks  []rules.Network  `json:"networks"`
	}
	switch err := json.Unmarshal(text, &report); {
	case err != nil:
		return Promises{}, fmt.Errorf("it is no report of composelint --format json: %w", err)
	case report.Version != 1:
		return Promises{}, errors.New("it is no report of composelint --format json: its version is not 1")
	}
	return Promises{report.DockerAPI, report.Networks}, nil
}
