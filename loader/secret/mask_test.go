package secret

import "testing"

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
	} {
		if got := NewMask().under("name", value); got != want {
			t.Errorf("%q is masked as %q, want %q", value, got, want)
		}
	}
}
