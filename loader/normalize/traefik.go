package normalize

import (
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
)

// traefikFiles are what Traefik takes its options from, instead of its command line, when they
// are there: one of the files in a directory, which another mount may bring.
// https://doc.traefik.io/traefik/getting-started/configuration-overview/#configuration-file
var (
	traefikFiles       = []string{"traefik.toml", "traefik.yaml", "traefik.yml"}
	traefikDirectories = []string{"/etc", "/etc/traefik"}
	traefikFileOptions = []string{"configfile", "c"}
)

// traefik is what a service is told whose image is Traefik's own, from whichever registry.
func traefik(s model.Service) *model.Traefik {
	if s.Image == nil || s.Image.Repository == nil || path.Base(*s.Image.Repository) != "traefik" {
		return nil
	}
	t := &model.Traefik{Options: []model.Setting{}, File: "no"}
	for _, o := range s.Options {
		o.Name = strings.ToLower(o.Name)
		t.Options = append(t.Options, o)
	}
	if len(t.Options) == 0 {
		for _, v := range s.Environment {
			if name, ok := strings.CutPrefix(strings.ToLower(v.Name), "traefik_"); ok && name != "" {
				v.Name = strings.ReplaceAll(name, "_", ".")
				t.Options = append(t.Options, v)
			}
		}
	}
	if s.Built {
		t.File = "perhaps"
	}
	for _, m := range s.Mounts {
		switch {
		case m.Target == nil || slices.Contains(traefikDirectories, *m.Target):
			t.File = "perhaps"
		case slices.Contains(traefikFiles, path.Base(*m.Target)):
			t.File = "yes"
			return t
		}
	}
	if slices.ContainsFunc(t.Options, func(o model.Setting) bool { return slices.Contains(traefikFileOptions, o.Name) }) {
		t.File = "yes"
	}
	return t
}
