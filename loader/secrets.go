package loader

import (
	"regexp"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// What looks like a credential: by the name of its key, by its own shape, or by its place
// in a URL. Names that only point at a secret (…_FILE, …_PATH) do not count.
var (
	secretKey = regexp.MustCompile(`(?i)(passw(or)?d|passwd|passphrase|secret|token|credential|api_?key|access_?key|private_?key|auth_?key|encryption_?key|signing_?key|(^|_)(key|pass|pwd|pw|auth|salt|dsn)$)`)
	notSecret = regexp.MustCompile(`(?i)(_|^)(file|path|dir|name|url|uri|host|port|user|username|enabled|expiry|expiration|ttl|length|type)$`)
	// AWS, GitHub, GitLab, Slack, Google, Stripe and npm keys, JSON web tokens, private keys.
	secretValue = regexp.MustCompile(`\b((AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,}|glpat-[0-9A-Za-z_-]{20,}|xox[abprs]-[0-9A-Za-z-]{10,}|AIza[0-9A-Za-z_-]{35}|[sr]k_live_[0-9A-Za-z]{20,}|npm_[0-9A-Za-z]{36}|eyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]*)|-----BEGIN [A-Z ]*PRIVATE KEY-----`)
	urlPassword = regexp.MustCompile(`[a-z][a-z0-9+.-]*://[^\s/:@]*:([^\s/@]+)@`)
	// A value that is nothing but a variable without a default holds no secret.
	onlyVariable = regexp.MustCompile(`^(\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*(:?\?[^}]*)?\})?$`)
)

// hideSecrets marks the values of a document that look like credentials, so that no
// output shows them, whichever rule and format quotes their line.
func hideSecrets(root *yamltree.Node) { hideUnder("", root) }

func hideUnder(key string, n *yamltree.Node) {
	for name, field := range n.Fields {
		hideUnder(name, field)
	}
	for _, item := range n.Items {
		hideUnder(key, item)
	}
	value, ok := n.Value.(string)
	if !ok {
		if n.Kind == yamltree.Scalar && n.Value != nil && isSecretKey(key) {
			n.Span.Hide()
		}
		return
	}
	if name, assigned, found := strings.Cut(strings.TrimLeft(value, "-"), "="); found && isSecretKey(name) {
		hide(n, len(value)-len(assigned), len(value))
	} else if isSecretKey(key) {
		hide(n, 0, len(value))
	}
	for _, at := range secretValue.FindAllStringIndex(value, -1) {
		if strings.HasPrefix(value[at[0]:], "-----BEGIN") {
			at[1] = len(value)
		}
		hide(n, at[0], at[1])
	}
	for _, at := range urlPassword.FindAllStringSubmatchIndex(value, -1) {
		hide(n, at[2], at[3])
	}
}

func isSecretKey(key string) bool {
	key = strings.NewReplacer("-", "_", ".", "_").Replace(key)
	return secretKey.MatchString(key) && !notSecret.MatchString(key)
}

// hide marks the bytes [start, end) of a string.
func hide(n *yamltree.Node, start, end int) {
	value := n.Value.(string)
	if onlyVariable.MatchString(value[start:end]) {
		return
	}
	if span, exact := n.Text.Part(n.Span.Source, start, end); exact {
		span.Hide()
	} else {
		n.Span.Hide()
	}
}
