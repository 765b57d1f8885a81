// Bench times whole runs of composelint against its bars, and against docker compose on the
// same machine: make bench. It exits with 1 where a bar is missed.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	cache := flag.String("cache", defaultCache(), "`directory` of the programs that are built")
	corpus := flag.String("corpus", "../../shared/corpus", "`directory` of real Compose files")
	runs := flag.Int("runs", 21, "runs of each short command")
	only := flag.String("only", "", "measure one thing: file, files, services, findings or keys")
	flag.Parse()
	if err := os.MkdirAll(*cache, 0o755); err != nil {
		log.Fatal(err)
	}
	t := table{}
	p := build(*cache, &t)
	for _, m := range []struct {
		name string
		of   func()
	}{
		{"file", func() { oneFile(&t, p, *runs) }},
		{"files", func() { manyFiles(&t, p, *corpus) }},
		{"services", func() { manyServices(&t, p) }},
		{"findings", func() { manyFindings(&t, p) }},
		{"keys", func() { keys(&t, p, *runs) }},
	} {
		if *only == "" || *only == m.name {
			m.of()
		}
	}
	t.print()
	if t.missed {
		os.Exit(1)
	}
}

// table is what was measured, with the bars beside.
type table struct {
	rows, notes []string
	missed      bool
}

// atMost adds a figure and the most that it may be.
func (t *table) atMost(what string, figure, bar float64, unit string) {
	verdict := "ok"
	if figure > bar {
		verdict, t.missed = "MISSED", true
	}
	t.rows = append(t.rows, fmt.Sprintf("%-62s %8.2f %-4s %8.2f  %s", what, figure, unit, bar, verdict))
}

// skipped says what could not be measured, and why.
func (t *table) skipped(what string, why any) {
	t.notes = append(t.notes, fmt.Sprintf("not measured: %s: %v", what, why))
}

func (t *table) print() {
	fmt.Printf("%-62s %8s %-4s %8s\n", "", "measured", "", "at most")
	for _, row := range t.rows {
		fmt.Println(row)
	}
	for _, note := range t.notes {
		fmt.Println(note)
	}
}
