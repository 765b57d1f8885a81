package config

import (
	"path"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Exception is an entry that excuses findings of a rule: those that fit all that it names.
type Exception struct {
	Rule string
	// File is where they stand, relative to the root of the repository.
	File string
	// Service and At are what they are about, or what they are part of.
	Service, At string
	Reason      string
	// Expires is the last day on which it holds, as 2027-01-31; empty for one that stays.
	Expires string
	// Owner is who answers for it, empty where it does not say.
	Owner string
	// Configuration is the file that it stands in, Location where.
	Configuration *model.File
	Location      model.Location
}

func exceptionsOf(n *yamltree.Node, file *model.File) []Exception {
	var all []Exception
	if n == nil {
		return nil
	}
	for _, item := range n.Items {
		e := Exception{
			Rule: textOf(item.Field("rule")), File: textOf(item.Field("file")), Service: textOf(item.Field("service")),
			At: textOf(item.Field("at")), Reason: textOf(item.Field("reason")), Expires: textOf(item.Field("expires")),
			Owner: textOf(item.Field("owner")), Configuration: file, Location: item.Place().Location(),
		}
		if e.File != "" {
			e.File = path.Join(path.Dir(file.URI), e.File)
		}
		all = append(all, e)
	}
	return all
}
