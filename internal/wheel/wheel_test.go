package wheel

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestName(t *testing.T) {
	for _, c := range []struct{ version, os, arch, want string }{
		{"0.1.0", "linux", "amd64", "composelint-0.1.0-py3-none-manylinux_2_17_x86_64.musllinux_1_1_x86_64.whl"},
		{"1.20.3", "darwin", "arm64", "composelint-1.20.3-py3-none-macosx_12_0_arm64.whl"},
		{"0.2.0-rc.1", "windows", "amd64", "composelint-0.2.0rc1-py3-none-win_amd64.whl"},
		{"0.2.0-alpha2", "windows", "arm64", "composelint-0.2.0a2-py3-none-win_arm64.whl"},
		{"0.1.1-SNAPSHOT-8c9a8a2", "darwin", "amd64", "composelint-0.1.1.dev0+snapshot.8c9a8a2-py3-none-macosx_12_0_x86_64.whl"},
		{"0.1.0", "plan9", "amd64", `there is no wheel for "plan9/amd64"`},
		{"v0.1.0", "linux", "amd64", `the version "v0.1.0" is not as 0.1.0 or 0.1.0-rc.1`},
		{"", "linux", "amd64", `the version "" is not as 0.1.0 or 0.1.0-rc.1`},
	} {
		got, err := Wheel{Version: c.version, OS: c.os, Arch: c.arch}.Name()
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s for %s/%s: got %q, want %q", c.version, c.os, c.arch, got, c.want)
		}
	}
}

func bytesOf(t *testing.T, w Wheel) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWrite states all that is in a wheel.
func TestWrite(t *testing.T) {
	w := Wheel{Version: "0.1.0", OS: "linux", Arch: "amd64", Program: []byte("program"), License: []byte("license")}
	text := bytesOf(t, w)
	if !bytes.Equal(text, bytesOf(t, w)) {
		t.Error("it differs from time to time")
	}
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		got += fmt.Sprintf("-- %s %s %s\n%s\n", f.Name, f.Mode(), f.Modified.UTC().Format("2006-01-02"), strings.TrimSuffix(string(content), "\n"))
	}
	const want = `-- composelint-0.1.0.data/scripts/composelint -rwxr-xr-x 1980-01-01
program
-- composelint-0.1.0.dist-info/licenses/LICENSE -rw-r--r-- 1980-01-01
license
-- composelint-0.1.0.dist-info/METADATA -rw-r--r-- 1980-01-01
Metadata-Version: 2.4
Name: composelint
Version: 0.1.0
Summary: judges Docker Compose deployments before they run
License-Expression: Apache-2.0
License-File: LICENSE
Project-URL: Homepage, https://github.com/composelint/composelint
Requires-Python: >=3.8
-- composelint-0.1.0.dist-info/WHEEL -rw-r--r-- 1980-01-01
Wheel-Version: 1.0
Generator: composelint
Root-Is-Purelib: false
Tag: py3-none-manylinux_2_17_x86_64
Tag: py3-none-musllinux_1_1_x86_64
-- composelint-0.1.0.dist-info/RECORD -rw-r--r-- 1980-01-01
composelint-0.1.0.data/scripts/composelint,sha256=ExDKLIky29EYZovZdEJVij4fVGteFcaWmd-9YCT1SNg,7
composelint-0.1.0.dist-info/licenses/LICENSE,sha256=zB07AjSEZxSwrtpsw0sFe0MFu4PdRH-4j4Fu_rWaTpY,7
composelint-0.1.0.dist-info/METADATA,sha256=PeHtQ75TNK1cDL7B1yXvQ1Ljq32QGANUvgwE0FQzUec,256
composelint-0.1.0.dist-info/WHEEL,sha256=NZWLH1FnLDHPgiOfw4CAD-MX1ue_dUBeKNoNbidBzw8,136
composelint-0.1.0.dist-info/RECORD,,
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w.OS = "windows"
	if !bytes.Contains(bytesOf(t, w), []byte("composelint-0.1.0.data/scripts/composelint.exe")) {
		t.Error("the program of Windows is no .exe")
	}
}
