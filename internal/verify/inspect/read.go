package inspect

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/composelint/composelint/internal/lazyregexp"
)

// The most that is read: an engine with a thousand containers says 10 MB of them.
const (
	maxBytes   = 64 << 20
	maxObjects = 10_000
)

// hashLine is a line of `docker compose config --hash '*'`.
var hashLine = lazyregexp.New(`^(\S+) ([0-9a-f]{64})$`)

// Read reads what `docker inspect` and `docker network inspect` print, one document or several after each
// other, and the lines of `docker compose config --hash '*'` between them.
func Read(from io.Reader) (Deployment, error) {
	text, err := io.ReadAll(io.LimitReader(from, maxBytes+1))
	if err != nil {
		return Deployment{}, err
	}
	if len(text) > maxBytes {
		return Deployment{}, fmt.Errorf("it has more than %d MB", maxBytes>>20)
	}
	d := Deployment{Hashes: map[string]string{}}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	for rest := bytes.TrimSpace(text); len(rest) > 0; rest = bytes.TrimSpace(rest) {
		read := d.line
		if rest[0] == '[' || rest[0] == '{' {
			read = d.document
		}
		if rest, err = read(rest); err != nil {
			line := 1 + bytes.Count(text[:len(text)-len(rest)], []byte("\n"))
			return Deployment{}, fmt.Errorf("line %d: %w", line, err)
		}
	}
	d.Containers = once(d.Containers, func(c Container) string { return c.ID })
	d.Networks = once(d.Networks, func(n Network) string { return n.ID })
	slices.SortStableFunc(d.Containers, func(a, b Container) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(d.Networks, func(a, b Network) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return d, nil
}

// once has what was given twice one time, by its id.
func once[T any](all []T, id func(T) string) []T {
	met := map[string]bool{}
	return slices.DeleteFunc(all, func(one T) bool {
		again := id(one) != "" && met[id(one)]
		met[id(one)] = true
		return again
	})
}

// line reads one of a hash, and returns the rest. Where it fails, as document does, the rest is all.
func (d *Deployment) line(text []byte) ([]byte, error) {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	hash := hashLine().FindSubmatch(bytes.TrimSpace(line))
	if hash == nil || len(d.Hashes) == maxObjects {
		return text, fmt.Errorf("it is no JSON of docker inspect")
	}
	d.Hashes[string(hash[1])] = string(hash[2])
	return rest, nil
}

// document reads a JSON document: an object, or an array of them.
func (d *Deployment) document(text []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	var document json.RawMessage
	if err := decoder.Decode(&document); err != nil {
		return text, fmt.Errorf("it is no JSON of docker inspect: %w", err)
	}
	objects := []json.RawMessage{document}
	if document[0] == '[' {
		if err := json.Unmarshal(document, &objects); err != nil {
			return text, err
		}
	}
	for _, object := range objects {
		if err := d.object(object); err != nil {
			return text, err
		}
	}
	return text[decoder.InputOffset():], nil
}

// object takes a container or a network.
func (d *Deployment) object(text json.RawMessage) error {
	if len(d.Containers)+len(d.Networks)+d.Others == maxObjects {
		return fmt.Errorf("it has more than %d containers and networks", maxObjects)
	}
	var keys struct{ HostConfig, Config, State, IPAM, Subnets, Internal json.RawMessage }
	if err := json.Unmarshal(text, &keys); err != nil {
		return fmt.Errorf("it is no JSON of docker inspect: an object is wanted")
	}
	switch {
	case keys.HostConfig != nil && keys.Config != nil && keys.State != nil:
		var c Container
		if err := json.Unmarshal(text, &c); err != nil {
			return fmt.Errorf("could not read a container: %w", err)
		}
		d.Containers = append(d.Containers, c)
	case keys.Internal != nil && (keys.IPAM != nil || keys.Subnets != nil):
		var n Network
		if err := json.Unmarshal(text, &n); err != nil {
			return fmt.Errorf("could not read a network: %w", err)
		}
		d.Networks = append(d.Networks, n)
	default:
		d.Others++
	}
	return nil
}
