package rules

import (
	"context"

	"github.com/composelint/composelint/model"
)

// DockerAPISettings are what of a project is about the Docker API.
type DockerAPISettings struct {
	// Proxies are the socket proxies, by service.
	Proxies map[string]ProxySettings `json:"proxies"`
	// Endpoints are the variables and options, by their at, that say where the Docker API is.
	Endpoints []string `json:"endpoints"`
	// Sockets are the mounts, by their at, that hand out the socket of an engine.
	Sockets []string `json:"sockets"`
}

// ProxySettings are those of a socket proxy.
type ProxySettings struct {
	// Stated are the names of the service's variables that are the image's own, and Defaults the values
	// that the image gives its variables.
	Stated   []string          `json:"stated"`
	Defaults map[string]string `json:"defaults"`
	// Ports are those on which it listens, as far as they are known.
	Ports []int `json:"ports"`
}

// DockerAPISettings tells what of a project is about the Docker API.
func (e *Engine) DockerAPISettings(ctx context.Context, input model.Input, sources *model.Sources) (found DockerAPISettings, err error) {
	err = e.ask(sized(ctx, sources), APISettings, encode(input), &found)
	return found, err
}
