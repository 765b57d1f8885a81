package policy

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Sandbox is OPA's language without the builtins that see more than the input (network,
// environment, time, randomness) and without those that are refused.
func Sandbox() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	kept := c.Builtins[:0]
	for _, b := range c.Builtins {
		if !b.Nondeterministic && refused[b.Name] == "" {
			kept = append(kept, b)
		}
	}
	c.Builtins = kept
	c.AllowNet = []string{}
	return c
}

// Refused says why policies may not call a builtin that sees nothing more than the input; it is
// empty for others.
func Refused(name string) string { return refused[name] }

// refused are builtins for which one call can take all time or memory without a look at whether the
// evaluation is cancelled (topdown/cancel.go of OPA), in which nothing else stops them, and those
// that have nothing to do with Compose files and much code that reads what is hostile.
var refused = map[string]string{
	"bits.lsh":                                  atOnce,
	"graph.reachable_paths":                     exponential,
	"graphql.is_valid":                          foreign,
	"graphql.parse":                             foreign,
	"graphql.parse_and_verify":                  foreign,
	"graphql.parse_query":                       foreign,
	"graphql.parse_schema":                      foreign,
	"graphql.schema_is_valid":                   foreign,
	"json.patch":                                exponential,
	"providers.aws.sign_req":                    foreign,
	"regex.globs_match":                         exponential,
	"rego.parse_module":                         foreign,
	"strings.render_template":                   exponential,
	"yaml.is_valid":                             exponential,
	"yaml.unmarshal":                            exponential,
	"crypto.parse_private_keys":                 foreign,
	"crypto.x509.parse_and_verify_certificates": foreign,
	"crypto.x509.parse_and_verify_certificates_with_options": foreign,
	"crypto.x509.parse_certificate_request":                  foreign,
	"crypto.x509.parse_certificates":                         foreign,
	"crypto.x509.parse_keypair":                              foreign,
	"crypto.x509.parse_rsa_private_key":                      foreign,
	"io.jwt.decode":                                          foreign,
	"io.jwt.verify_eddsa":                                    foreign,
	"io.jwt.verify_es256":                                    foreign,
	"io.jwt.verify_es384":                                    foreign,
	"io.jwt.verify_es512":                                    foreign,
	"io.jwt.verify_hs256":                                    foreign,
	"io.jwt.verify_hs384":                                    foreign,
	"io.jwt.verify_hs512":                                    foreign,
	"io.jwt.verify_ps256":                                    foreign,
	"io.jwt.verify_ps384":                                    foreign,
	"io.jwt.verify_ps512":                                    foreign,
	"io.jwt.verify_rs256":                                    foreign,
	"io.jwt.verify_rs384":                                    foreign,
	"io.jwt.verify_rs512":                                    foreign,
}

const (
	atOnce      = "one call can take all memory at once"
	exponential = "one call can take all time or memory, and does not stop when it is told to"
	foreign     = "it has nothing to do with Compose files"
)

// maxText bounds the text that one call of a builtin makes longer, in bytes: what each call doubles
// has no other end than all memory.
const maxText = 16 << 20

func init() {
	for _, name := range []string{
		ast.Base64Encode.Name, ast.Base64UrlEncode.Name, ast.Base64UrlEncodeNoPad.Name, ast.Concat.Name,
		ast.HexEncode.Name, ast.InternalTemplateString.Name, ast.JSONMarshal.Name, ast.JSONMarshalWithOptions.Name,
		ast.RegexReplace.Name, ast.RegexSplit.Name, ast.Replace.Name, ast.ReplaceN.Name, ast.Split.Name,
		ast.Sprintf.Name, ast.URLQueryEncode.Name,
	} {
		topdown.RegisterBuiltinFunc(name, withLimit(name, topdown.GetBuiltin(name)))
	}
}

// withLimit is a builtin that ends the evaluation where its text is too long: an error of a builtin
// would be undefined, and the rule silent.
func withLimit(name string, builtin topdown.BuiltinFunc) topdown.BuiltinFunc {
	return func(ctx topdown.BuiltinContext, operands []*ast.Term, iter func(*ast.Term) error) error {
		size := 0
		for _, operand := range operands {
			size += textIn(operand, 2)
		}
		if size > maxText {
			return topdown.Halt{Err: fmt.Errorf("%s gets more text than the limit of %d MiB", name, maxText>>20)}
		}
		return builtin(ctx, operands, iter)
	}
}

// textIn is the length of a text, or of those in a collection down to a depth: the operand of a
// template has each of its parts in a set.
func textIn(t *ast.Term, depth int) (size int) {
	switch v := t.Value.(type) {
	case ast.String:
		return len(v)
	case *ast.Array:
		for i := range v.Len() {
			if depth > 0 {
				size += textIn(v.Elem(i), depth-1)
			}
		}
	case ast.Set:
		for _, item := range v.Slice() {
			if depth > 0 {
				size += textIn(item, depth-1)
			}
		}
	}
	return size
}
