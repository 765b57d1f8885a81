package loader

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// image takes an image reference apart as docker does. It is nil when there is none, or
// when its repository is unknown.
func (b *builder) image(at string, n *yamltree.Node) *model.Image {
	field := n.Field("image")
	if field == nil || field.Kind != yamltree.Scalar || field.Value == nil {
		return nil
	}
	reference := text(field.Value)
	name, tag, digest := cutReference(reference)
	registry, repository := cutRegistry(name)
	named := len(name) - len(repository)
	tagged := len(reference)
	if digest != "" {
		tagged -= len("@") + len(digest)
	}
	image := &model.Image{
		At:         b.mark(at+".image", field),
		Repository: strings.TrimPrefix(repository, "library/"),
	}
	image.Registry = b.part(image.At, "", field, registry, 0, named)
	image.Tag = b.part(image.At, "", field, tag, len(name), tagged)
	image.Digest = b.part(image.At, "", field, digest, tagged, len(reference))
	if b.isUnknown(image.At, "", part(field, named, len(name), nil)) {
		return nil
	}
	return image
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
