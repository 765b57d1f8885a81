package loader

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// aVariable stands for one that has no default: for harmful it is not a secret.
const aVariable = "$_"

// credentials are what the command lines of a container give under the name of a credential.
func (b *builder) credentials(at string, n *yamltree.Node) []model.Setting {
	all := []model.Setting{}
	for _, list := range [][]*yamltree.Node{wordNodes(n, "entrypoint"), wordNodes(n, "command"), wordNodes(n.Field("healthcheck"), "test")} {
		words := make([]string, len(list))
		for i, node := range list {
			words[i] = node.LiteralWith(aVariable)
		}
		behind := secretNames{}.inWords(words)
		for i, word := range words {
			found := secretNames{}.inWord(word)
			if c, ok := behind[i]; ok {
				found = append(found, c)
			}
			all = append(all, b.credentialsAt(at, list[i], word, found)...)
		}
	}
	return all
}

// credentialsIn are what a text, such as that of a configuration file, gives under the name
// of a credential.
func (b *builder) credentialsIn(at string, n *yamltree.Node) []model.Setting {
	said := n.LiteralWith(aVariable)
	return b.credentialsAt(at, n, said, secretNames{}.inWord(said))
}

// credentialsAt are those that are found in the literal text of a node, each at its own place
// unless variables have moved it.
func (b *builder) credentialsAt(at string, n *yamltree.Node, said string, found []credential) []model.Setting {
	all := []model.Setting{}
	seen := map[int]bool{} // an option of a script is found as an assignment, too
	for _, c := range found {
		value := said[c.Start:c.End]
		if seen[c.Start] || len(harmful(said, c.Range)) == 0 || strings.Contains(value, aVariable) || isSubstitution(value) {
			continue
		}
		seen[c.Start] = true
		place := n
		if said == n.String() {
			place = n.Part(c.Start, c.End, value)
		}
		name := strings.TrimLeft(c.name, "-")
		all = append(all, model.Setting{At: b.mark(item(at, "credentials", name), place), Name: name, Value: new(value), Literal: value})
	}
	return all
}

// isSubstitution is true for the output of a command.
func isSubstitution(value string) bool {
	value = strings.Trim(value, `"'`)
	return strings.HasPrefix(value, "$(") || strings.HasPrefix(value, "`")
}

// inWord finds the credentials within a single word, which may be a whole script.
func (s secretNames) inWord(word string) []credential {
	name, value, found := strings.Cut(word, "=")
	if found && !strings.ContainsAny(name, " \n") && s.has(strings.TrimLeft(name, "-")) {
		return []credential{{yamltree.Range{Start: len(word) - len(value), End: len(word)}, name}}
	}
	var all []credential
	for _, c := range s.inScript(word) {
		if isAssigned(word[:c.Start], c.name) {
			all = append(all, c)
		}
	}
	if contains(word, headerMarks) {
		for _, at := range secretHeader().FindAllStringSubmatchIndex(word, -1) {
			if at[2] >= 0 {
				all = append(all, credential{yamltree.Range{Start: at[2], End: at[3]}, "authorization"})
			} else {
				all = append(all, credential{yamltree.Range{Start: at[4], End: at[5]}, "authorization"})
			}
		}
	}
	return all
}

// isAssigned is true where a value is assigned to the name in the text before it, or stands
// behind an option: in prose, the word that follows the name is no value of it.
func isAssigned(before, name string) bool {
	before = strings.TrimRight(before, " \t\r\n\"'")
	return !strings.HasSuffix(before, name) || strings.HasSuffix(before, "-"+name) || strings.HasPrefix(name, "-") || name == "requirepass"
}
