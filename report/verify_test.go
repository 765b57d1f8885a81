package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/model"
)

// verification has each verdict, and names that would steer a terminal or a CI server.
var verification = check.Report{
	Checks: []check.Check{
		{Section: "network", ID: "reachable", Subject: "proxy", Expected: "an answer", Seen: "an answer", Verdict: check.Agrees},
		{
			Section: "docker api", ID: "ImageList", Subject: "proxy", Expected: "deny", Seen: "allow", Verdict: check.Differs, Why: "the engine answered 400",
			Decides: "IMAGES", Location: &model.Location{File: "a.yml", Start: model.Position{Line: 3, Column: 5}, End: model.Position{Line: 3, Column: 6}},
		},
		{Section: "docker api", ID: "ContainerList", Subject: "proxy", Expected: "allow", Seen: "allow", Verdict: check.Agrees, Decides: "CONTAINERS"},
		{Section: "docker api", ID: "A # 1", Subject: "proxy", Verdict: check.Unknown, Why: `no answer # in \ time`},
		{Section: "docker api", ID: "B", Subject: "proxy", Verdict: check.Unknown, Why: `no answer # in \ time`},
		{Section: "containers", ID: "user", Subject: "\x1b[31m::error::x", Expected: `"a"`, Seen: "<b>", Verdict: check.Differs},
	},
	Notes: []string{"the proxy may not admit whoever asks"},
}

// TestVerifyFormats has the whole of each format for people.
func TestVerifyFormats(t *testing.T) {
	for name, want := range map[string]string{
		"text": `network of "proxy": 1 agree, 0 differ, 0 could not be told

docker api of "proxy": 1 agree, 1 differ, 2 could not be told
  a.yml:3:5: ImageList: expected deny, seen allow (the engine answered 400), decided by IMAGES
  could not be told: A # 1 and B: no answer # in \ time

containers of "␛[31m::error::x": 0 agree, 1 differ, 0 could not be told
  user: expected "a", seen <b>

note: the proxy may not admit whoever asks
2 agree, 2 differ, 2 could not be told. Agreement means that what runs is what the files say, not that it is safe: composelint judges that without verify.
`,
		"tap": `TAP version 14
1..6
ok 1 - network of "proxy": reachable
not ok 2 - docker api of "proxy": ImageList
  ---
  expected: "deny"
  seen: "allow"
  why: "the engine answered 400"
  decides: "IMAGES"
  at: "a.yml:3:5"
  ...
ok 3 - docker api of "proxy": ContainerList
ok 4 - docker api of "proxy": A \# 1 # SKIP no answer \# in \\ time
ok 5 - docker api of "proxy": B # SKIP no answer \# in \\ time
not ok 6 - containers of "␛[31m::error::x": user
  ---
  expected: "\"a\""
  seen: "<b>"
  ...
# the proxy may not admit whoever asks
# Agreement means that what runs is what the files say, not that it is safe: composelint judges that without verify.
`,
		"junit": `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="composelint verify" tests="6" failures="2" errors="2">
  <testsuite name="network of proxy" tests="1" failures="0">
    <testcase name="reachable" classname="network of proxy"></testcase>
  </testsuite>
  <testsuite name="docker api of proxy" tests="4" failures="1" errors="2">
    <testcase name="ImageList" classname="docker api of proxy" file="a.yml">
      <failure type="differs" message="expected deny, seen allow">a.yml:3:5: ImageList: expected deny, seen allow (the engine answered 400), decided by IMAGES</failure>
    </testcase>
    <testcase name="ContainerList" classname="docker api of proxy"></testcase>
    <testcase name="A # 1" classname="docker api of proxy">
      <error type="unknown" message="no answer # in \ time">no answer # in \ time</error>
    </testcase>
    <testcase name="B" classname="docker api of proxy">
      <error type="unknown" message="no answer # in \ time">no answer # in \ time</error>
    </testcase>
  </testsuite>
  <testsuite name="containers of ␛[31m::error::x" tests="1" failures="1">
    <testcase name="user" classname="containers of ␛[31m::error::x">
      <failure type="differs" message="expected &#34;a&#34;, seen &lt;b&gt;">user: expected &#34;a&#34;, seen &lt;b&gt;</failure>
    </testcase>
  </testsuite>
</testsuites>
`,
	} {
		if diff := cmp.Diff(want, verified(t, name, verification)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestVerifyJSON has empty lists where there is nothing.
func TestVerifyJSON(t *testing.T) {
	const want = `{
  "version": 1,
  "checks": [],
  "notes": [],
  "summary": {
    "agree": 0,
    "differ": 0,
    "unknown": 0
  }
}
`
	if diff := cmp.Diff(want, verified(t, "json", check.Report{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func verified(t *testing.T, format string, r check.Report) string {
	t.Helper()
	for _, f := range VerifyFormats {
		if f.Name == format {
			var text strings.Builder
			if err := f.Write(&text, r); err != nil {
				t.Fatal(err)
			}
			return text.String()
		}
	}
	t.Fatalf("there is no format %q", format)
	return ""
}
