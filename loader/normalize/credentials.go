package normalize

import (
	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// credentials are what the command lines of a container give under the name of a credential.
func credentials(c cursor) []model.Setting {
	all := []model.Setting{}
	for _, list := range [][]*yamltree.Node{wordNodes(c, "entrypoint"), wordNodes(c, "command"), wordNodes(c.inside("healthcheck"), "test")} {
		literals := make([]string, len(list))
		for i, node := range list {
			literals[i] = node.LiteralWith(secret.Variable)
		}
		for i, given := range secret.GivenInWords(literals) {
			all = append(all, credentialsAt(c, list[i], literals[i], given)...)
		}
	}
	return all
}

// credentialsIn are what a text, such as that of a configuration file, gives under the name
// of a credential.
func credentialsIn(c cursor, n *yamltree.Node) []model.Setting {
	literal := n.LiteralWith(secret.Variable)
	return credentialsAt(c, n, literal, secret.GivenIn(literal))
}

// credentialsAt are those that are found in the literal text of a node, each at its own place
// unless variables have moved it.
func credentialsAt(c cursor, n *yamltree.Node, literal string, given []secret.Given) []model.Setting {
	all := []model.Setting{}
	for _, g := range given {
		place := n
		if literal == n.String() {
			place = n.Part(g.Start, g.End, g.Value)
		}
		all = append(all, model.Setting{At: c.entry("credentials", g.Name, place).at, Name: g.Name, Value: new(g.Value), Literal: g.Value})
	}
	return all
}
