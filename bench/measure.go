package main

import (
	"errors"
	"log"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// usage is what one run of a program took.
type usage struct {
	cpu, wall float64 // seconds
	peak      float64 // MiB
}

// measure runs the commands in turn, so that what disturbs the machine disturbs all, and
// returns the median of each.
func measure(runs int, commands ...[]string) []usage {
	all := make([][]usage, len(commands))
	for range runs {
		for i, command := range commands {
			all[i] = append(all[i], runOnce(command))
		}
	}
	medians := make([]usage, len(commands))
	for i, of := range all {
		medians[i] = usage{
			cpu:  median(of, func(u usage) float64 { return u.cpu }),
			wall: median(of, func(u usage) float64 { return u.wall }),
			peak: median(of, func(u usage) float64 { return u.peak }),
		}
	}
	return medians
}

// runOnce runs a command. Findings are no failure of it.
func runOnce(command []string) usage {
	c := exec.Command(command[0], command[1:]...)
	start := time.Now()
	err := c.Run()
	wall := time.Since(start).Seconds()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		log.Fatal(err)
	}
	s := c.ProcessState
	return usage{
		cpu:  (s.UserTime() + s.SystemTime()).Seconds(),
		wall: wall,
		peak: float64(s.SysUsage().(*syscall.Rusage).Maxrss) / 1024,
	}
}

func median(of []usage, value func(usage) float64) float64 {
	values := make([]float64, len(of))
	for i, u := range of {
		values[i] = value(u)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
