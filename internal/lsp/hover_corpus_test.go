package lsp

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
)

// TestHoverTellsNoSecret hovers over all words of the archives' files about secrets, and of some real ones where there
// are such: no answer has a text that the reports hide, and none fails.
func TestHoverTellsNoSecret(t *testing.T) {
	texts := map[string]string{}
	for path, a := range archives.All(t) {
		if !strings.Contains(path, "secret") && !strings.Contains(path, "credential") {
			continue
		}
		for _, f := range a.Files {
			if strings.Contains(f.Name, ".y") && len(f.Data) < 20_000 {
				texts[path+" "+f.Name] = string(f.Data)
			}
		}
	}
	t.Run("archives", func(t *testing.T) { tellsNoSecret(t, texts) })
	t.Run("corpus", func(t *testing.T) {
		texts := map[string]string{}
		for i, p := range corpus.Projects(t) {
			if text, err := os.ReadFile(p.Files[0]); err == nil && i%50 == 0 && len(text) < 20_000 {
				texts[p.ID] = string(text)
			}
		}
		tellsNoSecret(t, texts)
	})
}

// word is what a hover may be about.
var word = regexp.MustCompile(`[\w$][^\s:=]*`)

func tellsNoSecret(t *testing.T, texts map[string]string) {
	c := open(t, nil, capabilitiesOf(markdownText, utf16Encoding))
	version, hidden, asked := 0, 0, 0
	for _, name := range sortedKeys(texts) {
		text := texts[name]
		if version++; version == 1 {
			c.didOpen("compose.yaml", text)
		} else {
			c.didChange("compose.yaml", version, contentChange{Text: text})
		}
		secrets := hiddenIn(t, text)
		hidden += len(secrets)
		for _, at := range word.FindAllStringIndex(text, -1) {
			said, _ := c.hoverAt("compose.yaml", text, utf16Encoding, at[0])
			asked++
			for _, s := range secrets {
				if strings.Contains(said, s) {
					t.Errorf("%s: at %q a secret is told, %q:\n%s", name, text[at[0]:at[1]], s, said)
				}
			}
		}
	}
	if hidden == 0 || asked == 0 {
		t.Errorf("%d hovers over texts with %d secrets show nothing", asked, hidden)
	}
	t.Logf("%d hovers over %d texts with %d secrets", asked, len(texts), hidden)
}

// hiddenIn are the texts that are hidden in a file, but for those that are too plain to be told from others.
func hiddenIn(t *testing.T, text string) (secrets []string) {
	l := lint.New(lint.Options{Load: loader.Options{Texts: map[string][]byte{"compose.yaml": []byte(text)}}, Target: "compose"})
	result, err := l.Judge(context.Background(), []loader.Found{{Files: []string{"compose.yaml"}}}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range l.Triage(result.Projects).Report().Files {
		for _, h := range file.Hidden(0, len(file.Text)) {
			if s := string(file.Text[h[0]:h[1]]); len(s) >= 8 && strings.ContainsAny(s, "0123456789") && !strings.ContainsAny(s, "\n ") {
				secrets = append(secrets, s)
			}
		}
	}
	return secrets
}
