package yamltree

// aliasDocuments have aliases and merge keys.
var aliasDocuments = []document{
	{
		"aliases",
		"a: &a [b, {c: d}]\ne: *a\nf: [*a , *a]\ng: &g one\nh: *g\n",
		`. map at 1:1 "a: &a [b, {c: d}]\ne: *a\nf: [*a , *a]\ng: &g one\nh: *g"
.a list at 1:7 "[b, {c: d}]", key 1:1 "a"
.a[0] "b" at 1:8 "b"
.a[1] map at 1:11 "{c: d}"
.a[1].c "d" at 1:15 "d", key 1:12 "c"
.e list at 1:7 "[b, {c: d}]", key 2:1 "e", through the alias *a at 2:4 "*a"
.e[0] "b" at 1:8 "b", through the alias *a at 2:4 "*a"
.e[1] map at 1:11 "{c: d}", through the alias *a at 2:4 "*a"
.e[1].c "d" at 1:15 "d", key 1:12 "c", through the alias *a at 2:4 "*a"
.f list at 3:4 "[*a , *a]", key 3:1 "f"
.f[0] list at 1:7 "[b, {c: d}]", through the alias *a at 3:5 "*a"
.f[0][0] "b" at 1:8 "b", through the alias *a at 3:5 "*a"
.f[0][1] map at 1:11 "{c: d}", through the alias *a at 3:5 "*a"
.f[0][1].c "d" at 1:15 "d", key 1:12 "c", through the alias *a at 3:5 "*a"
.f[1] list at 1:7 "[b, {c: d}]", through the alias *a at 3:10 "*a"
.f[1][0] "b" at 1:8 "b", through the alias *a at 3:10 "*a"
.f[1][1] map at 1:11 "{c: d}", through the alias *a at 3:10 "*a"
.f[1][1].c "d" at 1:15 "d", key 1:12 "c", through the alias *a at 3:10 "*a"
.g "one" at 4:7 "one", key 4:1 "g"
.h "one" at 4:7 "one", key 5:1 "h", through the alias *g at 5:4 "*g"`,
	},
	{
		"aliases in aliases",
		"a: &a {b: c}\nd: &d {e: *a}\nf:\n  - *d\n",
		`. map at 1:1 "a: &a {b: c}\nd: &d {e: *a}\nf:\n  - *d"
.a map at 1:7 "{b: c}", key 1:1 "a"
.a.b "c" at 1:11 "c", key 1:8 "b"
.d map at 2:7 "{e: *a}", key 2:1 "d"
.d.e map at 1:7 "{b: c}", key 2:8 "e", through the alias *a at 2:11 "*a"
.d.e.b "c" at 1:11 "c", key 1:8 "b", through the alias *a at 2:11 "*a"
.f list at 4:3 "- *d", key 3:1 "f"
.f[0] map at 2:7 "{e: *a}", through the alias *d at 4:5 "*d"
.f[0].e map at 1:7 "{b: c}", key 2:8 "e", through the alias *d at 4:5 "*d", through the alias *a at 2:11 "*a"
.f[0].e.b "c" at 1:11 "c", key 1:8 "b", through the alias *d at 4:5 "*d", through the alias *a at 2:11 "*a"`,
	},
	{
		"alias as a key",
		"a: &a b\n*a : c\nd: {*a : e}\n",
		`. map at 1:1 "a: &a b\n*a : c\nd: {*a : e}"
.a "b" at 1:7 "b", key 1:1 "a"
.b "c" at 2:6 "c", key 2:1 "*a"
.d map at 3:4 "{*a : e}", key 3:1 "d"
.d.b "e" at 3:10 "e", key 3:5 "*a"`,
	},
	{
		"merge keys",
		"a: &a\n  b: 1\n  c: 2\nd: &d\n  c: 3\n  e: 4\none:\n  <<: *a\n  c: 5\nlist:\n  c: 6\n  <<: [*d, *a, {f: 7, b: 8}]\n  g: 9\ninline:\n  <<: {b: 1}\nempty:\n  <<: []\nflow: {<<: *a, h: 1}\nquoted:\n  \"<<\": x\n",
		`. map at 1:1 "a: &a\n  b: 1\n  c: 2\nd: &d\n  c: 3\n  e: 4\none:\n  <<: *a\n  c: 5\nlist:\n  c: 6\n  <<: [*d, *a, {f: 7, b: 8}]\n  g: 9\ninline:\n  <<: {b: 1}\nempty:\n  <<: []\nflow: {<<: *a, h: 1}\nquoted:\n  \"<<\": x"
.a map at 2:3 "b: 1\n  c: 2", key 1:1 "a"
.a.b 1 at 2:6 "1", key 2:3 "b"
.a.c 2 at 3:6 "2", key 3:3 "c"
.d map at 5:3 "c: 3\n  e: 4", key 4:1 "d"
.d.c 3 at 5:6 "3", key 5:3 "c"
.d.e 4 at 6:6 "4", key 6:3 "e"
.empty map at 17:3 "<<: []", key 16:1 "empty"
.flow map at 18:7 "{<<: *a, h: 1}", key 18:1 "flow"
.flow.b 1 at 2:6 "1", key 2:3 "b", merged from *a at 18:12 "*a"
.flow.c 2 at 3:6 "2", key 3:3 "c", merged from *a at 18:12 "*a"
.flow.h 1 at 18:19 "1", key 18:16 "h"
.inline map at 15:3 "<<: {b: 1}", key 14:1 "inline"
.inline.b 1 at 15:11 "1", key 15:8 "b"
.list map at 11:3 "c: 6\n  <<: [*d, *a, {f: 7, b: 8}]\n  g: 9", key 10:1 "list"
.list.b 1 at 2:6 "1", key 2:3 "b", merged from *a at 12:12 "*a"
.list.c 6 at 11:6 "6", key 11:3 "c"
.list.e 4 at 6:6 "4", key 6:3 "e", merged from *d at 12:8 "*d"
.list.f 7 at 12:20 "7", key 12:17 "f"
.list.g 9 at 13:6 "9", key 13:3 "g"
.one map at 8:3 "<<: *a\n  c: 5", key 7:1 "one"
.one.b 1 at 2:6 "1", key 2:3 "b", merged from *a at 8:7 "*a"
.one.c 5 at 9:6 "5", key 9:3 "c"
.quoted map at 20:3 "\"<<\": x", key 19:1 "quoted"
.quoted.<< "x" at 20:9 "x", key 20:3 "\"<<\""`,
	},
	{
		"quoted merge key in a source",
		"a: &a {\"<<\": 1, b: 2}\nc: {<<: *a}\n",
		`. map at 1:1 "a: &a {\"<<\": 1, b: 2}\nc: {<<: *a}"
.a map at 1:7 "{\"<<\": 1, b: 2}", key 1:1 "a"
.a.<< 1 at 1:14 "1", key 1:8 "\"<<\""
.a.b 2 at 1:20 "2", key 1:17 "b"
.c map at 2:4 "{<<: *a}", key 2:1 "c"
.c.<< 1 at 1:14 "1", key 1:8 "\"<<\"", merged from *a at 2:9 "*a"
.c.b 2 at 1:20 "2", key 1:17 "b", merged from *a at 2:9 "*a"`,
	},
	{
		"merge keys as values are left out",
		"a: <<\nb: [<<, c]\nd: &d <<\ne: *d\nf: [*d, \"<<\"]\n",
		`. map at 1:1 "a: <<\nb: [<<, c]\nd: &d <<\ne: *d\nf: [*d, \"<<\"]"
.b list at 2:4 "[<<, c]", key 2:1 "b"
.b[0] "c" at 2:9 "c"
.f list at 5:4 "[*d, \"<<\"]", key 5:1 "f"
.f[0] "<<" at 5:9 "\"<<\""`,
	},
	{
		"merge keys in merge keys",
		"a: &a {b: 1, c: {d: 2}}\ne: &e\n  <<: *a\n  b: 3\nf:\n  <<: *e\n",
		`. map at 1:1 "a: &a {b: 1, c: {d: 2}}\ne: &e\n  <<: *a\n  b: 3\nf:\n  <<: *e"
.a map at 1:7 "{b: 1, c: {d: 2}}", key 1:1 "a"
.a.b 1 at 1:11 "1", key 1:8 "b"
.a.c map at 1:17 "{d: 2}", key 1:14 "c"
.a.c.d 2 at 1:21 "2", key 1:18 "d"
.e map at 3:3 "<<: *a\n  b: 3", key 2:1 "e"
.e.b 3 at 4:6 "3", key 4:3 "b"
.e.c map at 1:17 "{d: 2}", key 1:14 "c", merged from *a at 3:7 "*a"
.e.c.d 2 at 1:21 "2", key 1:18 "d", merged from *a at 3:7 "*a"
.f map at 6:3 "<<: *e", key 5:1 "f"
.f.b 3 at 4:6 "3", key 4:3 "b", merged from *e at 6:7 "*e"
.f.c map at 1:17 "{d: 2}", key 1:14 "c", merged from *e at 6:7 "*e", merged from *a at 3:7 "*a"
.f.c.d 2 at 1:21 "2", key 1:18 "d", merged from *e at 6:7 "*e", merged from *a at 3:7 "*a"`,
	},
	{
		"merge of a list of mappings by an alias",
		"l: &l\n  - &a {b: 1}\n  - *a\n  - {c: 2}\nd:\n  <<: *l\n",
		`. map at 1:1 "l: &l\n  - &a {b: 1}\n  - *a\n  - {c: 2}\nd:\n  <<: *l"
.d map at 6:3 "<<: *l", key 5:1 "d"
.d.b 1 at 2:12 "1", key 2:9 "b", merged from *l at 6:7 "*l"
.d.c 2 at 4:9 "2", key 4:6 "c", merged from *l at 6:7 "*l"
.l list at 2:3 "- &a {b: 1}\n  - *a\n  - {c: 2}", key 1:1 "l"
.l[0] map at 2:8 "{b: 1}"
.l[0].b 1 at 2:12 "1", key 2:9 "b"
.l[1] map at 2:8 "{b: 1}", through the alias *a at 3:5 "*a"
.l[1].b 1 at 2:12 "1", key 2:9 "b", through the alias *a at 3:5 "*a"
.l[2] map at 4:5 "{c: 2}"
.l[2].c 2 at 4:9 "2", key 4:6 "c"`,
	},
	{
		"merge of an anchored list",
		"a: &a {b: 1}\nc: {<<: &d [*a], e: *d}\n",
		`. map at 1:1 "a: &a {b: 1}\nc: {<<: &d [*a], e: *d}"
.a map at 1:7 "{b: 1}", key 1:1 "a"
.a.b 1 at 1:11 "1", key 1:8 "b"
.c map at 2:4 "{<<: &d [*a], e: *d}", key 2:1 "c"
.c.b 1 at 1:11 "1", key 1:8 "b", merged from *a at 2:13 "*a"
.c.e list at 2:12 "[*a]", key 2:18 "e", through the alias *d at 2:21 "*d"
.c.e[0] map at 1:7 "{b: 1}", through the alias *d at 2:21 "*d", merged from *a at 2:13 "*a"
.c.e[0].b 1 at 1:11 "1", key 1:8 "b", through the alias *d at 2:21 "*d", merged from *a at 2:13 "*a"`,
	},
}
