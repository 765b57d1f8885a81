package compose

import (
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/format"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/yamltree"
)

// Slip is what docker compose accepts and reads as something else than it seems to say.
type Slip struct {
	// Kind is tag, date, profile, version or mount, Text what the file says.
	Kind, Text string
	// Means is the tag or the profile that was meant, what the date becomes, or the target of the mount.
	Means string
	Node  *yamltree.Node
}

// misspeltTags notes the tags of a document that are like those of Compose.
func (r *reader) misspeltTags(document *yamltree.Node) {
	for _, at := range document.UnknownTags() {
		tag := string(at.Source.Text[at.Start:at.End])
		if meant := suggest.Nearest(tag, []string{"!reset", "!override"}); meant != "" {
			r.slips = append(r.slips, Slip{"tag", tag, meant, &yamltree.Node{Kind: yamltree.Scalar, Value: tag, Span: at}})
		}
	}
}

// misspeltProfiles notes those of an env file that no service has, and that are like one that a service
// has. Others may be for another project beside this one.
func (m *Merger) misspeltProfiles(root *yamltree.Node) {
	known := ProfilesOf(root)
	if m.preset.Unknown() || slices.Contains(known, "*") {
		return
	}
	value, start := m.preset.String(), 0
	for part := range strings.SplitSeq(value, ",") {
		profile := strings.TrimSpace(part)
		if meant := suggest.Nearest(profile, known); meant != "" && profile != "*" && !slices.Contains(known, profile) {
			from := start + strings.Index(part, profile)
			m.slips = append(m.slips, Slip{"profile", profile, meant, m.preset.Part(from, from+len(profile), profile)})
		}
		start += len(part) + len(",")
	}
}

// dates notes the values of a merged project that become a time.
func (r *reader) dates(n *yamltree.Node, p yamltree.Path) {
	if last := len(p) - 1; n.Date && last > 0 && freeText[p[last-1]] && !strings.HasPrefix(p[last], "[") {
		r.slips = append(r.slips, Slip{"date", p[last], n.AsTime(), n})
	}
	for _, key := range n.Keys() {
		if !IsExtension(key) || len(p) > 0 && freeText[p[len(p)-1]] {
			r.dates(n.Fields[key], p.Field(key))
		}
	}
	for i, item := range n.Items {
		r.dates(item, p.Item(i))
	}
}

// hiddenMounts notes the volumes of a document's containers that vanish, since the same list has another
// one for their target. What lies over a volume of another file, or of a service that is extended, is
// meant to.
func (r *reader) hiddenMounts(document *yamltree.Node) {
	for _, section := range ContainerSections {
		containers := document.Field(section)
		for _, name := range containers.Keys() {
			volumes := containers.Field(name).Field("volumes")
			if volumes == nil {
				continue
			}
			last := map[string]*yamltree.Node{}
			for _, volume := range volumes.Items {
				_, target := mountOf(volume)
				if hidden := last[target]; hidden != nil && !hidden.Equals(volume.Plain()) {
					source, _ := mountOf(hidden)
					r.slips = append(r.slips, Slip{"mount", source, target, hidden})
				}
				if target != "" {
					last[target] = volume
				}
			}
		}
	}
}

// mountOf is what a volume of a list mounts, and where, as volumeIndexer of compose-go has it
// (override/uncity.go); empty where that is not known, or stands elsewhere.
func mountOf(volume *yamltree.Node) (source, target string) {
	if volume.Via != nil || volume.AnyUnknown() {
		return "", ""
	}
	if volume.Kind == yamltree.Mapping {
		return volume.Field("source").String(), volume.Field("target").String()
	}
	spec, _ := volume.Value.(string)
	parsed, err := format.ParseVolume(spec)
	if err != nil {
		return "", ""
	}
	return parsed.Source, parsed.Target
}
