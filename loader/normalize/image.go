package normalize

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// image is the image that the container is made of, nil where there is none, or nothing of it is
// known.
func image(c cursor) *model.Image {
	field := c.Field("image")
	if field == nil || field.Kind != yamltree.Scalar || field.Value == nil {
		return nil
	}
	return imageOf(c.below("image"))
}

// tags are the further names of an image that is built.
func tags(c cursor) []model.Image {
	tags := []model.Image{}
	for _, entry := range c.Field("tags").Scalars() {
		if tag := imageOf(c.entry("tags", entry.String(), entry)); tag != nil {
			tags = append(tags, *tag)
		}
	}
	return tags
}

// imageOf takes an image reference apart as docker does. It is nil when nothing of it is known.
func imageOf(in cursor) *model.Image {
	field := in.Node
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
