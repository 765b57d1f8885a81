package loader

import (
	"path/filepath"

	"github.com/composelint/composelint/loader/daemon"
	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// isDaemon is true where no project is judged but the engine's configuration file alone: it is what the options
// name instead, or has its name.
func isDaemon(o Options) bool {
	return len(o.Files) == 1 && (o.Files[0] == o.Daemon || filepath.Base(o.Files[0]) == daemon.Name)
}

// isDaemonFile is true for a file of that name which is certainly one of dockerd's: other programs have a
// daemon.json, too. One that cannot be read is none.
func isDaemonFile(file string) bool {
	text, err := files.Read(file)
	return err == nil && daemon.Is(text)
}

// openedDaemon is the engine's configuration file; there is none where it is nil.
type openedDaemon struct {
	*model.Daemon
	partial bool
}

// openDaemon reads the engine's configuration file, if there is one. The user names it.
func openDaemon(o Options, sources *model.Sources) (opened openedDaemon, err error) {
	name := o.Daemon
	if isDaemon(o) {
		name = o.Files[0]
	}
	if name == "" {
		return openedDaemon{}, nil
	}
	file, err := readDaemon(o, name)
	if err != nil {
		return openedDaemon{}, err
	}
	sources.Files[file.Path] = file
	var document *yamltree.Node
	opened.Daemon, document, opened.partial = daemon.Read(file, daemon.EngineOf(o.Engine), sources)
	if opened.partial {
		o.Secrets.HideInText(yamltree.NewSource(file))
	} else {
		o.Secrets.Hide(document)
	}
	return opened, nil
}

func readDaemon(o Options, name string) (*model.File, error) {
	if text, ok := o.InHand(name); ok {
		return o.Root().File(name, text), nil
	}
	return files.Open(name, o.AllowOutside)
}

// noProject is a project in which there is nothing.
func noProject() model.Project {
	return model.Project{
		Services: []model.Service{}, Networks: []model.Network{}, Volumes: []model.Volume{}, Secrets: []model.Secret{},
		Configs: []model.ConfigFile{}, Models: []model.Model{}, Overrides: []model.Override{}, Slips: []model.Slip{},
	}
}
