package normalize

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// endpoints are the addresses of servers among a service's variables and options.
func endpoints(c cursor, s model.Service) []model.Endpoint {
	endpoints := []model.Endpoint{}
	add := func(at, name string, value *string, assumed bool) {
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
				e.At, e.Name, e.Services, e.Target, e.Assumed = at, name, []string{}, e.Port, assumed
				if len(addresses) > 1 {
					e.At = c.markPiece(at+"["+e.Host+"]", at, strings.TrimSpace(text))
				}
				endpoints = append(endpoints, e)
			}
		}
	}
	assumed := assumedVariables(c)
	for _, v := range s.Environment {
		add(v.At, v.Name, v.Value, assumed[v.Name])
	}
	for _, o := range s.Options {
		add(o.At, o.Name, o.Value, false)
	}
	return append(endpoints, forwarded(s)...)
}

// assumedVariables are the variables of a service with the default of a variable in their values, in whose place
// the project's .env may say something: a service requires that file, and it is not here.
func assumedVariables(c cursor) map[string]bool {
	assumed := map[string]bool{}
	if !c.lacksDotEnv {
		return assumed
	}
	for name, value := range c.Field("environment").ValuesByName() {
		assumed[name] = slices.ContainsFunc(value.Variables, func(v yamltree.Variable) bool { return v.Default })
	}
	return assumed
}

// forwarded are the servers to which a command of socat hands on: TCP:HOST:PORT beside an address on which it
// listens (socat(1)).
func forwarded(s model.Service) []model.Endpoint {
	words := slices.Concat(s.Entrypoint, s.Command)
	listens := func(w model.Word) bool { return w.Value != nil && socatListens().MatchString(*w.Value) }
	if !slices.ContainsFunc(words, listens) {
		return nil
	}
	var endpoints []model.Endpoint
	for _, w := range words {
		if w.Value == nil {
			continue
		}
		for _, m := range socatConnects().FindAllStringSubmatch(*w.Value, -1) {
			if e, ok := address.ParseEndpoint(m[2]); ok {
				e.At, e.Name, e.Services, e.Target = w.At, m[1], []string{}, e.Port
				endpoints = append(endpoints, e)
			}
		}
	}
	return endpoints
}

var (
	socatListens  = lazyregexp.New(`(?i)\b(UNIX|TCP[46]?)-L(ISTEN)?:`)
	socatConnects = lazyregexp.New(`(?i)\b(TCP[46]?(?:-CONNECT)?):([^\s,]+:\d+)`)
)

// hostVariable is a name that says that the value is a host, or several (DOCKER_HOSTNAMES of
// Homarr), whose port stands elsewhere.
var hostVariable = lazyregexp.New(`(?i)(^|[_.-])(host|hostname)s?$`)

// bareHost is the endpoint at a service of the project that is named alone.
func bareHost(c cursor, name string) (model.Endpoint, bool) {
	e := model.Endpoint{Host: strings.TrimSpace(name)}
	return e, c.root.Field("services").Field(e.Host) != nil
}
