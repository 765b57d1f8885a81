package loader

import (
	"regexp"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// What looks like a credential: by the name of its key, by its own shape, or by its place
// in a URL. The names are compared without case, - and . written as _.
var (
	secretWords = []string{
		"password", "passwd", "requirepass", "passphrase", "secret", "token", "credential", "apikey", "api_key", "accesskey", "access_key",
		"privatekey", "private_key", "authkey", "auth_key", "encryptionkey", "encryption_key", "signingkey", "signing_key",
	}
	secretEndings = []string{"key", "pass", "pwd", "pw", "auth", "salt", "dsn"}
	// Names that end so only point at a secret, or say something about it.
	otherEndings = []string{
		"file", "path", "dir", "name", "url", "uri", "host", "port", "user", "username", "enabled", "expiry", "expiration", "ttl", "length", "type",
	}
)

// The shapes of credentials.
var (
	// AWS, GitHub, GitLab, Slack, Google, Stripe and npm keys, JSON web tokens, private keys.
	secretValue = regexp.MustCompile(`\b((AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,}|glpat-[0-9A-Za-z_-]{20,}|xox[abprs]-[0-9A-Za-z-]{10,}|AIza[0-9A-Za-z_-]{35}|[sr]k_live_[0-9A-Za-z]{20,}|npm_[0-9A-Za-z]{36}|eyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]*)|-----BEGIN [A-Z ]*PRIVATE KEY-----`)
	// An assignment or an option inside of a command line, a script or a file.
	secretAssignment = regexp.MustCompile(`(?i)(?:^|[\s;&|"'-])([a-z0-9_.-]*(?:passw(?:or)?d|requirepass|secret|token|api[_-]?key|access[_-]?key)[a-z0-9_.-]*)["']?(?:\s*[=:]\s*|\s+)("[^"]*"|'[^']*'|[^\s"']+)`)
	urlPassword      = regexp.MustCompile(`[a-z][a-z0-9+.-]*://[^\s/:@]*:([^\s/@]+)@`)
	// A switch, and a value that is nothing but a variable without a default, hold no secret.
	harmless = regexp.MustCompile(`(?i)^(\$[a-z_]\w*|\$\{[a-z_]\w*(:?\?[^}]*)?\}|[01]|true|false|yes|no|on|off)?$`)
)

// hideSecrets marks the values of a document that look like credentials, so that no
// output shows them, whichever rule and format quotes their line.
func hideSecrets(root *yamltree.Node) { hider{}.hide("", root) }

// hider remembers which names are those of credentials.
type hider map[string]bool

// hide looks at the value under key and at all below it.
func (h hider) hide(key string, n *yamltree.Node) {
	for name, field := range n.Fields {
		h.hide(name, field)
	}
	for i, item := range n.Items {
		h.hide(key, item)
		if i > 0 && h.isSecretOption(n.Items[i-1]) {
			item.Span.Hide()
		}
	}
	value, ok := n.Value.(string)
	if !ok {
		if n.Kind == yamltree.Scalar && !harmless.MatchString(text(n.Value)) && h.isSecret(key) {
			n.Span.Hide()
		}
		return
	}
	if name, assigned, found := strings.Cut(strings.TrimLeft(value, "-"), "="); found && !strings.Contains(name, " ") && h.isSecret(name) {
		hide(n, len(value)-len(assigned), len(value))
	} else if h.isSecret(key) {
		hide(n, 0, len(value))
	}
	if strings.ContainsAny(value, " \n") && contains(strings.ToLower(value), assignmentMarks) {
		for _, at := range secretAssignment.FindAllStringSubmatchIndex(value, -1) {
			if h.isSecret(value[at[2]:at[3]]) {
				hide(n, at[4], at[5])
			}
		}
	}
	if contains(value, tokenMarks) {
		for _, at := range secretValue.FindAllStringIndex(value, -1) {
			if strings.HasPrefix(value[at[0]:], "-----BEGIN") {
				at[1] = len(value)
			}
			hide(n, at[0], at[1])
		}
	}
	if strings.Contains(value, "://") {
		for _, at := range urlPassword.FindAllStringSubmatchIndex(value, -1) {
			hide(n, at[2], at[3])
		}
	}
}

// isSecretOption is true for a word like --password, whose value is the next word.
func (h hider) isSecretOption(n *yamltree.Node) bool {
	option, ok := n.Value.(string)
	return ok && strings.HasPrefix(option, "-") && !strings.Contains(option, "=") && h.isSecret(strings.TrimLeft(option, "-"))
}

// The parts without which the slower searches find nothing.
var (
	tokenMarks      = []string{"AKIA", "ASIA", "gh", "glpat-", "xox", "AIza", "k_live_", "npm_", "eyJ", "-----BEGIN "}
	assignmentMarks = []string{"passw", "requirepass", "secret", "token", "api", "access"}
)

// isSecret is isSecretKey with a memory: a file has few names and uses them often.
func (h hider) isSecret(key string) bool {
	secret, known := h[key]
	if !known {
		secret = isSecretKey(key)
		h[key] = secret
	}
	return secret
}

// isSecretKey is true for the name of a variable, option or attribute that holds a
// credential. The attribute secrets only names some.
func isSecretKey(key string) bool {
	name := strings.NewReplacer("-", "_", ".", "_").Replace(strings.ToLower(key))
	if name == "secrets" || endsWith(name, otherEndings) {
		return false
	}
	return contains(name, secretWords) || endsWith(name, secretEndings)
}

// endsWith is true for a name whose last word is one of the words.
func endsWith(name string, words []string) bool {
	return slices.Contains(words, name[strings.LastIndexByte(name, '_')+1:])
}

func contains(text string, parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
}

// hide marks the bytes [start, end) of a string.
func hide(n *yamltree.Node, start, end int) {
	value := n.Value.(string)
	if harmless.MatchString(value[start:end]) {
		return
	}
	if span, exact := n.Text.Part(n.Span.Source, start, end); exact {
		span.Hide()
	} else {
		n.Span.Hide()
	}
}
