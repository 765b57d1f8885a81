package loader

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"unicode/utf16"

	"github.com/composelint/composelint/loader/compose/composetest"
)

// generatedProject is a project of the table that is too large, or too odd for a text file.
type generatedProject struct {
	name string
	// want is a part of the error or of a problem; empty for what must load without.
	want string
	// make writes the project into the working directory. Its file is compose.yaml.
	make func(t *testing.T)
}

// TestMalformedGenerated does for generated projects what TestMalformed does.
func TestMalformedGenerated(t *testing.T) {
	t.Setenv("HOME", "~")
	used := &usages{}
	for _, p := range generatedProjects {
		t.Run(p.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			p.make(t)
			r, err := used.load(t, Options{Files: []string{"compose.yaml"}})
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				got = problemsOf(t, r)
			}
			if p.want == "" && got != "" || !strings.Contains(got, p.want) {
				t.Errorf("the outcome is %.300q, not %q", got, p.want)
			}
			if p.want == "" && small(t) && len(r.Unknown) == 0 {
				if err := composetest.Verdict(t, Options{Files: []string{"compose.yaml"}}); err != nil {
					t.Errorf("it loads, but not in compose-go: %v", err)
				}
			}
		})
	}
	t.Log(used)
}

// small is true for a project that compose-go reads in no time.
func small(t *testing.T) bool {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Size() > 10_000 {
			return false
		}
	}
	return true
}

// file makes a project of one file.
func file(text string) func(t *testing.T) {
	return func(t *testing.T) { writeFile(t, "compose.yaml", []byte(text)) }
}

// app is a file of one service with more attributes.
func app(attributes string) func(t *testing.T) {
	return file("services:\n  app:\n    image: alpine\n    " + attributes + "\n")
}

// many joins n texts.
func many(n int, text func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(text(i))
	}
	return b.String()
}

const simple = "services:\n  app:\n    image: alpine\n"

// generatedProjects by what is wrong with them. Where want is the name of a limit, the
// project would take minutes or gigabytes without it.
var generatedProjects = []generatedProject{
	// Encodings.
	{"byte-order-mark", "", file("\ufeff" + simple)},
	{"byte-order-mark-inside", "did not find", file("services:\n\ufeff  app: {image: alpine}\n  b\n")},
	{"line-ends-crlf", "", file(strings.ReplaceAll(simple, "\n", "\r\n"))},
	{"line-ends-cr", "", file(strings.ReplaceAll(simple, "\n", "\r"))},
	{"line-ends-mixed", "", file("services:\r\n  app:\r    image: alpine\n")},
	{"line-ends-nel", "", file(strings.ReplaceAll(simple, "\n", "\u0085"))},
	{"line-ends-ls", "", file(strings.ReplaceAll(simple, "\n", "\u2028"))},
	{"line-ends-crlf-and-error", `compose.yaml:4:5: unknown key "foo"`, file(strings.ReplaceAll(simple+"    foo: bar\n", "\n", "\r\n"))},
	{"line-ends-nel-and-error", `unknown key "foo"`, file(strings.ReplaceAll(simple+"    foo: bar\n", "\n", "\u0085"))},
	{"tabs-between", "", file("services:\n  app:\t{image:\talpine}\t# tab\n")},
	{"latin-1", "not UTF-8", file("services:\n  app:\n    image: caf\xe9\n")},
	{"utf-16-le", "", file("\xff\xfe" + wide(simple, false))},
	{"utf-16-be", "", file("\xfe\xff" + wide(simple, true))},
	{"utf-16-without-mark", "U+0000", file(wide(simple, false))},
	{"utf-32", "U+0000", file("\xff\xfe\x00\x00s\x00\x00\x00")},
	{"nul", "U+0000", file(simple + "    hostname: a\x00b\n")},
	{"nul-only", "U+0000", file("\x00")},
	{"escape-character", "U+001B", file(simple + "    hostname: \x1b[31m\n")},
	{"bell", "U+0007", file(simple + "    hostname: \x07\n")},
	{"delete-character", "", file(simple + "    hostname: a\x7fb\n")},
	{"c1-control", "", file(simple + "    hostname: a\u0090b\n")},
	{"not-a-character", "U+FFFE", file(simple + "    hostname: a\ufffeb\n")},
	{"invalid-utf-8-in-key", "not UTF-8", file(simple + "    host\xffname: a\n")},
	{"invalid-utf-8-in-service", "not UTF-8", file("services:\n  a\xc3: {image: a}\n")},
	{"overlong", "not UTF-8", file(simple + "    hostname: \xc0\xaf\n")},
	{"surrogate", "not UTF-8", file(simple + "    hostname: \xed\xa0\x80\n")},
	{"truncated-utf-8", "not UTF-8", file(simple + "    hostname: a\xe2\x82")},
	{"no-line-end", "", file(strings.TrimSpace(simple))},
	{"binary", "U+0002", file("\x7fELF\x02\x01\x01\x00\x00")},

	// Sizes.
	{"file-size", "limit of 5 MB", func(t *testing.T) { hole(t, "compose.yaml", 50<<20) }},
	{"comments", "", file(simple + strings.Repeat("# nothing\n", 400_000))},
	{"blank-lines", "", file(simple + strings.Repeat("\n", 4<<20))},
	{"blanks", "", file(simple + strings.Repeat(" ", 4<<20))},
	{"one-long-line", "more than 5000 items", app("command: [" + strings.Repeat("a, ", 200_000) + "]")},
	{"keys", "more than 10000 keys", app("labels: {" + many(100_000, func(i int) string { return fmt.Sprintf("k%d: v, ", i) }) + "}")},
	{"unknown-keys", `unknown key`, app(many(9_000, func(i int) string { return fmt.Sprintf("k%d: v\n    ", i) }))},
	{"duplicate-keys", "more than once", app("labels:" + many(9_000, func(i int) string { return "\n      a: b" }))},
	{"items", "more than 5000 items", app("command: [" + many(20_000, func(i int) string { return fmt.Sprintf("w%d, ", i) }) + "]")},
	{"items-merged", "", func(t *testing.T) { merged(t, 4_900, "dns_search") }},
	{"words-merged", "", func(t *testing.T) { merged(t, 4_900, "command") }},
	{"variables-merged", "", func(t *testing.T) { merged(t, 4_900, "environment") }},
	{"scalar", "longer than 65536 bytes", app("hostname: " + strings.Repeat("a", 100_000))},
	{"key-size", "longer than 65536 bytes", app(strings.Repeat("a", 70_000) + ": b")},
	{"block-scalar", "longer than 65536 bytes", app("command: |\n" + strings.Repeat("      a\n", 100_000))},
	{"defaults-in-scalar", "longer than 65536 bytes", app("hostname: " + strings.Repeat("${A:-b}", 50_000))},
	{"defaults-in-scalar-below-limit", "", app("hostname: " + strings.Repeat("${A:-b}", 9_000))},
	{"dollars", "malformed variable", app("hostname: " + strings.Repeat("${", 30_000))},
	{"nested-defaults", "limit of 100", app("hostname: " + strings.Repeat("${A:-", 9_000) + strings.Repeat("}", 9_000))},
	{"braces", "malformed variable", app("hostname: ${A:-" + strings.Repeat("{", 60_000))},
	{"all-scalars-long", "", app("labels: {" + many(60, func(i int) string { return fmt.Sprintf("k%d: \"%s\", ", i, strings.Repeat("${A:-b}", 9_000)) }) + "}")},
	{"nested-lists", "exceeded max depth", app("command: " + strings.Repeat("[", 100_000))},
	{"nested-mappings", "deeper than 100 levels", app("x-a: " + strings.Repeat("{a: ", 9_000) + strings.Repeat("}", 9_000))},
	{"nested-blocks", "deeper than 100 levels", file(many(2_000, func(i int) string { return strings.Repeat(" ", i) + "a:\n" }))},
	{"nested-items", "deeper than 100 levels", file(strings.Repeat("- ", 9_000))},
	{"nested-keys", "deeper than 100 levels", file(strings.Repeat("? ", 9_000))},
	{"documents", "", file(strings.Repeat("---\nservices: {app: {image: a}}\n", 300))},
	{"documents-empty", "more than 1000 documents", file(strings.Repeat("---\n", 100_000))},

	// Aliases.
	{"alias-bomb", "1000000 values", file(bomb(9, 9))},
	{"alias-bomb-mappings", "1000000 values", file(mergeBomb(9, 9))},
	{"alias-bomb-below-limit", "", file("x-a: &a [" + strings.Repeat("b, ", 4_000) + "]\nx-b: [" + strings.Repeat("*a, ", 100) + "]\n" + simple)},
	{"alias-chain", "", file("x-0: &a0 [a]\n" + many(90, func(i int) string { return fmt.Sprintf("x-%d: &a%d [*a%d]\n", i+1, i+1, i) }) + simple)},
	{"anchors", "", file("x-a:\n" + many(5_000, func(i int) string { return fmt.Sprintf("  k%d: &a%d b\n", i, i) }) + simple)},
	{"merge-keys", "limit of 200000", file("x-a: &a {image: a, labels: {" + many(5_000, func(i int) string { return fmt.Sprintf("k%d: v, ", i) }) + "}}\nservices:\n" +
		many(40, func(i int) string { return fmt.Sprintf("  s%d: {<<: *a}\n", i) }))},

	// Ports.
	{"port-ranges", "limit is 1000", app("ports: [" + strings.Repeat(`"1-65535:1-65535", `, 19) + "]")},
	{"port-ranges-below-limit", "limit of 10000 ports", app("ports: [" + many(60, func(i int) string {
		return fmt.Sprintf(`"%d-%d:%d-%d", `, i*1000+1, i*1000+1000, i*1000+1, i*1000+1000)
	}) + "]")},
	{"port-range-of-services", "limit of 10000 ports", file("services:\n" + many(1_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a, ports: [\"1000-1999\"]}\n", i) }))},
	{"port-range-in-default", "limit is 1000", app(`ports: ["${A:-1-65535}:${B:-1-65535}"]`)},
	{"port-range-of-addresses", "limit is 1000", app(`ports: ["127.0.0.1:1-65535:1-65535/udp"]`)},
	{"port-range-of-variables", "", app(`ports: ["${A}:${B}:${C}"]`)},

	// Services.
	{"services", "", file("services:\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a}\n", i) }))},
	{"services-wrong", "must be", file("services:\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a, ports: x}\n", i) }))},
	{"services-refused", "is not valid", file("services:\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a, ports: [\"1:2:3:4:5\"]}\n", i) }))},
	{"services-clash", "must be a list", func(t *testing.T) {
		file("include: [{path: [base.yaml, over.yaml]}]\n")(t)
		writeFile(t, "base.yaml", []byte("services:\n"+many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a, volumes: [a:/b], healthcheck: x}\n", i) })))
		writeFile(t, "over.yaml", []byte("services:\n"+many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {volumes: {a: b}, healthcheck: {a: b}}\n", i) })))
	}},
	{"depends-on-chain", "", file("services:\n  s0: {image: a}\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a, depends_on: [s%d]}\n", i+1, i) }))},
	{"depends-on-cycle", "dependency cycle", file("services:\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a, depends_on: [s%d]}\n", i, (i+1)%2_000) }))},
	{"depends-on-everything", "", file("services:\n" + many(300, func(i int) string {
		return fmt.Sprintf("  s%d: {image: a, depends_on: [%s]}\n", i, many(i, func(j int) string { return fmt.Sprintf("s%d, ", j) }))
	}))},
	{"network-mode-chain", "", file("services:\n  s0: {image: a}\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a, network_mode: \"service:s%d\"}\n", i+1, i) }))},
	{"network-mode-chain-to-host", "", file("services:\n  s0: {image: a, network_mode: host}\n" + many(2_000, func(i int) string {
		return fmt.Sprintf("  s%d: {image: a, network_mode: \"service:s%d\", environment: {PEER: \"s%d:80\"}}\n", i+1, i, i)
	}))},
	{"volumes-from-chain", "", volumesFromChain(100)},
	{"volumes-from-long-chain", "limit of 10000", volumesFromChain(500)},
	{"extends-chain", "", file("services:\n  s0: {image: a}\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {extends: s%d}\n", i+1, i) }))},
	{"extends-chain-backwards", "", file("services:\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {extends: s%d}\n", i, i+1) }) + "  s2000: {image: a}\n")},
	{"extends-large-service", "limit of 50000", file("services:\n  base: {image: a, environment: [" + many(4_000, func(i int) string { return fmt.Sprintf("V%d=a, ", i) }) + "]}\n" +
		many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {extends: base}\n", i) }))},
	{"extends-cycle", "extends itself", file("services:\n" + many(1_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a, extends: s%d}\n", i, (i+1)%1_000) }))},
	{"extends-file", "", func(t *testing.T) {
		file("services:\n" + many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {extends: {file: base.yaml, service: s%d}}\n", i, i) }))(t)
		writeFile(t, "base.yaml", []byte("services:\n"+many(2_000, func(i int) string { return fmt.Sprintf("  s%d: {image: a}\n", i) })))
	}},
	{"unset-variables", "", app("labels:\n" + many(5_000, func(i int) string { return fmt.Sprintf("      k%d: ${V%d}\n", i, i) }))},

	// Files.
	{"include-chain", "limit of 20", func(t *testing.T) {
		for i := range 60 {
			writeFile(t, fmt.Sprintf("%d.yaml", i), []byte(fmt.Sprintf("include: [%d.yaml]\n", i+1)))
		}
		writeFile(t, "60.yaml", []byte(simple))
		file("include: [0.yaml]\n")(t)
	}},
	{"include-files", "limit of 1000", func(t *testing.T) {
		for i := range 1_100 {
			writeFile(t, fmt.Sprintf("%d.yaml", i), []byte(fmt.Sprintf("services: {s%d: {image: a}}\n", i)))
		}
		file("include: [" + many(1_100, func(i int) string { return fmt.Sprintf("%d.yaml, ", i) }) + "]\n")(t)
	}},
	{"include-twice-each", "limit", func(t *testing.T) {
		for i := range 40 {
			writeFile(t, fmt.Sprintf("%d.yaml", i), []byte(fmt.Sprintf("include: [%d.yaml, ./%d.yaml]\n", i+1, i+1)))
		}
		writeFile(t, "40.yaml", []byte(simple))
		file("include: [0.yaml]\n")(t)
	}},
	{"include-itself-often", "includes itself", file("include: [" + strings.Repeat("compose.yaml, ", 2_000) + "]\n")},
	{"pipe", "not a regular file", func(t *testing.T) { pipe(t, "compose.yaml") }},
	{"pipe-include", "not a regular file", func(t *testing.T) { pipe(t, "p"); file("include: [p]\n" + simple)(t) }},
	{"pipe-extends", "not a regular file", func(t *testing.T) { pipe(t, "p"); app("extends: {file: p, service: a}")(t) }},
	{"pipe-env-file", "not a regular file", func(t *testing.T) { pipe(t, "p"); app("env_file: p")(t) }},
	{"pipe-label-file", "not a regular file", func(t *testing.T) { pipe(t, "p"); app("label_file: p")(t) }},
	{"pipe-dot-env", "not a regular file", func(t *testing.T) { pipe(t, ".env"); file(simple)(t) }},
	{"link-to-pipe", "not a regular file", func(t *testing.T) { pipe(t, "p"); link(t, "p", "compose.yaml") }},
	{"link-out", "outside of the project's root", func(t *testing.T) { link(t, "/etc/hostname", "compose.yaml") }},
	{"link-loop", "could not read", func(t *testing.T) { link(t, "compose.yaml", "compose.yaml") }},
	{"link-loop-include", "could not read", func(t *testing.T) { link(t, "b", "a"); link(t, "a", "b"); file("include: [a]\n" + simple)(t) }},
	{"link-outside", "outside of the project's root", func(t *testing.T) { link(t, "/etc/hostname", "a"); file("include: [a]\n" + simple)(t) }},
	{"link-to-nothing", "no such file", func(t *testing.T) { link(t, "nowhere", "compose.yaml") }},
	{"link-of-directory-loop", "", func(t *testing.T) {
		link(t, ".", "sub")
		file("include: [sub/sub/sub/b.yaml]\n" + simple)(t)
		writeFile(t, "b.yaml", []byte("services: {b: {image: a}}\n"))
	}},
	{"directory", "not a regular file", func(t *testing.T) { writeFile(t, "compose.yaml/x", nil) }},
	{"missing", "no such file", func(*testing.T) {}},
	{"below-a-file", "could not read", func(t *testing.T) { file("include: [compose.yaml/b.yaml]\n" + simple)(t) }},
	{"unreadable", "could not read", unreadable},

	// Env files.
	{"env-file-size", "limit of 5 MB", func(t *testing.T) { hole(t, "a.env", 50<<20); app("env_file: a.env")(t) }},
	{"env-file-variables", "", func(t *testing.T) {
		writeFile(t, "a.env", []byte(many(50_000, func(i int) string { return fmt.Sprintf("V%d=a\n", i) })))
		app("env_file: a.env")(t)
	}},
	{"env-file-bomb", "limit of 1048576 bytes", func(t *testing.T) { writeFile(t, "a.env", []byte(variableBomb(40))); app("env_file: a.env")(t) }},
	{"dot-env-bomb", "limit of 1048576 bytes", func(t *testing.T) { writeFile(t, ".env", []byte(variableBomb(40))); app("hostname: $V39")(t) }},
	{"dot-env-size", "limit of 5 MB", func(t *testing.T) { hole(t, ".env", 50<<20); file(simple)(t) }},
	{"env-file-defaults", "", func(t *testing.T) {
		writeFile(t, "a.env", []byte("A="+strings.Repeat("${B:-c}", 50_000)+"\n"))
		app("env_file: a.env")(t)
	}},
	{"env-file-quotes", "", func(t *testing.T) {
		writeFile(t, "a.env", []byte("A=\""+strings.Repeat("\\\"", 500_000)+"\"\n"))
		app("env_file: a.env")(t)
	}},
	{"env-file-nul", "variable's name", func(t *testing.T) { writeFile(t, "a.env", []byte("A=a\x00b\n\x00=c\n")); app("env_file: a.env")(t) }},
	{"env-file-latin-1", "", func(t *testing.T) { writeFile(t, "a.env", []byte("A=caf\xe9\n")); app("env_file: a.env")(t) }},
	{"large-value-everywhere", "limit of 5 MB", func(t *testing.T) {
		writeFile(t, ".env", []byte("A="+strings.Repeat("a", 60_000)+"\n"))
		app("labels:\n" + many(9_000, func(i int) string { return fmt.Sprintf("      k%d: $A$A$A$A\n", i) }))(t)
	}},
}

func wide(text string, bigEndian bool) string {
	var b bytes.Buffer
	for _, unit := range utf16.Encode([]rune(text)) {
		if bigEndian {
			b.Write([]byte{byte(unit >> 8), byte(unit)})
		} else {
			b.Write([]byte{byte(unit), byte(unit >> 8)})
		}
	}
	return b.String()
}

// bomb is a list of width aliases of a list of width aliases …, depth levels deep.
func bomb(depth, width int) string {
	return "x-0: &a0 [a]\n" + many(depth, func(i int) string {
		return fmt.Sprintf("x-%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), width))
	}) + simple
}

func mergeBomb(depth, width int) string {
	return "x-0: &a0 {a: b}\n" + many(depth, func(i int) string {
		return fmt.Sprintf("x-%d: &a%d {%s}\n", i+1, i+1, many(width, func(j int) string { return fmt.Sprintf("k%d: *a%d, ", j, i) }))
	}) + simple
}

// variableBomb doubles the length of a value n times.
func variableBomb(n int) string {
	return "V0=aaaaaaaaaa\n" + many(n, func(i int) string { return fmt.Sprintf("V%d=${V%d}${V%d}\n", i+1, i, i) })
}

// merged includes two files whose lists of n items differ.
func merged(t *testing.T, n int, attribute string) {
	t.Helper()
	for _, name := range []string{"a", "b"} {
		list := many(n, func(i int) string { return fmt.Sprintf("%s%d=x, ", name, i) })
		writeFile(t, name+".yaml", []byte("services: {app: {image: a, "+attribute+": ["+list+"]}}\n"))
	}
	file("include: [{path: [a.yaml, b.yaml]}]\n")(t)
}

// hole makes a large file that takes no space.
func hole(t *testing.T, name string, size int64) {
	t.Helper()
	writeFile(t, name, nil)
	if err := os.Truncate(name, size); err != nil {
		t.Fatal(err)
	}
}

func pipe(t *testing.T, name string) {
	t.Helper()
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Skip(err)
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Skip(err)
	}
}

// unreadable makes a file without permissions, which stops anyone but root.
func unreadable(t *testing.T) {
	t.Helper()
	file(simple)(t)
	if err := os.Chmod("compose.yaml", 0); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
}

// volumesFromChain are services of which each takes the mounts of the one before it.
func volumesFromChain(n int) func(*testing.T) {
	return file("services:\n  s0: {image: a, volumes: [a:/b]}\n" +
		many(n, func(i int) string {
			return fmt.Sprintf("  s%d: {image: a, volumes: [v%d:/v%d], volumes_from: [s%d]}\n", i+1, i, i, i)
		}) +
		"volumes:\n  a:\n" + many(n, func(i int) string { return fmt.Sprintf("  v%d:\n", i) }))
}
