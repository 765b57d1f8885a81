package yamltree

// structureDocuments have everything that is built of scalars.
var structureDocuments = []document{
	{
		"comments",
		"# head\na: # line\n  # head\n  b: c # line\n  # foot\n\n# head\n\nd: # line\n  - # line\n    e: f\n  # foot\n  -\n    g#h # i\n",
		`. map at 2:1 "a: # line\n  # head\n  b: c # line\n  # foot\n\n# head\n\nd: # line\n  - # line\n    e: f\n  # foot\n  -\n    g#h"
.a map at 4:3 "b: c", key 2:1 "a"
.a.b "c" at 4:6 "c", key 4:3 "b"
.d list at 10:3 "- # line\n    e: f\n  # foot\n  -\n    g#h", key 9:1 "d"
.d[0] map at 11:5 "e: f"
.d[0].e "f" at 11:8 "f", key 11:5 "e"
.d[1] "g#h" at 14:5 "g#h"`,
	},
	{
		"anchors and tags in front",
		"a: &a !!str one\nb: !!map &b\n  # comment\n  c: &c d\n&e f: &g [h]\ni: &j\nk: !!str\nl: &m\n  - n\no: &p { q: r }\nt: &u |\n  v\nw: &x 'y'\n",
		`. map at 1:1 "a: &a !!str one\nb: !!map &b\n  # comment\n  c: &c d\n&e f: &g [h]\ni: &j\nk: !!str\nl: &m\n  - n\no: &p { q: r }\nt: &u |\n  v\nw: &x 'y'"
.a "one" at 1:13 "one", key 1:1 "a"
.b map at 4:3 "c: &c d", key 2:1 "b"
.b.c "d" at 4:9 "d", key 4:3 "c"
.f list at 5:10 "[h]", key 5:4 "f"
.f[0] "h" at 5:11 "h"
.i <nil> at 6:6 "", key 6:1 "i"
.k "" at 7:9 "", key 7:1 "k", text
.l list at 9:3 "- n", key 8:1 "l"
.l[0] "n" at 9:5 "n"
.o map at 10:7 "{ q: r }", key 10:1 "o"
.o.q "r" at 10:12 "r", key 10:9 "q"
.t "v\n" at 11:7 "|\n  v", key 11:1 "t", text "v" ""=>"\n"
.w "y" at 13:7 "'y'", key 13:1 "w"`,
	},
	{
		"several documents",
		"# head\na: b\n--- # line\nc: d\n...\n--- e\n---\n- f\n...\n",
		`. map at 2:1 "a: b"
.a "b" at 2:4 "b", key 2:1 "a"
. map at 4:1 "c: d"
.c "d" at 4:4 "d", key 4:1 "c"
. "e" at 6:5 "e"
. list at 8:1 "- f"
[0] "f" at 8:3 "f"`,
	},
	{
		"documents without content",
		"---\n---\na: b\n---\n# foot\n",
		`. <nil> at 2:1 ""
. map at 3:1 "a: b"
.a "b" at 3:4 "b", key 3:1 "a"
. <nil> at 6:1 ""`,
	},
	{
		"no document",
		"# comment\n\n",
		``,
	},
	{
		"empty",
		"",
		``,
	},
	{
		"directive",
		"%YAML 1.1\n---\na: b\n",
		`. map at 3:1 "a: b"
.a "b" at 3:4 "b", key 3:1 "a"`,
	},
	{
		"scalar document",
		"just text\n  on two lines\n",
		`. "just text on two lines" at 1:1 "just text\n  on two lines", text "just text" "\n  "=>" " "on two lines"`,
	},
	{
		"explicit keys",
		"? a\n: b\n? c\n? 'd' # e\n: - f\n  - g\n?\n  h\n:\n  i: j\n? |\n  k\n: l\n",
		`. map at 1:3 "a\n: b\n? c\n? 'd' # e\n: - f\n  - g\n?\n  h\n:\n  i: j\n? |\n  k\n: l"
.a "b" at 2:3 "b", key 1:3 "a"
.c <nil> at 3:4 "", key 3:3 "c"
.d list at 5:3 "- f\n  - g", key 4:3 "'d'"
.d[0] "f" at 5:5 "f"
.d[1] "g" at 6:5 "g"
.h map at 10:3 "i: j", key 8:3 "h"
.h.i "j" at 10:6 "j", key 10:3 "i"
."k\n" "l" at 13:3 "l", key 11:3 "|\n  k"`,
	},
	{
		"absent values",
		"a:\nb: # c\nd : \ne: {f: , g: }\nh:\n  -\n  -  # i\n  - j\nk: &l\nm: !!str\nn:",
		`. map at 1:1 "a:\nb: # c\nd : \ne: {f: , g: }\nh:\n  -\n  -  # i\n  - j\nk: &l\nm: !!str\nn:"
.a <nil> at 1:3 "", key 1:1 "a"
.b <nil> at 2:3 "", key 2:1 "b"
.d <nil> at 3:4 "", key 3:1 "d"
.e map at 4:4 "{f: , g: }", key 4:1 "e"
.e.f <nil> at 4:7 "", key 4:5 "f"
.e.g <nil> at 4:12 "", key 4:10 "g"
.h list at 6:3 "-\n  -  # i\n  - j", key 5:1 "h"
.h[0] <nil> at 6:4 ""
.h[1] <nil> at 7:4 ""
.h[2] "j" at 8:5 "j"
.k <nil> at 9:6 "", key 9:1 "k"
.m "" at 10:9 "", key 10:1 "m", text
.n <nil> at 11:3 "", key 11:1 "n"`,
	},
	{
		"absent value with a property before another one",
		"a: &b\n&c d: e\nf: !g\n!h i: j\n",
		`. map at 1:1 "a: &b\n&c d: e\nf: !g\n!h i: j"
.a <nil> at 1:6 "", key 1:1 "a"
.d "e" at 2:7 "e", key 2:4 "d"
.f "" at 3:6 "", key 3:1 "f", text
.i "j" at 4:7 "j", key 4:4 "i"`,
	},
	{
		"lists",
		"a:\n- b\n-   - c\n    - - d\n      -  e: f\n         g: h\n- {i: j}\nk:\n  - l\n",
		`. map at 1:1 "a:\n- b\n-   - c\n    - - d\n      -  e: f\n         g: h\n- {i: j}\nk:\n  - l"
.a list at 2:1 "- b\n-   - c\n    - - d\n      -  e: f\n         g: h\n- {i: j}", key 1:1 "a"
.a[0] "b" at 2:3 "b"
.a[1] list at 3:5 "- c\n    - - d\n      -  e: f\n         g: h"
.a[1][0] "c" at 3:7 "c"
.a[1][1] list at 4:7 "- d\n      -  e: f\n         g: h"
.a[1][1][0] "d" at 4:9 "d"
.a[1][1][1] map at 5:10 "e: f\n         g: h"
.a[1][1][1].e "f" at 5:13 "f", key 5:10 "e"
.a[1][1][1].g "h" at 6:13 "h", key 6:10 "g"
.a[2] map at 7:3 "{i: j}"
.a[2].i "j" at 7:7 "j", key 7:4 "i"
.k list at 9:3 "- l", key 8:1 "k"
.k[0] "l" at 9:5 "l"`,
	},
	{
		"no line end",
		"a: b",
		`. map at 1:1 "a: b"
.a "b" at 1:4 "b", key 1:1 "a"`,
	},
	{
		"no line end after a list",
		"a:\n  - b\n  -   c   ",
		`. map at 1:1 "a:\n  - b\n  -   c"
.a list at 2:3 "- b\n  -   c", key 1:1 "a"
.a[0] "b" at 2:5 "b"
.a[1] "c" at 3:7 "c"`,
	},
	{
		"strange plain scalars",
		"-a: ?b\n:c: d:e\n?f: g?h\ni: a#b c:d\nj: [-1, ?k, :l, m:n]\no: p - q\n",
		`. map at 1:1 "-a: ?b\n:c: d:e\n?f: g?h\ni: a#b c:d\nj: [-1, ?k, :l, m:n]\no: p - q"
.-a "?b" at 1:5 "?b", key 1:1 "-a"
.:c "d:e" at 2:5 "d:e", key 2:1 ":c"
.?f "g?h" at 3:5 "g?h", key 3:1 "?f"
.i "a#b c:d" at 4:4 "a#b c:d", key 4:1 "i"
.j list at 5:4 "[-1, ?k, :l, m:n]", key 5:1 "j"
.j[0] -1 at 5:5 "-1"
.j[1] "?k" at 5:9 "?k"
.j[2] ":l" at 5:13 ":l"
.j[3] "m:n" at 5:17 "m:n"
.o "p - q" at 6:4 "p - q", key 6:1 "o"`,
	},
	{
		"dotted and odd keys",
		"a.b: 1\n\"\": 2\n'c: d': 3\n",
		`. map at 1:1 "a.b: 1\n\"\": 2\n'c: d': 3"
."" 2 at 2:5 "2", key 2:1 "\"\""
."a.b" 1 at 1:6 "1", key 1:1 "a.b"
."c: d" 3 at 3:9 "3", key 3:1 "'c: d'"`,
	},
	{
		"json",
		"{\"a\": [1, 2.5, true, null, \"x\\\"y\"], \"b\": {\"c\": {}}}",
		`. map at 1:1 "{\"a\": [1, 2.5, true, null, \"x\\\"y\"], \"b\": {\"c\": {}}}"
.a list at 1:7 "[1, 2.5, true, null, \"x\\\"y\"]", key 1:2 "\"a\""
.a[0] 1 at 1:8 "1"
.a[1] 2.5 at 1:11 "2.5"
.a[2] true at 1:16 "true"
.a[3] <nil> at 1:22 "null"
.a[4] "x\"y" at 1:28 "\"x\\\"y\"", text "x" "\\\""=>"\"" "y"
.b map at 1:42 "{\"c\": {}}", key 1:37 "\"b\""
.b.c map at 1:48 "{}", key 1:43 "\"c\""`,
	},
	{
		"deep",
		"a:\n  b:\n    c:\n      - d:\n          e: f\n      - g\n  h: i\n",
		`. map at 1:1 "a:\n  b:\n    c:\n      - d:\n          e: f\n      - g\n  h: i"
.a map at 2:3 "b:\n    c:\n      - d:\n          e: f\n      - g\n  h: i", key 1:1 "a"
.a.b map at 3:5 "c:\n      - d:\n          e: f\n      - g", key 2:3 "b"
.a.b.c list at 4:7 "- d:\n          e: f\n      - g", key 3:5 "c"
.a.b.c[0] map at 4:9 "d:\n          e: f"
.a.b.c[0].d map at 5:11 "e: f", key 4:9 "d"
.a.b.c[0].d.e "f" at 5:14 "f", key 5:11 "e"
.a.b.c[1] "g" at 6:9 "g"
.a.h "i" at 7:6 "i", key 7:3 "h"`,
	},
	{
		"anchor defined twice",
		"- &a 1\n- *a\n- &a 2\n- *a\n",
		`. list at 1:1 "- &a 1\n- *a\n- &a 2\n- *a"
[0] 1 at 1:6 "1"
[1] 1 at 1:6 "1", through the alias *a at 2:3 "*a"
[2] 2 at 3:6 "2"
[3] 2 at 3:6 "2", through the alias *a at 4:3 "*a"`,
	},
}
