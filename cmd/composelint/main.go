// Composelint judges Docker Compose deployments before they run.
package main

import "os"

func main() {
	spareCollections()
	os.Exit((&command{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, environment: os.LookupEnv}).run(os.Args[1:]))
}
