package secret

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/yamltree"
)

// What is hidden may be more than what rules find: stars over a word that is no secret cost a
// reader little. These finders are for hiding alone.

// Names that may hold a secret, in other languages too.
var (
	suspectWords = []string{
		"mnemonic", "seed_phrase", "recovery_phrase", "recovery_code", "erlang_cookie",
		"passwort", "kennwort", "wachtwoord", "motdepasse", "mot_de_passe", "contrasena", "contraseña",
	}
	suspectEndings = []string{"pin", "mdp", "senha", "parola"}
)

var (
	// A bare variable, which may as well be a password with a $ in it.
	bareVariable = lazyregexp.New(`(?i)^["']?\$\$?([a-z_]\w*)["']?$`)
	// A requirement whose reason is a sentence.
	requirement = lazyregexp.New(`(?i)^["']?\$\{[a-z_]\w*:?\?(?:[^}]*[^} ] [^}]*)?\}["']?$`)
	// Nothing but a variable, of a name as variables have it, with what stands in for it.
	defaulted = lazyregexp.New(`(?s)^["']?\$\{[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*:?[-=+?](.+)\}["']?$`)
	// What stands in for a variable, and the reason why one is required; also where the brace is closed
	// too early.
	substitute = lazyregexp.New(`\$\{[^\w${}]*([A-Za-z_]\w*)[^\w:}+?=!-]*(\}:[-+?=!]|:?[-+?=!]?)((?:[^{}$]|\$[^{])*)`)
	// An address with a user and a password, whatever became of its slashes: without a scheme
	// there must be two. The password may have slashes and @ in it.
	userOfAnyAddress = lazyregexp.New(`(?:[A-Za-z][A-Za-z0-9+.-]*(?::|%3[aA])(?:(?:\\?/|%2[fF])*|/[^\s:@"']*/)|(?:^|[\s"'=,(:])//)([^\s/:"']*)(?::|%3[aA])([^\s"']+)[ \t]*(?:@|%40)`)
	// One with blanks or line breaks at the marks between its parts, which may be in the password too.
	userOfTornAddress = lazyregexp.New(`[A-Za-z][A-Za-z0-9+.-]*\s*(?::|%3[aA])\s*(?:(?:\\?/|%2[fF])\s*)+[^\s/:@"']*\s*(?::|%3[aA])\s*([^\s/"']+(?:\s*[:@%]\s*[^\s/"']+)*)\s*(?:@|%40)`)
	// user:password@host:port, as the variables of proxies may have it without a scheme.
	userOfHost = lazyregexp.New(`(?:^|[\s"'=])[^\s:@/"'=]+:([^\s"'@/]+)@[A-Za-z0-9.-]+:\d{1,5}(?:[^0-9A-Za-z]|$)`)
	// user:password@tcp(host), as Go's drivers for MySQL have it.
	userOfProtocol = lazyregexp.New(`(?:^|[\s"'=])[^\s:@/"']+:([^\s"']+)@\W?(?:tcp|udp|unix)\(`)
	// What a sentence says of a password.
	inSentence = lazyregexp.New(`(?i)\b(?:password|passwd|passwort|passphrase|kennwort|pwd?|pin|secret|token|api[ _-]?key)(?:[ \t]+(?:is|was|are|of))?[ \t]+["']?([^\s"',;]+)`)
	// Without one of these there is no such sentence.
	sentenceMarks = []string{"passw", "passphrase", "kennwort", "pw", "pin", "secret", "token", "api"}
	// What is piped to a program that reads a password from its input.
	piped     = lazyregexp.New(`\b(?:echo|printf)[ \t]+(?:-[a-zA-Z]+[ \t]+|%\S+[ \t]+)*([^|\n]*[^|\s])[ \t]*\|[^|\n]*(?:--password-stdin|--with-token|\bchpasswd\b|\bsudo +-S\b)`)
	pipeMarks = []string{"-stdin", "-token", "chpasswd", "sudo"}

	hasDigit = lazyregexp.New(`[0-9]`)
	hasHump  = lazyregexp.New(`[a-z][A-Z]`)
	isNumber = lazyregexp.New(`^[0-9:./-]*$`)
)

// worthHiding leaves out the ranges that hold nothing but a switch or a variable, and of a variable with a
// default all but that: whoever reads the line has to know which variable it is.
func worthHiding(value string, all ...yamltree.Range) []yamltree.Range {
	all = slices.DeleteFunc(all, func(s yamltree.Range) bool { return isHarmless(value[s.Start:s.End]) })
	for i, s := range all {
		if at := defaulted().FindStringSubmatchIndex(value[s.Start:s.End]); at != nil {
			all[i] = yamltree.Range{Start: s.Start + at[2], End: s.Start + at[3]}
		}
	}
	return all
}

// isHarmless is true for a switch, for a variable in braces, which may have a sentence about what
// is required, and for a bare one whose name is that of a credential or in capitals. Any other bare
// one may be a password that begins so.
func isHarmless(value string) bool {
	if at := bareVariable().FindStringSubmatch(value); at != nil {
		return IsKey(at[1]) || strings.ToUpper(at[1]) == at[1]
	}
	if strings.Contains(value, "?") {
		return requirement().MatchString(value)
	}
	return harmless().MatchString(value)
}

// suspects are what an assignment anywhere, or the option of any program, may give.
func (s names) suspects(value string) []yamltree.Range {
	all := rangesOf(s.assigned(value, inLists))
	if start := s.pair(value); start > 0 {
		all = append(all, yamltree.Range{Start: start, End: len(value)})
	}
	all = append(all, rangesOf(s.inLine(value, true))...)
	if strings.Contains(value, "|") && contains(value, pipeMarks) {
		for _, at := range piped().FindAllStringSubmatchIndex(value, -1) {
			all = append(all, yamltree.Range{Start: at[2], End: at[3]})
		}
	}
	return all
}

// pair is where the value begins in a text that is the name of a credential and a value, and
// nothing else, 0 where it is no such text. A path is no name: /etc/credentials.yaml:/etc is a mount.
func (s names) pair(text string) int {
	end := strings.IndexAny(text, ":= \t")
	if end <= 0 || strings.ContainsAny(text[:end], "/$") {
		return 0
	}
	value := strings.TrimLeft(text[end:], ":= \t")
	if value == "" || strings.ContainsAny(value, " \t\n") || !s.has(text[:end]) {
		return 0
	}
	return len(text) - len(value)
}

// isSuspect is true for a word that the option before it may take for a password: -p WORD, or
// -u USER:WORD. What has no digit after -p, or after -u alone, is rather a name, and a number is a
// port or a user.
func isSuspect(option, word string) bool {
	switch {
	case strings.HasPrefix(word, "-") || isNumber().MatchString(word):
		return false
	case option == "-p":
		return isMixed(word) && !strings.Contains(word, "/")
	}
	_, password, found := strings.Cut(word, ":")
	return option == "-u" && (found && !isNumber().MatchString(password) || !found && len(word) >= 6 && isMixed(word))
}

// isGlued is true for -pWORD where the word is neither a number nor a word of letters, which would
// rather be another option.
func isGlued(word string) bool {
	value, found := strings.CutPrefix(word, "-p")
	return found && len(value) >= minMixed && isMixed(value) && !isNumber().MatchString(value) && !strings.ContainsAny(value, "=/")
}

// inAddresses are the passwords of addresses.
func inAddresses(value string) []yamltree.Range {
	if !strings.Contains(value, "@") && !strings.Contains(value, "%40") {
		return nil
	}
	var all []yamltree.Range
	if strings.ContainsAny(value, " \t\r\n") {
		for _, at := range userOfTornAddress().FindAllStringSubmatchIndex(value, -1) {
			all = append(all, yamltree.Range{Start: at[2], End: at[3]})
		}
	}
	offset := 0
	for line := range strings.Lines(value) {
		if strings.Contains(line, "@") || strings.Contains(line, "%40") {
			for _, secret := range inAddressesOf(line) {
				all = append(all, yamltree.Range{Start: offset + secret.Start, End: offset + secret.End})
			}
		}
		offset += len(line)
	}
	return all
}

// inAddressesOf are those of a line.
func inAddressesOf(line string) []yamltree.Range {
	var all []yamltree.Range
	if mayHaveUser(line) {
		for _, at := range userOfAnyAddress().FindAllStringSubmatchIndex(line, -1) {
			port, _, path := strings.Cut(line[at[4]:at[5]], "/")
			if !path || !isNumber().MatchString(port) { // else the @ is one of the path
				all = append(all, yamltree.Range{Start: at[4], End: at[5]})
			}
		}
	}
	for _, at := range userOfHost().FindAllStringSubmatchIndex(line, -1) {
		all = append(all, yamltree.Range{Start: at[2], End: at[3]})
	}
	if strings.Contains(line, "(") {
		for _, at := range userOfProtocol().FindAllStringSubmatchIndex(line, -1) {
			all = append(all, yamltree.Range{Start: at[2], End: at[3]})
		}
	}
	return all
}

// mayHaveUser is true of a line with what userOfAnyAddress looks for: two colons, or two slashes, before
// an @. The digest of an image has an @ and neither.
func mayHaveUser(line string) bool {
	before := line[:max(0, strings.LastIndexByte(line, '@'), strings.LastIndex(line, "%40"))]
	return strings.Contains(before, "//") || strings.Count(before, ":")+strings.Count(before, "%3") > 1
}

// inDefaults are what stands in for variables of credentials, and single words that are given as
// the reason why a variable is required: they are meant for a default.
func (s names) inDefaults(value string) []yamltree.Range {
	if !strings.Contains(value, "${") {
		return nil
	}
	var all []yamltree.Range
	for _, at := range substitute().FindAllStringSubmatchIndex(value, -1) {
		name, operator, word := value[at[2]:at[3]], value[at[4]:at[5]], value[at[6]:at[7]]
		required := strings.HasSuffix(operator, "?")
		if word != "" && (required && IsGiven(word) || !required && s.has(name)) {
			all = append(all, yamltree.Range{Start: at[6], End: at[7]})
		}
	}
	return all
}

// IsGiven is true for a reason why a variable is required that is no sentence, and no word for
// that: somebody meant to give a value.
func IsGiven(reason string) bool {
	return !strings.Contains(strings.TrimSpace(reason), " ") && !reasons[strings.ToLower(strings.Trim(reason, "!."))]
}

var reasons = map[string]bool{"required": true, "err": true, "error": true, "missing": true, "unset": true, "mandatory": true}

// Stretches are the parts of the value under a key that are secrets.
func Stretches(key, value string) []string {
	var all []string
	for _, r := range (names{}).in(key, value) {
		all = append(all, value[r.Start:r.End])
	}
	return all
}

// MaskProse masks what a sentence of the user, such as the reason of an ignore, gives away.
func MaskProse(text string) string { return masking(text, names{}.inProse(text)...) }

// inProse finds the credentials in a line of text or of a comment.
func (s names) inProse(text string) []yamltree.Range {
	all := s.inText(text)
	if !contains(strings.ToLower(text), sentenceMarks) {
		return all
	}
	for _, at := range inSentence().FindAllStringSubmatchIndex(text, -1) {
		is := strings.Contains(strings.ToLower(text[at[0]:at[2]]), " is ")
		if value := text[at[2]:at[3]]; is || isRandom(value) && !IsKey(value) {
			all = append(all, yamltree.Range{Start: at[2], End: at[3]})
		}
	}
	return worthHiding(text, all...)
}

// isRandom is true for what is hardly a word: letters and digits, or a capital behind a small letter.
func isRandom(text string) bool {
	return isMixed(text) && hasDigit().MatchString(text) || hasHump().MatchString(text)
}

// inText finds the credentials in a line of text.
func (s names) inText(line string) []yamltree.Range {
	all := append(s.byShape(line), rangesOf(s.assigned(line, inText))...)
	all = append(all, rangesOf(s.assigned(line, inLists))...) // one within the value of another
	all = append(all, rangesOf(s.inLine(line, true))...)
	return worthHiding(line, all...)
}
