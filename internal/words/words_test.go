package words

import "testing"

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 findings", 1: "1 finding", 2: "2 findings"} {
		if got := Count(n, "finding"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestOr(t *testing.T) {
	for want, all := range map[string][]string{"": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"}} {
		if got := Or(all); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAnd(t *testing.T) {
	for want, all := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if got := And(all); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
