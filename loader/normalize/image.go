package normalize

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// image takes an image reference apart as docker does. It is nil when there is none, or
// when nothing of it is known.
func image(c cursor) *model.Image {
	field := c.Field("image")
	if field == nil || field.Kind != yamltree.Scalar || field.Value == nil {
		return nil
	}
	reference := field.String()
	name, tag, digest := cutReference(reference)
	registry, repository := cutRegistry(name)
	tagged := len(reference)
	if digest != "" {
		tagged -= len("@") + len(digest)
	}
	// What may still have a tag or a digest in it, where none is written.
	last := strings.LastIndexByte(name, '/') + 1
	if tag != "" {
		last = len(name)
	}
	known := func(value string, start, end int) *string {
		if field.Part(start, end, nil).Unknown() {
			return nil
		}
		return &value
	}
	in := c.below("image")
	image := &model.Image{
		At:       in.at,
		Registry: known(registry, 0, len(firstPart(name))),
		Tag:      known(tag, last, tagged),
		Digest:   known(digest, last, tagged),
	}
	if digest != "" {
		image.Digest = known(digest, tagged, len(reference))
	}
	if image.Registry == nil && registry == "" {
		repository = behindRegistry(field, name)
	}
	image.Repository = known(strings.TrimPrefix(repository, "library/"), len(name)-len(repository), len(name))
	in.isUnknown("", field)
	if image.Registry == nil && image.Repository == nil && image.Tag == nil && image.Digest == nil {
		return nil
	}
	return image
}

// behindRegistry is the repository in a name whose first part is unknown to its end. That
// is a registry, perhaps with a path, where two parts or more follow: the repositories of
// docker.io have no third one.
func behindRegistry(field *yamltree.Node, name string) string {
	first := firstPart(name)
	rest := strings.TrimPrefix(name[len(first):], "/")
	if strings.Contains(rest, "/") && field.Part(len(first)-1, len(first), nil).Unknown() {
		return rest
	}
	return name
}

func firstPart(name string) string {
	first, _, _ := strings.Cut(name, "/")
	return first
}

// cutRegistry splits the name of an image: the part before the first slash is a registry
// when it has a dot or a colon or is localhost. That of docker.io is empty.
func cutRegistry(name string) (registry, repository string) {
	first, rest, ok := strings.Cut(name, "/")
	switch {
	case !ok || !strings.ContainsAny(first, ".:") && first != "localhost":
		return "", name
	case first == "docker.io" || first == "index.docker.io":
		return "", rest
	}
	return first, rest
}

// cutReference takes the reference of an image or a model apart. Tag and digest are empty
// where there is none.
func cutReference(reference string) (name, tag, digest string) {
	name, digest, _ = strings.Cut(reference, "@")
	if colon := strings.LastIndexByte(name, ':'); colon > strings.LastIndexByte(name, '/') {
		name, tag = name[:colon], name[colon+1:]
	}
	return name, tag, digest
}
