package files

import (
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Reading that never ends is left alone.
func TestReadingEnds(t *testing.T) {
	forever := make(chan struct{})
	defer close(forever)
	_, err := within(10*time.Millisecond, "slow.yaml", func() ([]byte, error) {
		<-forever
		return nil, nil
	})
	if want := `could not read "slow.yaml": it takes longer than the limit of 10ms`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// What is no regular file is not opened: a pipe would wait for a writer.
func TestReadRegularFilesOnly(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, test := range []struct {
		path string
		make []string
	}{
		{"pipe", []string{"mkfifo", "pipe"}},
		{"device", []string{"mknod", "device", "c", "1", "3"}},
		{"linked", []string{"ln", "-s", "pipe", "linked"}},
		{"directory", []string{"mkdir", "directory"}},
		{"environ", []string{"ln", "-s", "/proc/self/environ", "environ"}},
	} {
		t.Run(test.path, func(t *testing.T) {
			if err := exec.Command(test.make[0], test.make[1:]...).Run(); err != nil {
				t.Skipf("this user or system cannot make it: %v", err)
			}
			if _, err := filepath.EvalSymlinks(test.path); err != nil {
				t.Skipf("this system does not have what it leads to: %v", err)
			}
			_, err := Read(test.path)
			if want := `could not read "` + test.path + `": it is not a regular file`; err == nil || err.Error() != want {
				t.Errorf("%v, want %s", err, want)
			}
		})
	}
}
