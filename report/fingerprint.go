package report

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// GitHub recognises an alert by the hash of the text that starts at its line: the first
// lineHashLength UTF-16 code units but blanks and tabs, with every line end as a line
// feed, and at the end of the file lineHashEnd, then zeros. The upload action computes the
// same when a file lacks it, so a difference would reopen every alert.
const (
	lineHashLength = 100
	lineHashBase   = 37
	lineHashEnd    = 65535
)

// lineHashes returns GitHub's primaryLocationLineHash of every line: the hash, and how
// often it has occurred in the file so far.
func lineHashes(text []byte) []string {
	ends := strings.NewReplacer("\r\n", "\n", "\r", "\n")
	blanks := strings.NewReplacer(" ", "", "\t", "")
	units := utf16.Encode([]rune(blanks.Replace(ends.Replace(string(text)))))
	units = append(units, lineHashEnd)

	var hashes []string
	seen := map[uint64]int{}
	for i := range units {
		if i > 0 && units[i-1] != '\n' {
			continue
		}
		var hash uint64
		for j := i; j < i+lineHashLength; j++ {
			hash *= lineHashBase
			if j < len(units) {
				hash += uint64(units[j])
			}
		}
		seen[hash]++
		hashes = append(hashes, fmt.Sprintf("%x:%d", hash, seen[hash]))
	}
	return hashes
}

// guid is made of a text, the same on every machine, in the form that SARIF wants: that of a
// UUID of version 5.
func guid(text string) string {
	sum := sha256.Sum256([]byte(text))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// identity is a hash of what a finding is about. Unlike GitHub's it survives an edit of
// the lines.
func identity(f rules.Finding, uri string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Rule, uri, f.At, f.Key}, "\x00")))
	return fmt.Sprintf("%x", sum[:16])
}

// identity is that of the finding whose place stands for the group. What services lack is one alert a
// project, whichever they are, and what could stand at several nodes is the same wherever it does.
func (g group) identity(r Report) string {
	f := g.first()
	switch {
	case f.Summary != "":
		return identity(rules.Finding{Rule: f.Rule, At: "services"}, model.URIOf(r.Files, f.Project))
	case f.About != "":
		return identity(rules.Finding{Rule: f.Rule, At: f.About}, model.URIOf(r.Files, f.Project))
	}
	return identity(f, model.URIOf(r.Files, f.Location.File))
}
