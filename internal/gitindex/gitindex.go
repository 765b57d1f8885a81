// Package gitindex reads the names of the files that git tracks from its index
// (https://git-scm.com/docs/index-format).
package gitindex

import (
	"bytes"
	"crypto/sha1" // of git's choice: it finds damage, not forgery
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
)

var (
	errDamaged = errors.New("it is no index of git, or a damaged one")
	errUnknown = errors.New("it has extensions that composelint does not know, such as those of a split index")
)

// Names are the paths in an index of the versions 2 to 4, with slashes. A repository has hashes of 20
// bytes or of 32, which the index does not say: it fits only one of them.
func Names(index []byte) ([]string, error) {
	for _, sum := range []func([]byte) []byte{sha1Of, sha256Of} {
		hashLength := len(sum(nil))
		if names, err := names(index, hashLength); err != errDamaged && isSound(index, sum) {
			return names, err
		}
	}
	return nil, errDamaged
}

// isSound is true of an index that ends with its checksum, or with zeros where git was told to leave
// it out.
func isSound(index []byte, sum func([]byte) []byte) bool {
	end := len(index) - len(sum(nil))
	stated := index[end:]
	return len(bytes.Trim(stated, "\x00")) == 0 || bytes.Equal(stated, sum(index[:end]))
}

func sha1Of(text []byte) []byte {
	sum := sha1.Sum(text)
	return sum[:]
}

func sha256Of(text []byte) []byte {
	sum := sha256.Sum256(text)
	return sum[:]
}

const (
	headerLength = 12
	// statLength is what an entry has before its hash, flagsLength what it has behind.
	statLength, flagsLength = 40, 2
	// extendedFlag is that of an entry with two more bytes of flags.
	extendedFlag = 0x4000
)

func names(index []byte, hashLength int) ([]string, error) {
	if len(index) < headerLength+hashLength || string(index[:4]) != "DIRC" {
		return nil, errDamaged
	}
	version, count := binary.BigEndian.Uint32(index[4:]), int(binary.BigEndian.Uint32(index[8:]))
	if version < 2 || version > 4 {
		return nil, errDamaged
	}
	rest := index[headerLength : len(index)-hashLength]
	var all []string
	name := ""
	for range count {
		fixed := statLength + hashLength + flagsLength
		if len(rest) < fixed {
			return nil, errDamaged
		}
		if binary.BigEndian.Uint16(rest[fixed-flagsLength:])&extendedFlag != 0 {
			fixed += 2
		}
		if len(rest) < fixed {
			return nil, errDamaged
		}
		kept, text := "", rest[fixed:]
		if version == 4 {
			dropped, width := offset(text)
			if width == 0 || dropped > len(name) {
				return nil, errDamaged
			}
			kept, text, fixed = name[:len(name)-dropped], text[width:], fixed+width
		}
		end := bytes.IndexByte(text, 0)
		if end < 0 {
			return nil, errDamaged
		}
		name = kept + string(text[:end])
		length := fixed + end + 1
		if version < 4 {
			length = (fixed + end + 8) &^ 7 // entries are filled up with zeros
		}
		if length > len(rest) {
			return nil, errDamaged
		}
		all, rest = append(all, name), rest[length:]
	}
	if err := extensions(rest); err != nil {
		return nil, err
	}
	if slices.Contains(all, "") { // which only a split index has
		return nil, errDamaged
	}
	return all, nil
}

// offset is a number of variable width, as in packs: it says how much of the name before is not in
// the next one. The width is 0 where there is none.
func offset(text []byte) (n, width int) {
	for i, b := range text {
		n = n<<7 | int(b&0x7f)
		if b&0x80 == 0 {
			return n, i + 1
		}
		if i == 4 {
			break
		}
		n++
	}
	return 0, 0
}

// extensions are what follows the entries. Those that begin with a capital letter say nothing more of
// them; "sdir" says that some are directories, which are not there.
func extensions(rest []byte) error {
	for len(rest) > 0 {
		if len(rest) < 8 {
			return errDamaged
		}
		length := int(binary.BigEndian.Uint32(rest[4:]))
		switch {
		case length > len(rest)-8:
			return errDamaged
		case (rest[0] < 'A' || rest[0] > 'Z') && string(rest[:4]) != "sdir":
			return errUnknown
		}
		rest = rest[8+length:]
	}
	return nil
}
