package lsp

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// editing is a project of one file in an editor, in which one character is typed and taken back, turn by turn.
type editing struct {
	*client
	version int
	// at is the end of the first image's name.
	at position
}

func edit(t testing.TB, text string) *editing {
	t.Helper()
	c := open(t, nil, `{"textDocument": {"publishDiagnostics": {"relatedInformation": true}}}`)
	c.didOpen("compose.yaml", text)
	c.diagnostics("compose.yaml", 1)
	image := strings.Index(text, "image:")
	return &editing{client: c, version: 1, at: newText(text, utf16Encoding).position(image + strings.IndexByte(text[image:], '\n'))}
}

// key presses one, and waits for the diagnostics that come of it.
func (e *editing) key() {
	e.version++
	at := textRange{e.at, e.at}
	if e.version%2 == 0 {
		e.didChange("compose.yaml", e.version, contentChange{&at, "1"})
	} else {
		at.End.Character++
		e.didChange("compose.yaml", e.version, contentChange{&at, ""})
	}
	e.diagnostics("compose.yaml", e.version)
}

// generated is a project of so many services, each with an image, a port, a volume and a variable.
func generated(services int) string {
	var b strings.Builder
	b.WriteString("services:\n")
	for i := range services {
		fmt.Fprintf(&b, "  app%04d:\n    image: registry.example.com/team/app%d:1.%d.0\n    ports: [\"127.0.0.1:%d:80\"]\n    environment:\n      LOG_LEVEL: info\n      PORT: \"%d\"\n    volumes: [data%d:/data]\n    networks: [net%d]\n", i, i, i%40, 10000+i, i, i, i/10)
	}
	b.WriteString("networks:\n")
	for i := range (services + 9) / 10 {
		fmt.Fprintf(&b, "  net%d: {}\n", i)
	}
	b.WriteString("volumes:\n")
	for i := range services {
		fmt.Fprintf(&b, "  data%d: {}\n", i)
	}
	return b.String()
}

// BenchmarkKey is the time from a key to its diagnostics. The bars are 50 ms for the guide's file, of about 60 lines,
// and 300 ms for 1,000 services, on two cores.
func BenchmarkKey(b *testing.B) {
	guide, err := os.ReadFile(filepath.Join(testdata, "guide", "docker-compose.prod.yml"))
	if err != nil {
		b.Fatal(err)
	}
	texts := map[string]string{"guide": string(guide), "services=100": generated(100), "services=1000": generated(1000)}
	if other := os.Getenv("COMPOSELINT_BENCH_FILE"); other != "" {
		text, err := os.ReadFile(other)
		if err != nil {
			b.Fatal(err)
		}
		texts[filepath.Base(filepath.Dir(other))] = string(text)
	}
	for _, name := range sortedKeys(texts) {
		b.Run(name, func(b *testing.B) {
			e := edit(b, texts[name])
			for b.Loop() {
				e.key()
			}
		})
	}
}

// TestMemoryStaysFlat types 1,000 characters, or as many as COMPOSELINT_EDITS says, and wants the heap to be no larger
// afterwards than it was after a fifth of them.
func TestMemoryStaysFlat(t *testing.T) {
	edits, err := strconv.Atoi(cmp.Or(os.Getenv("COMPOSELINT_EDITS"), "1000"))
	if err != nil {
		t.Fatal(err)
	}
	e := edit(t, readFile(t, filepath.Join(testdata, "guide", "docker-compose.prod.yml")))
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for range edits / 5 {
		e.key()
	}
	before := heap()
	for range edits - edits/5 {
		e.key()
	}
	const slack = 4 << 20 // bytes, which the runtime may keep
	if after := heap(); after > before+slack {
		t.Errorf("the heap grows from %d to %d bytes", before, after)
	}
}

// BenchmarkCompletion is the time to offer the flags of a socket proxy, of which one name is half typed.
func BenchmarkCompletion(b *testing.B) {
	const proxy = "  proxy:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment:\n      POST: 0\n      CON\n"
	for _, services := range []int{10, 1000} {
		b.Run("services="+strconv.Itoa(services), func(b *testing.B) {
			text := strings.Replace(generated(services), "services:\n", "services:\n"+proxy, 1)
			c := open(b, nil, `{}`)
			c.didOpen("compose.yaml", text)
			c.diagnostics("compose.yaml", 1)
			for b.Loop() {
				var list completionList
				c.call("textDocument/completion", c.askedAt(question{"compose.yaml", text, strings.Index(text, "CON\n") + 3}, utf16Encoding), &list)
				if len(list.Items) == 0 {
					b.Fatal("nothing is offered")
				}
			}
		})
	}
}
