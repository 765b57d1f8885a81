// Composelint judges Docker Compose deployments before they run.
package main

import (
	"os"

	_ "github.com/composelint/composelint/internal/collector"
)

func main() {
	os.Exit((&command{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, environment: os.LookupEnv}).run(os.Args[1:]))
}
