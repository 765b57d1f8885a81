package main

import (
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/severity"
)

// addIgnores writes ignores into the files that were judged, instead of a report. The status is that of
// the findings for which there is none.
func (c *command) addIgnores(o *options, found *lint.Triaged) (status int) {
	lowest, err := severity.Parse(o.minSeverity)
	if err != nil {
		return c.trouble(err)
	}
	added, err := found.AddIgnores(lowest)
	if err != nil {
		return c.trouble(err)
	}
	for _, line := range added.Refused {
		_ = say(c.stderr, "composelint: %s", line)
	}
	if added.Failing {
		status = statusFindings
	}
	ignores, written := 0, map[string]bool{}
	for _, file := range added.Files {
		to, err := loader.Destination(file.File.Path)
		if err == nil && written[to] {
			continue // two names of one file
		}
		if err == nil {
			err = stands(file.File.Path, file.File.Text)
		}
		if err == nil {
			err = c.saveAt(file.File.Path, func(w io.Writer) error { _, err := w.Write(file.Text); return err })
		}
		if err != nil {
			status = c.trouble(unwritable(file.File.Path, err))
			continue
		}
		ignores, written[to] = ignores+file.Ignores, true
	}
	advice := ""
	if ignores > 0 {
		advice = ": fill in why each is accepted"
	}
	if err := say(c.stdout, "added %s to %s%s", words.Count(ignores, "ignore"), words.Count(len(written), "file"), advice); err != nil {
		return c.trouble(err)
	}
	return status
}

// stands refuses to write a file that does not have the text which was judged.
func stands(path string, text []byte) error {
	there, err := os.ReadFile(path)
	if err == nil && !bytes.Equal(there, text) {
		err = errors.New("it is not written in UTF-8, or has changed meanwhile: save it as UTF-8, and try again")
	}
	return err
}
