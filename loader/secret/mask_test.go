package secret

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
)

func TestMaskedWords(t *testing.T) {
	for value, want := range map[string]string{
		"":                                  "",
		"plain":                             "plain",
		"--password=x":                      "--password=***",
		"JAVA_OPTS=-Ddb.password=x":         "JAVA_OPTS=-Ddb.password=***",
		"PASSWORD=x y":                      "PASSWORD=***",
		"--password-file=/run/secrets/x":    "--password-file=/run/secrets/x",
		"run --password x --level y":        "run --password *** --level y",
		"a password=b, token: c":            "a password=*** token: ***",
		"https://u:p@host/?a=b":             "https://u:***@host/?a=b",
		"key -----BEGIN PRIVATE KEY----- a": "key ***",
		"docker login -u me -p letters":     "docker login -u me -p ***",
		"app login-page -p letters":         "app login-page -p letters",
		"echo letters | docker login --password-stdin r.example.com": "echo *** | docker login --password-stdin r.example.com",
		"printf %s letters|sudo -S run; echo other | sort":           "printf %s ***|sudo -S run; echo other | sort",
		"CARD_PIN=1234":      "CARD_PIN=***",
		"SPIN=1234":          "SPIN=1234",
		"Contraseña=letters": "Contraseña=***",
		"the token =":        "the token =",
	} {
		if got := NewMask().under("name", value); got != want {
			t.Errorf("%q is masked as %q, want %q", value, got, want)
		}
	}
}

// TestMask finds values wherever they stand, unless they may as well be something else there.
func TestMask(t *testing.T) {
	k := NewKnown()
	for name, value := range map[string]string{
		"DB_PASSWORD": "hunter2", "A_TOKEN": "swordfish", "PIN_TOKEN": "8080", "AUTH": "admin", "SSL_KEY": "true", "B_PASSWORD": "changeme",
		"LONG_KEY": "hunter2hunter", "LINES_KEY": "first7line\nab\nlast7line", "QUOTED_KEY": `a"b7c`, "C_TOKEN": "secret_key_base", "D_PASSWORD": "frontend",
		"LEVEL": "debug-7", "THING": "zqthing7",
	} {
		k.Variable(name, value)
	}
	k.word("frontend")
	for text, want := range map[string]string{
		`image "x/hunter2:1" and -phunter2`:        `image "x/***:1" and -p***`,
		"hunter2hunter, hunter2hunte":              "***, ***hunte",
		"HUNTER2 swordfish swordfishes SWORDFISH":  "*** *** swordfishes ***",
		"port 8080, admin is true, changeme":       "port 8080, admin is true, changeme",
		"first7line ab last7line":                  "*** ab ***",
		`"a\"b7c" a"b7c`:                           `"***" ***`,
		"SECRET_KEY_BASE secret_key_base":          "SECRET_KEY_BASE ***",
		`service "frontend" logs debug-7 zqthing7`: `service "frontend" logs debug-7 zqthing7`,
		"postgres://u:other@h":                     "postgres://u:***@h",
	} {
		if got := NewMask(k).Text(text); got != want {
			t.Errorf("%q is masked as %q, want %q", text, got, want)
		}
	}
	if got := NewMask(pieces()).Text(`"service7a" is no port: "zqpiece7a", "zqpiece7b", shorty7`); got != `"service7a" is no port: "***", "***", shorty7` {
		t.Errorf("the pieces of a secret are masked as %q", got)
	}
	if got := NewModelMask(k).Text("debug-7 zqthing7"); got != "debug-7 ***" {
		t.Errorf("what an environment gives is masked as %q", got)
	}
}

// pieces knows a secret of several pieces, of which one is the name of a service.
func pieces() *Known {
	k := NewKnown()
	k.word("service7a")
	k.Variable("A_TOKEN", "zqpiece7a:service7a/zqpiece7b.shorty7")
	k.Variable("TLS_KEY", "/run/directory7/privkey1")
	return k
}

// TestModelMask masks what an environment gives, unless the variable or the value is known to be
// harmless.
func TestModelMask(t *testing.T) {
	k := NewKnown()
	k.Variable("CODE", "1234")
	k.Variable("WHO", "letters")
	k.Variable("LOG_LEVEL", "debug")
	k.Variable("SERVICE", "name")
	k.word("name")
	type text struct {
		Setting model.Setting
		Words   []model.Word
		Text    []string
	}
	from := func(value, literal string) model.Word { return model.Word{Value: &value, Literal: literal} }
	setting := func(name, value, literal string) model.Setting {
		return model.Setting{Name: name, Value: &value, Literal: literal}
	}
	before := text{
		setting("x", "a-letters", "a-"), []model.Word{from("run", "run"), from("letters", ""), from("--level=debug", "--level="), from("true", "")},
		[]string{"1234", "at 1234", "letters", "name"},
	}
	want := text{
		setting("x", "***", "a-"), []model.Word{from("run", "run"), from("***", ""), from("--level=debug", "--level="), from("true", "")},
		[]string{"***", "at 1234", "***", "name"},
	}
	if diff := cmp.Diff(want, Masked(NewModelMask(k), before)); diff != "" {
		t.Errorf("the model is masked otherwise (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, Masked(NewMask(k), before)); diff != "" {
		t.Errorf("what is no model is masked as one:\n%s", diff)
	}
}

// TestMaskTakesTheLongest holds the search for values against one that tries each.
func TestMaskTakesTheLongest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(length int) string {
		b := make([]byte, length)
		for i := range b {
			b[i] = "a7."[r.IntN(3)]
		}
		return string(b)
	}
	for range 2000 {
		k := NewKnown()
		for range 1 + r.IntN(8) {
			k.add("7a" + text(2+r.IntN(5)))
		}
		m, in := NewMask(k), text(30)
		for i := range in {
			want := ""
			for value := range k.values {
				if strings.HasPrefix(in[i:], value) && len(value) > len(want) {
					want = value
				}
			}
			if got := m.at(in, i); got != want {
				t.Fatalf("at %d of %q there is %q, want %q of %v", i, in, got, want, k.values)
			}
		}
	}
}
