// Package secret finds what no output may show, and hides it: credentials by the name that they
// stand under, by their own shape, or by their place in an address or a command line.
package secret

import (
	"regexp"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/yamltree"
)

// What looks like a credential: by the name of its key, by its own shape, or by its place
// in a URL or a command line. The names are compared without case, - and . written as _.
var (
	secretWords = []string{
		"password", "passwd", "requirepass", "passphrase", "secret", "token", "credential", "apikey", "api_key", "accesskey", "access_key",
		"privatekey", "private_key", "authkey", "auth_key", "encryptionkey", "encryption_key", "signingkey", "signing_key",
	}
	secretEndings = []string{
		"key", "pass", "pwd", "pw", "auth", "authorization", "salt", "dsn",
		"dbpass", "dbpwd", "dbpw", "userpass", "userpwd", "rootpass", "rootpwd", "adminpass", "adminpwd", "mailpass", "mailpwd", "smtppass", "smtppwd",
	}
	// Names that end so only point at a secret, or say something about it.
	otherEndings = []string{
		"file", "path", "dir", "name", "url", "uri", "host", "port", "user", "username", "enabled", "expiry", "expiration", "ttl", "length", "type",
		"stdin",
	}
	// Names that end so hold USER:HASH, or many of them.
	userEndings = []string{"basicauth.users", "digestauth.users"}
)

//go:generate go run ../../internal/generate/shapes/main.go

// The shapes of what gives a credential under a name.
var (
	// A header of a request, and the scheme of one.
	secretHeader = lazyregexp.New(`(?i)\bauthorization["']?\s*[:=]\s*["']?(?:[a-z]+\s+)?([^\s"',]+)|\bbearer\s+([0-9a-z._~+/=-]{8,})`)
	// A switch, and a value that is nothing but a variable without a default, hold no secret.
	harmless = lazyregexp.New(`(?i)^["']?(\$|\$[a-z_]\w*|\$\$?\{[a-z_]\w*(:?\?[^}]*)?\}|\$\$[a-z_]\w*|[01]|true|false|yes|no|on|off)?["']?$`)
)

// Without one of these there is no header of that kind.
var headerMarks = []string{"uthorization", "UTHORIZATION", "earer ", "EARER "}

// names remembers which names are those of credentials: a file has few names and
// uses them often.
type names map[string]bool

// in finds what looks like a credential in the value under a key.
func (s names) in(key, value string) []yamltree.Range {
	if s.has(key) {
		return worthHiding(value, yamltree.Range{Start: 0, End: len(value)})
	}
	if holdsUsers(key) {
		return worthHiding(value, behindUser(value, 0))
	}
	if key == "image" { // whose name may be that of a credential: vault/token-helper:latest
		return worthHiding(value, s.byShape(value)...)
	}
	name, assigned, found := strings.Cut(strings.TrimLeft(value, "-"), "=")
	start := len(value) - len(assigned)
	switch {
	case !found || strings.Contains(name, " "):
	case s.has(name):
		return worthHiding(value, yamltree.Range{Start: start, End: len(value)})
	case holdsUsers(name):
		return worthHiding(value, behindUser(value, start))
	}
	return worthHiding(value, slices.Concat(rangesOf(s.inScript(value)), s.suspects(value), s.byShape(value))...)
}

// inScript finds the assignments of a command line or a file in one value.
func (s names) inScript(value string) []credential {
	if !strings.ContainsAny(value, " \n") && !strings.Contains(value, "=-") {
		return nil
	}
	return s.assigned(value, inScripts)
}

func rangesOf(credentials []credential) []yamltree.Range {
	all := make([]yamltree.Range, len(credentials))
	for i, c := range credentials {
		all[i] = c.Range
	}
	return all
}

// byShape finds credentials that need no key to be known for ones.
func (s names) byShape(value string) []yamltree.Range {
	var all []yamltree.Range
	add := func(shape *regexp.Regexp) {
		for _, at := range shape.FindAllStringSubmatchIndex(value, -1) {
			secret := yamltree.Range{Start: at[0], End: at[1]}
			for group := 2; group < len(at); group += 2 { // the last group that took part
				if at[group] >= 0 {
					secret = yamltree.Range{Start: at[group], End: at[group+1]}
				}
			}
			all = append(all, secret)
		}
	}
	if contains(value, tokenMarks) {
		add(tokenShape())
	}
	if strings.Contains(value, "@") && strings.Contains(value, "://") {
		add(userOfAddress())
	}
	if strings.Contains(value, "=") && strings.ContainsAny(value, "?&;") {
		add(parameterOfAddress())
	}
	if contains(value, hashMarks) {
		add(hashShape())
	}
	if contains(value, headerMarks) {
		add(secretHeader())
	}
	return slices.Concat(all, inAddresses(value), s.inDefaults(value))
}

// behindUser is what follows USER: from start on.
func behindUser(value string, start int) yamltree.Range {
	if colon := strings.IndexByte(value[start:], ':'); colon >= 0 {
		start += colon + 1
	}
	return yamltree.Range{Start: start, End: len(value)}
}

// harmful leaves out the ranges that hold no secret.
func harmful(value string, all ...yamltree.Range) []yamltree.Range {
	return slices.DeleteFunc(all, func(s yamltree.Range) bool { return harmless().MatchString(value[s.Start:s.End]) })
}

// has is IsKey with a memory.
func (s names) has(key string) bool {
	secret, known := s[key]
	if !known {
		secret = IsKey(key)
		s[key] = secret
	}
	return secret
}

// IsKey is true for the name of a variable, option or attribute that may hold a credential.
func IsKey(key string) bool {
	name := underscored(key)
	return isCredential(name) || !endsWith(name, otherEndings) && (contains(name, suspectWords) || endsWith(name, suspectEndings))
}

// isCredential is true for a name with words that stand for a credential. The attribute secrets only
// names some.
func isCredential(name string) bool {
	if name == "secrets" || endsWith(name, otherEndings) {
		return false
	}
	return contains(name, secretWords) || endsWith(name, secretEndings)
}

// underscored is a name as the words in it are compared.
func underscored(key string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '.' {
			return '_'
		}
		return r
	}, strings.ToLower(key))
}

// endsWith is true for a name whose last word is one of the words.
func endsWith(name string, words []string) bool {
	return slices.Contains(words, name[strings.LastIndexByte(name, '_')+1:])
}

// holdsUsers is true for a name whose value is USER:HASH.
func holdsUsers(name string) bool {
	return slices.ContainsFunc(userEndings, func(ending string) bool {
		start := len(name) - len(ending)
		return start >= 0 && strings.EqualFold(name[start:], ending)
	})
}

func contains(text string, parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
}
