// Package wheel packs the program of a release for pip, which pre-commit's hooks in Python are installed
// with: a wheel holds nothing but the binary.
package wheel

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
)

// Wheel is a program for one platform.
type Wheel struct {
	// Version is that of the release, as goreleaser has it: 0.1.0, 0.1.0-rc.1.
	Version string
	// OS and Arch are Go's names of the platform.
	OS, Arch string
	// Program and License are the bytes of the binary and of LICENSE.
	Program, License []byte
}

// tags are those of the platforms. Linux' are for both of its C libraries, since the program needs none;
// macOS' is the oldest that Go 1.26 supports (https://go.dev/wiki/MinimumRequirements).
// https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
var tags = map[string][]string{
	"linux/amd64":   {"manylinux_2_17_x86_64", "musllinux_1_1_x86_64"},
	"linux/arm64":   {"manylinux_2_17_aarch64", "musllinux_1_1_aarch64"},
	"darwin/amd64":  {"macosx_12_0_x86_64"},
	"darwin/arm64":  {"macosx_12_0_arm64"},
	"windows/amd64": {"win_amd64"},
	"windows/arm64": {"win_arm64"},
}

// Name is that of the wheel's file; an error says that there is none for the platform or the version.
// https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention
func (w Wheel) Name() (string, error) {
	platforms, ok := tags[w.OS+"/"+w.Arch]
	if !ok {
		return "", fmt.Errorf("there is no wheel for %q", w.OS+"/"+w.Arch)
	}
	version, err := pythonVersion(w.Version)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("composelint-%s-py3-none-%s.whl", version, strings.Join(platforms, ".")), nil
}

// versionParts are a version without what comes before a release, and that.
var versionParts = regexp.MustCompile(`^(\d+\.\d+\.\d+)(?:-(?:(alpha|beta|rc)\.?(\d+)|([0-9A-Za-z.-]+)))?$`)

// pythonVersion is a semantic version as Python writes it.
// https://packaging.python.org/en/latest/specifications/version-specifiers/
func pythonVersion(version string) (string, error) {
	m := versionParts.FindStringSubmatch(version)
	switch {
	case m == nil:
		return "", fmt.Errorf("the version %q is not as 0.1.0 or 0.1.0-rc.1", version)
	case m[2] != "":
		return m[1] + map[string]string{"alpha": "a", "beta": "b", "rc": "rc"}[m[2]] + m[3], nil
	case m[4] != "": // a snapshot
		return m[1] + ".dev0+" + strings.ToLower(strings.ReplaceAll(m[4], "-", ".")), nil
	}
	return m[1], nil
}

// Write writes the wheel, the same bytes for the same program.
func (w Wheel) Write(to io.Writer) error {
	name, err := w.Name()
	if err != nil {
		return err
	}
	version, err := pythonVersion(w.Version)
	if err != nil {
		return err
	}
	program := "composelint"
	if w.OS == "windows" {
		program += ".exe"
	}
	base := "composelint-" + version
	a := archive{zip: zip.NewWriter(to)}
	a.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestCompression) })
	a.add(base+".data/scripts/"+program, 0o755, w.Program)
	a.add(base+".dist-info/licenses/LICENSE", 0o644, w.License)
	a.add(base+".dist-info/METADATA", 0o644, metadata(version))
	a.add(base+".dist-info/WHEEL", 0o644, about(name))
	record := base + ".dist-info/RECORD"
	a.record.WriteString(record + ",,\n") // it cannot hold its own hash
	a.add(record, 0o644, bytes.Clone(a.record.Bytes()))
	if a.err != nil {
		return a.err
	}
	return a.zip.Close()
}

func metadata(version string) []byte {
	return fmt.Appendf(nil, `Metadata-Version: 2.4
Name: composelint
Version: %s
Summary: judges Docker Compose deployments before they run
License-Expression: Apache-2.0
License-File: LICENSE
Project-URL: Homepage, https://github.com/composelint/composelint
Requires-Python: >=3.8
`, version)
}

// about is the file WHEEL, which has each tag of the file's name.
func about(name string) []byte {
	text := []byte("Wheel-Version: 1.0\nGenerator: composelint\nRoot-Is-Purelib: false\n")
	_, platforms, _ := strings.Cut(strings.TrimSuffix(name, ".whl"), "-py3-none-")
	for platform := range strings.SplitSeq(platforms, ".") {
		text = fmt.Appendf(text, "Tag: py3-none-%s\n", platform)
	}
	return text
}

// archive is a wheel while it is written, up to the first error.
type archive struct {
	zip    *zip.Writer
	record bytes.Buffer
	err    error
}

// epoch is the time of all files, the first that an archive can have: the same files give the same bytes.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// add adds a file.
func (a *archive) add(name string, mode uint32, text []byte) {
	if a.err != nil {
		return
	}
	const (
		unix    = 3
		regular = 0o100000
	)
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, CreatorVersion: unix << 8, Modified: epoch, ExternalAttrs: (regular | mode) << 16}
	out, err := a.zip.CreateHeader(header)
	if err == nil {
		_, err = out.Write(text)
	}
	a.err = err
	sum := sha256.Sum256(text)
	fmt.Fprintf(&a.record, "%s,sha256=%s,%d\n", name, base64.RawURLEncoding.EncodeToString(sum[:]), len(text))
}
