package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkColdStart is the whole process on one file of 70 lines: what a commit pays.
func BenchmarkColdStart(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "composelint")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	file := filepath.Join(testdata, "guide", "docker-compose.prod.yml")
	var cpu float64
	for b.Loop() {
		c := exec.Command(binary, file)
		c.Stderr = os.Stderr
		var exit *exec.ExitError
		if err := c.Run(); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == statusFindings) {
			b.Fatal(err)
		}
		cpu += (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	}
	b.ReportMetric(cpu*1000/float64(b.N), "cpu-ms/op")
}
