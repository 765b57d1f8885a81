package yamltree

import "testing"

// The key of a scalar is a text that stands in it as a piece of its own.
func TestOriginOfPieces(t *testing.T) {
	docs, _, err := Parse(source("list: 'tcp://ab:1|x, ab:1,ab:12'\nblock: |\n    one\n    two two\nescaped: \"one\\ntwo\\tthree\"\nmap: {ab: 1}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ field, key, want string }{
		{"list", "ab:1", "compose.yml:1:22"},
		{"list", "ab:12", "compose.yml:1:27"},
		{"list", "tcp://ab:1|x", "compose.yml:1:8"},
		{"list", "ab", "compose.yml:1:7"},
		{"list", "", "compose.yml:1:7"},
		{"block", "two two", "compose.yml:4:5"},
		{"block", "three", "compose.yml:2:8"},
		{"escaped", "two", "compose.yml:5:16"},
		{"escaped", "two\tthree", "compose.yml:5:16"},
		{"map", "ab", "compose.yml:6:11"},
	} {
		got := docs[0].Field(test.field).Origin(test.key).String()
		if got != test.want {
			t.Errorf("%s, %q: %s, want %s", test.field, test.key, got, test.want)
		}
	}
}
