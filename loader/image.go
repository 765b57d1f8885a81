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
	image := &model.Image{At: b.mark(at+".image", field)}
	name, tag, digest := cutReference(text(field.Value))
	image.Digest = digest
	end := len(name)
	if first, repository, ok := strings.Cut(name, "/"); ok && (strings.ContainsAny(first, ".:") || first == "localhost") {
		image.Registry, name = first, repository
	}
	if image.Registry == "docker.io" || image.Registry == "index.docker.io" {
		image.Registry = ""
	}
	image.Repository = strings.TrimPrefix(name, "library/")
	image.Tag = &tag
	if b.isUnknown(image.At, "", field) {
		if part(field, end-len(name), end, nil).Unknown() {
			return nil
		}
		image.Tag = nil
	}
	return image
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
