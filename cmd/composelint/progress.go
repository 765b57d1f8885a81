package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// A run shows how far it is after a second, then ten times a second.
const (
	progressAfter = time.Second
	progressEvery = 100 * time.Millisecond
)

// progress is a line on a terminal that says how far a run is, and is gone at its end.
type progress struct {
	done     atomic.Int64
	quit     chan struct{}
	finished chan struct{}
}

// startProgress shows nothing where the standard error is no terminal, or one that cannot
// go back in a line.
func (c *command) startProgress(total int) *progress {
	p := &progress{quit: make(chan struct{}), finished: make(chan struct{})}
	if kind, _ := c.environment("TERM"); total < 2 || kind == "dumb" || !isTerminal(c.stderr) {
		close(p.finished)
		return p
	}
	go p.show(c.stderr, total)
	return p
}

func (p *progress) step() { p.done.Add(1) }

func (p *progress) stop() {
	close(p.quit)
	<-p.finished
}

func (p *progress) show(w io.Writer, total int) {
	defer close(p.finished)
	const toStart, clear = "\r", "\r\x1b[K"
	shown := ""
	for wait := progressAfter; ; wait = progressEvery {
		select {
		case <-p.quit:
			if shown != "" {
				fmt.Fprint(w, clear)
			}
			return
		case <-time.After(wait):
			shown = fmt.Sprintf("judged %d of %d projects", p.done.Load(), total)
			fmt.Fprint(w, toStart+shown)
		}
	}
}
