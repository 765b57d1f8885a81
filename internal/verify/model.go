package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/composelint/composelint/rules"
)

// modelLimit is how long a report may be that is read.
const modelLimit = 256 << 20

// ReadModel reads the socket proxies of a report in the format json.
func ReadModel(r io.Reader) ([]rules.ProxyAPI, error) {
	text, err := io.ReadAll(io.LimitReader(r, modelLimit+1))
	if err != nil {
		return nil, err
	}
	if len(text) > modelLimit {
		return nil, fmt.Errorf("it is longer than %d MB", modelLimit>>20)
	}
	var report struct {
		Version   int              `json:"version"`
		DockerAPI []rules.ProxyAPI `json:"docker_api"`
	}
	switch err := json.Unmarshal(text, &report); {
	case err != nil:
		return nil, fmt.Errorf("it is no report of composelint --format json: %w", err)
	case report.Version != 1:
		return nil, errors.New("it is no report of composelint --format json: its version is not 1")
	}
	return report.DockerAPI, nil
}
