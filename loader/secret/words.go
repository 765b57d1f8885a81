package secret

import (
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// passwordSwitch is a short option with which a program takes a password.
type passwordSwitch struct {
	program string // what its name starts with, and a blank where that is all of it
	option  string
	glued   bool // -pPASSWORD
	next    bool // -p PASSWORD
	user    bool // USER:PASSWORD
}

var passwordSwitches = []passwordSwitch{
	{program: "mysql", option: "-p", glued: true},
	{program: "mariadb", option: "-p", glued: true},
	{program: "mongo", option: "-p", glued: true, next: true},
	{program: "sshpass", option: "-p", glued: true, next: true},
	{program: "redis-cli", option: "-a", next: true},
	{program: "valkey-cli", option: "-a", next: true},
	{program: "login ", option: "-p", next: true}, // docker login and many more
	{program: "curl", option: "-u", glued: true, next: true, user: true},
	{program: "curl", option: "--user", next: true, user: true},
}

// credential is a stretch of a text, and the name that says that it is a credential.
type credential struct {
	yamltree.Range
	name string
}

// switchName is the name for what stands behind a password switch.
const switchName = "password"

// inWords finds the credentials among the words of a command line, and where in the word
// they stand: in the word after an option like --password, and behind the short option of
// a program that was named before. With suspects it takes in what the short options of any
// program may give.
func (s names) inWords(words []string, suspects bool) map[int]credential {
	found := map[int]credential{}
	add := func(i, start int, user bool, name string) {
		secret := yamltree.Range{Start: start, End: len(words[i])}
		if user {
			secret = behindUser(words[i], start)
		}
		if (!user || secret.Start > start) && len(harmful(words[i], secret)) > 0 {
			found[i] = credential{secret, name}
		}
	}
	next := func(i int, user bool, name string) {
		if i+1 < len(words) && !strings.HasPrefix(words[i+1], "-") {
			add(i+1, 0, user, name)
		}
	}
	program := ""
	for i, word := range words {
		if suspects && i > 0 && isSuspect(words[i-1], word) {
			add(i, 0, words[i-1] == "-u" && strings.Contains(word, ":"), switchName)
		}
		if suspects && isGlued(word) {
			add(i, len("-p"), false, switchName)
		}
		if !strings.HasPrefix(word, "-") {
			if base := path.Base(word); isPasswordProgram(base) {
				program = base
			}
			continue
		}
		if !strings.ContainsAny(word, "=$") && s.has(strings.TrimLeft(word, "-")) {
			next(i, false, strings.TrimLeft(word, "-"))
		}
		for _, p := range passwordSwitches {
			switch {
			case program == "" || !p.of(program) || !strings.HasPrefix(word, p.option):
			case word == p.option && p.next:
				next(i, p.user, switchName)
				program = "" // sshpass runs another one
			case word != p.option && p.glued:
				add(i, len(p.option), p.user, switchName)
			}
		}
	}
	return found
}

func isPasswordProgram(name string) bool {
	return slices.ContainsFunc(passwordSwitches, func(p passwordSwitch) bool { return p.of(name) })
}

// of is true for the name of the program that has the switch.
func (p passwordSwitch) of(program string) bool { return strings.HasPrefix(program+" ", p.program) }

// inLine finds the credentials behind the options of a command line in one string.
func (s names) inLine(line string, suspects bool) []credential {
	if !strings.Contains(line, " -") {
		return nil
	}
	at := shellWords(line)
	words := make([]string, len(at))
	for i, a := range at {
		words[i] = line[a.Start:a.End]
	}
	var all []credential
	found := s.inWords(words, suspects)
	for i := range words {
		if secret, ok := found[i]; ok {
			all = append(all, credential{yamltree.Range{Start: at[i].Start + secret.Start, End: at[i].Start + secret.End}, secret.name})
		}
	}
	return all
}

// shellWords are the words of a line. Quotes end one, so that those of a line within a line are
// found as well, but for those around a value: -p"a b".
func shellWords(line string) []yamltree.Range {
	const between = "\t\n\f\r ;|&()\"'`"
	var all []yamltree.Range
	for i := 0; i < len(line); i++ {
		if strings.IndexByte(between, line[i]) >= 0 {
			continue
		}
		word := yamltree.Range{Start: i, End: indexAny(line, i, between)}
		if _, end := quotedAt(line, word.End); end > 0 && !strings.Contains(line[word.End:end], "\n") {
			word.End = end
		}
		all = append(all, word)
		i = word.End - 1
	}
	return all
}
