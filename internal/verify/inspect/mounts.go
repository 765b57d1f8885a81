package inspect

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// mounts compares what of the host the container sees, by where it sees it.
func (p pair) mounts() {
	seen := map[string]model.Mount{}
	for _, m := range p.seen.Mounts {
		if m.Target != nil {
			seen[*m.Target] = m
		}
	}
	stated, allKnown, sockets := map[string]bool{}, true, false
	for _, m := range p.file.Mounts {
		if m.Target == nil {
			allKnown = false
			continue
		}
		if stated[*m.Target] {
			continue // of several paths that one volume shows
		}
		stated[*m.Target] = true
		found, there := seen[*m.Target]
		if there || !p.mayBeHidden(m) {
			p.mount(m, found, there)
		}
		sockets = sockets || p.apiOfFiles[m.At]
	}
	for _, m := range p.seen.Mounts {
		sockets = sockets || p.apiOfRunning[m.At]
		if m.Target != nil && !stated[*m.Target] {
			p.mountOfNoFile(m, allKnown)
		}
	}
	if !sockets {
		p.compared(check.Check{Section: sectionSockets, ID: "none", Expected: "no socket", Seen: "no socket"})
	}
}

// mayBeHidden is true for what is no mount to the engine: secrets and configs that come from no file are copied
// in, and Podman does not say what comes by volumes_from.
func (p pair) mayBeHidden(m model.Mount) bool {
	return m.Type == "secret" || m.Type == "config" || m.From != "" && p.container.byPodman()
}

// mount compares a mount of the files with what is at its target.
func (p pair) mount(stated, seen model.Mount, there bool) {
	one := check.Check{
		Section: p.sectionOf(stated, seen), ID: *stated.Target, Subject: p.subject, Expected: mountText(stated), Seen: "no mount",
		Decides: "volumes", Location: p.place(stated.At, ""),
	}
	if there {
		one.Seen = mountText(seen)
	}
	switch {
	case stated.HostPath == nil:
		one.Expected, one.Why = "", "the file leaves its source to a variable"
	case stated.ReadOnly == nil:
		one.Expected, one.Why = "", "the file leaves it to a variable whether it is read-only"
	case there && p.sameSource(stated, seen) && *stated.ReadOnly == *seen.ReadOnly && samePropagation(stated, seen):
		one.Verdict, one.Expected = check.Agrees, one.Seen
	}
	p.add(one)
}

// sectionOf is that of sockets for a mount that hands one out, here or there.
func (p pair) sectionOf(stated, seen model.Mount) string {
	if p.apiOfFiles[stated.At] || p.apiOfRunning[seen.At] {
		return sectionSockets
	}
	return sectionMounts
}

func mountText(m model.Mount) string {
	switch {
	case m.Type == "tmpfs":
		return "a tmpfs" + allowed(m)
	case text(m.HostPath) != "":
		return fmt.Sprintf("%q%s%s", m.Source, access(m.ReadOnly), propagation(m))
	}
	return "a volume," + access(m.ReadOnly)
}

// sameSource compares where the files come from. Of a volume the engine has a name that no file needs to
// state, and docker compose makes binds of secrets and configs.
func (p pair) sameSource(stated, seen model.Mount) bool {
	if stated.Volume != "" || stated.Type != "bind" && stated.Type != "secret" && stated.Type != "config" {
		return (stated.Type == "tmpfs") == (seen.Type == "tmpfs") && seen.Type != "bind" && allowed(stated) == allowed(seen)
	}
	return seen.Type == "bind" && p.samePath(*stated.HostPath, *seen.HostPath)
}

// samePath compares a path of the files, which may be relative to the project's directory or to somebody's
// home, with one of the host.
func (p pair) samePath(stated, seen string) bool {
	directory := p.container.Config.Labels[labelDirectory]
	switch below, home := strings.CutPrefix(stated, "~/"); {
	case home:
		return strings.HasSuffix(seen, "/"+below)
	case path.IsAbs(stated) || stated == "~":
		return stated == seen || stated == "~"
	case directory != "":
		return address.HostPath(path.Join(directory, stated)) == seen
	}
	return strings.HasSuffix(seen, path.Join("/", stated))
}

// samePropagation is false where mounts below one are seen by the other side and should not be, or the
// other way round. The engine lets a container see what is mounted later below a bind that its own directory
// lies in (validateBindDaemonRoot, daemon/volumes_linux.go of moby v28.5.1).
func samePropagation(stated, seen model.Mount) bool {
	if stated.Type != "bind" || stated.Propagation == nil || propagation(stated) == propagation(seen) {
		return true
	}
	return propagation(stated) == "" && text(seen.Propagation) == "rslave"
}

// propagation is what is shared, as the end of a phrase. Engines know two words for nothing.
func propagation(m model.Mount) string {
	if word := text(m.Propagation); word != "" && word != "private" && word != "rprivate" {
		return ", " + word
	}
	return ""
}

// allowed is what a tmpfs allows, as the end of a phrase.
func allowed(m model.Mount) string {
	if len(m.Allows) == 0 {
		return ""
	}
	return " that allows " + joined(slices.Clone(m.Allows))
}

// podmanTmpfs are those that Podman gives a container whose root file system is read-only.
var podmanTmpfs = map[string]bool{"/run": true, "/tmp": true, "/var/tmp": true, "/dev/shm": true}

// mountOfNoFile tells of a mount that the files do not have, but for volumes without a name, which images
// declare.
func (p pair) mountOfNoFile(m model.Mount, allKnown bool) {
	switch {
	case m.Type == "volume" && m.Volume == "":
		return
	case m.Type == "tmpfs" && p.container.byPodman() && podmanTmpfs[*m.Target]:
		return
	case p.apiOfRunning[m.At] && (p.file.UseAPISocket == nil || *p.file.UseAPISocket):
		return
	}
	one := check.Check{Section: p.sectionOf(model.Mount{}, m), ID: *m.Target, Expected: "no mount", Seen: mountText(m)}
	if !allKnown {
		one.Verdict, one.Why = check.Unknown, "the file leaves the target of a mount to a variable"
	}
	p.compared(one, "volumes")
}
