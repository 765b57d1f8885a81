package topology

import (
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/model"
)

// What Traefik takes its options from, instead of its command line, when it is there: a file that
// the command line names, or one of those names in one of the directories, which a mount may bring.
// https://doc.traefik.io/traefik/getting-started/configuration-overview/#configuration-file
var (
	traefikFiles       = lazyregexp.New(`/traefik\.(toml|ya?ml)$`)
	traefikDirectories = []string{"/etc", "/etc/traefik"}
)

func namesTraefikFile(option model.Setting) bool {
	return strings.EqualFold(option.Name, "configfile") || option.Name == "c"
}

// traefikOf is what a service is told whose image is Traefik's own, from whichever registry.
func traefikOf(s model.Service) *model.Traefik {
	if s.Image == nil || s.Image.Repository == nil || path.Base(*s.Image.Repository) != "traefik" {
		return nil
	}
	t := &model.Traefik{Options: []model.Setting{}, File: traefikFile(s)}
	for _, o := range s.Options {
		o.Name = strings.ToLower(o.Name)
		t.Options = append(t.Options, o)
	}
	if len(t.Options) > 0 {
		return t
	}
	for _, v := range s.Environment {
		if name, ok := strings.CutPrefix(strings.ToLower(v.Name), "traefik_"); ok && name != "" {
			v.Name = strings.ReplaceAll(name, "_", ".")
			t.Options = append(t.Options, v)
		}
	}
	return t
}

// traefikFile says whether Traefik has a file: yes, perhaps or no; nil where a mount may bring it
// whose target is unknown.
func traefikFile(s model.Service) *string {
	if slices.ContainsFunc(s.Options, namesTraefikFile) {
		return new("yes")
	}
	file := new("no")
	if s.Built {
		file = new("perhaps")
	}
	for _, m := range s.Mounts {
		switch {
		case m.Target == nil:
			if file != nil && *file == "no" {
				file = nil
			}
		case traefikFiles().MatchString(*m.Target):
			return new("yes")
		case slices.Contains(traefikDirectories, *m.Target):
			file = new("perhaps")
		}
	}
	return file
}
