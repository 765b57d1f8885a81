package normalize

import (
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// endpoints are the addresses of servers among a service's variables and options.
func endpoints(c cursor, s model.Service) []model.Endpoint {
	endpoints := []model.Endpoint{}
	add := func(at, name string, value *string) {
		if value == nil {
			return
		}
		addresses := strings.Split(*value, ",")
		for _, text := range addresses {
			e, ok := address.ParseEndpoint(text)
			if !ok && hostVariable().MatchString(name) {
				e, ok = bareHost(c, text)
			}
			if ok {
				e.At, e.Name, e.Services, e.Target = at, name, []string{}, e.Port
				if len(addresses) > 1 {
					e.At = c.markPiece(at+"["+e.Host+"]", at, strings.TrimSpace(text))
				}
				endpoints = append(endpoints, e)
			}
		}
	}
	for _, v := range s.Environment {
		add(v.At, v.Name, v.Value)
	}
	for _, o := range s.Options {
		add(o.At, o.Name, o.Value)
	}
	return endpoints
}

// hostVariable is a name that says that the value is a host, or several (DOCKER_HOSTNAMES of
// Homarr), whose port stands elsewhere.
var hostVariable = lazyregexp.New(`(?i)(^|[_.-])(host|hostname)s?$`)

// bareHost is the endpoint at a service of the project that is named alone.
func bareHost(c cursor, name string) (model.Endpoint, bool) {
	e := model.Endpoint{Host: strings.TrimSpace(name)}
	return e, c.root.Field("services").Field(e.Host) != nil
}
