package loader

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// image takes an image reference apart as docker does: the part before the first slash is
// a registry when it has a dot or a colon or is localhost. It is nil when there is none,
// or when its repository is unknown.
func (b *builder) image(at string, n *yamltree.Node) *model.Image {
	field := n.Field("image")
	if field == nil || field.Kind != yamltree.Scalar || field.Value == nil {
		return nil
	}
	rest := text(field.Value)
	image := &model.Image{At: b.mark(at+".image", field)}
	rest, image.Digest, _ = strings.Cut(rest, "@")
	name, tag := rest, ""
	if colon := strings.LastIndexByte(rest, ':'); colon > strings.LastIndexByte(rest, '/') {
		name, tag = rest[:colon], rest[colon+1:]
	}
	if first, repository, ok := strings.Cut(name, "/"); ok && (strings.ContainsAny(first, ".:") || first == "localhost") {
		image.Registry, name = first, repository
	}
	if image.Registry == "docker.io" || image.Registry == "index.docker.io" {
		image.Registry = ""
	}
	image.Repository = strings.TrimPrefix(name, "library/")
	image.Tag = &tag
	if b.isUnknown(image.At, "", field) {
		repository := part(field, strings.Index(text(field.Value), name), len(rest)-len(tag), nil)
		if repository.Unknown() {
			return nil
		}
		image.Tag = nil
	}
	return image
}
