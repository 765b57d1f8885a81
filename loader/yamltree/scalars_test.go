package yamltree

// scalarDocuments have scalars of every type and style, but block scalars.
var scalarDocuments = []document{
	{
		"plain",
		"a: b\nlist:\n  - 1\n  - two words # comment\nempty:\nnone: ~\nnumber: 0x1F\nfloat: 1.5e3\nyes: yes\non: TRUE\nurl: http://x:80/#a\n",
		`. map at 1:1 "a: b\nlist:\n  - 1\n  - two words # comment\nempty:\nnone: ~\nnumber: 0x1F\nfloat: 1.5e3\nyes: yes\non: TRUE\nurl: http://x:80/#a"
.a "b" at 1:4 "b", key 1:1 "a"
.empty <nil> at 5:7 "", key 5:1 "empty"
.float 1500 at 8:8 "1.5e3", key 8:1 "float"
.list list at 3:3 "- 1\n  - two words", key 2:1 "list"
.list[0] 1 at 3:5 "1"
.list[1] "two words" at 4:5 "two words"
.none <nil> at 6:7 "~", key 6:1 "none"
.number 31 at 7:9 "0x1F", key 7:1 "number"
.on true at 10:5 "TRUE", key 10:1 "on"
.url "http://x:80/#a" at 11:6 "http://x:80/#a", key 11:1 "url"
.yes "yes" at 9:6 "yes", key 9:1 "yes"`,
	},
	{
		"quoted",
		"a: 'it''s'\nb: \"x\\ty\\u00e9\\\\z\\x41\\U0001F600\\N\"\nc: ''\nd: \"\"\n'e f': \"plain\"\n\"g\\n\": 'h'\n",
		`. map at 1:1 "a: 'it''s'\nb: \"x\\ty\\u00e9\\\\z\\x41\\U0001F600\\N\"\nc: ''\nd: \"\"\n'e f': \"plain\"\n\"g\\n\": 'h'"
.a "it's" at 1:4 "'it''s'", key 1:1 "a", text "it" "''"=>"'" "s"
.b "x\tyé\\zA😀\u0085" at 2:4 "\"x\\ty\\u00e9\\\\z\\x41\\U0001F600\\N\"", key 2:1 "b", text "x" "\\t"=>"\t" "y" "\\u00e9"=>"é" "\\\\"=>"\\" "z" "\\x41"=>"A" "\\U0001F600"=>"😀" "\\N"=>"\u0085"
.c "" at 3:4 "''", key 3:1 "c", text
.d "" at 4:4 "\"\"", key 4:1 "d", text
."e f" "plain" at 5:8 "\"plain\"", key 5:1 "'e f'"
."g\n" "h" at 6:8 "'h'", key 6:1 "\"g\\n\""`,
	},
	{
		"values of every type",
		"- 12\n- -12\n- 0o17\n- 017\n- 9223372036854775808\n- 1_000\n- 1:30\n- .inf\n- -.INF\n- null\n- True\n- yes\n- 2024-01-02\n- 2024-01-02T03:04:05Z\n- \"2024-01-02\"\n- <<\n- -0\n- 1e400\n- ~\n",
		`. list at 1:1 "- 12\n- -12\n- 0o17\n- 017\n- 9223372036854775808\n- 1_000\n- 1:30\n- .inf\n- -.INF\n- null\n- True\n- yes\n- 2024-01-02\n- 2024-01-02T03:04:05Z\n- \"2024-01-02\"\n- <<\n- -0\n- 1e400\n- ~"
[0] 12 at 1:3 "12"
[1] -12 at 2:3 "-12"
[2] 15 at 3:3 "0o17"
[3] 15 at 4:3 "017"
[4] 0x8000000000000000 at 5:3 "9223372036854775808"
[5] 1000 at 6:3 "1_000"
[6] "1:30" at 7:3 "1:30"
[7] +Inf at 8:3 ".inf"
[8] -Inf at 9:3 "-.INF"
[9] <nil> at 10:3 "null"
[10] true at 11:3 "True"
[11] "yes" at 12:3 "yes"
[12] "2024-01-02" at 13:3 "2024-01-02"
[13] "2024-01-02T03:04:05Z" at 14:3 "2024-01-02T03:04:05Z"
[14] "2024-01-02" at 15:3 "\"2024-01-02\""
[15] -0 at 17:3 "-0"
[16] "1e400" at 18:3 "1e400"
[17] <nil> at 19:3 "~"`,
	},
	{
		"tags",
		"a: !!str 12\nb: !!int \"3\"\nc: !!float 3\nd: !!binary aGk=\ne: !!null ''\nf: !foo 12\ng: !foo {x: 1}\nh: ! 12\ni: !!timestamp 2024-01-02\nj: !<tag:yaml.org,2002:str> 1\nk: !foo\nl: !!set {m, n}\n",
		`. map at 1:1 "a: !!str 12\nb: !!int \"3\"\nc: !!float 3\nd: !!binary aGk=\ne: !!null ''\nf: !foo 12\ng: !foo {x: 1}\nh: ! 12\ni: !!timestamp 2024-01-02\nj: !<tag:yaml.org,2002:str> 1\nk: !foo\nl: !!set {m, n}"
.a "12" at 1:10 "12", key 1:1 "a"
.b 3 at 2:10 "\"3\"", key 2:1 "b"
.c 3 at 3:12 "3", key 3:1 "c"
.d "hi" at 4:13 "aGk=", key 4:1 "d", text "aGk="=>"hi"
.e <nil> at 5:11 "''", key 5:1 "e"
.f "12" at 6:9 "12", key 6:1 "f"
.g map at 7:9 "{x: 1}", key 7:1 "g"
.g.x 1 at 7:13 "1", key 7:10 "x"
.h "12" at 8:6 "12", key 8:1 "h"
.i "2024-01-02" at 9:16 "2024-01-02", key 9:1 "i"
.j "1" at 10:29 "1", key 10:1 "j"
.k "" at 11:8 "", key 11:1 "k", text
.l map at 12:10 "{m, n}", key 12:1 "l"
.l.m <nil> at 12:12 "", key 12:11 "m"
.l.n <nil> at 12:15 "", key 12:14 "n"`,
	},
	{
		"reset and override",
		"a: !reset null\nb: !reset []\nc: !override [80, 90]\nd: !override\n  e: 1\nf: !reset\ng: &x !override [1]\nh: *x\ni: !override 12\nj: !reset 12\nk: !reset &y {l: 1}\n",
		`. map at 1:1 "a: !reset null\nb: !reset []\nc: !override [80, 90]\nd: !override\n  e: 1\nf: !reset\ng: &x !override [1]\nh: *x\ni: !override 12\nj: !reset 12\nk: !reset &y {l: 1}", resets a, resets b, resets c, resets d, resets f, resets g, resets h, resets i, resets j, resets k
.c list at 3:14 "[80, 90]", key 3:1 "c"
.c[0] 80 at 3:15 "80"
.c[1] 90 at 3:19 "90"
.d map at 5:3 "e: 1", key 4:1 "d"
.d.e 1 at 5:6 "1", key 5:3 "e"
.g list at 7:17 "[1]", key 7:1 "g"
.g[0] 1 at 7:18 "1"
.h list at 7:17 "[1]", key 8:1 "h", through the alias *x at 8:4 "*x"
.h[0] 1 at 7:18 "1", through the alias *x at 8:4 "*x"
.i "12" at 9:14 "12", key 9:1 "i"
 less a "null" at 1:11 "null", key 1:1 "a"
 less b list at 2:11 "[]", key 2:1 "b"
 less f "" at 6:10 "", key 6:1 "f", text
 less j "12" at 10:11 "12", key 10:1 "j"
 less k map at 11:14 "{l: 1}", key 11:1 "k"
 less k.l 1 at 11:18 "1", key 11:15 "l"`,
	},
	{
		"flow",
		"a: {b: 1, 'c': [x , \"y\",],\n  d: {}, e: [ ] # comment }\n  , f: , g}\nh: [a: b, c, ? g : h, \"i\":j, k: ]\n",
		`. map at 1:1 "a: {b: 1, 'c': [x , \"y\",],\n  d: {}, e: [ ] # comment }\n  , f: , g}\nh: [a: b, c, ? g : h, \"i\":j, k: ]"
.a map at 1:4 "{b: 1, 'c': [x , \"y\",],\n  d: {}, e: [ ] # comment }\n  , f: , g}", key 1:1 "a"
.a.b 1 at 1:8 "1", key 1:5 "b"
.a.c list at 1:16 "[x , \"y\",]", key 1:11 "'c'"
.a.c[0] "x" at 1:17 "x"
.a.c[1] "y" at 1:21 "\"y\""
.a.d map at 2:6 "{}", key 2:3 "d"
.a.e list at 2:13 "[ ]", key 2:10 "e"
.a.f <nil> at 3:7 "", key 3:5 "f"
.a.g <nil> at 3:11 "", key 3:10 "g"
.h list at 4:4 "[a: b, c, ? g : h, \"i\":j, k: ]", key 4:1 "h"
.h[0] map at 4:5 "a: b"
.h[0].a "b" at 4:8 "b", key 4:5 "a"
.h[1] "c" at 4:11 "c"
.h[2] map at 4:16 "g : h"
.h[2].g "h" at 4:20 "h", key 4:16 "g"
.h[3] map at 4:23 "\"i\":j"
.h[3].i "j" at 4:27 "j", key 4:23 "\"i\""
.h[4] map at 4:30 "k:"
.h[4].k <nil> at 4:32 "", key 4:30 "k"`,
	},
	{
		"flow on several lines",
		"a: [\n  one two\n    three, # no ]\n  # four\n  'five\n   six',\n  \"se\\\n   ven\"\n]\nb: {\"c\":\"d\",\"e\":{\"f\":[1,2]}}\n",
		`. map at 1:1 "a: [\n  one two\n    three, # no ]\n  # four\n  'five\n   six',\n  \"se\\\n   ven\"\n]\nb: {\"c\":\"d\",\"e\":{\"f\":[1,2]}}"
.a list at 1:4 "[\n  one two\n    three, # no ]\n  # four\n  'five\n   six',\n  \"se\\\n   ven\"\n]", key 1:1 "a"
.a[0] "one two three" at 2:3 "one two\n    three", text "one two" "\n    "=>" " "three"
.a[1] "five six" at 5:3 "'five\n   six'", text "five" "\n   "=>" " "six"
.a[2] "seven" at 7:3 "\"se\\\n   ven\"", text "se" "ven"
.b map at 10:4 "{\"c\":\"d\",\"e\":{\"f\":[1,2]}}", key 10:1 "b"
.b.c "d" at 10:9 "\"d\"", key 10:5 "\"c\""
.b.e map at 10:17 "{\"f\":[1,2]}", key 10:13 "\"e\""
.b.e.f list at 10:22 "[1,2]", key 10:18 "\"f\""
.b.e.f[0] 1 at 10:23 "1"
.b.e.f[1] 2 at 10:25 "2"`,
	},
	{
		"multi-line plain",
		"a: one\n  two\n\n  three\n\n\n  four # comment\nb:\n  five\n    six\nc: 1\n  2\n",
		`. map at 1:1 "a: one\n  two\n\n  three\n\n\n  four # comment\nb:\n  five\n    six\nc: 1\n  2"
.a "one two\nthree\n\nfour" at 1:4 "one\n  two\n\n  three\n\n\n  four", key 1:1 "a", text "one" "\n  "=>" " "two" "\n\n  "=>"\n" "three" "\n\n\n  "=>"\n\n" "four"
.b "five six" at 9:3 "five\n    six", key 8:1 "b", text "five" "\n    "=>" " "six"
.c "1 2" at 11:4 "1\n  2", key 11:1 "c", text "1" "\n  "=>" " "2"`,
	},
	{
		"multi-line quoted",
		"a: 'one\n  two\n\n  three '\nb: \"one  \n\n  two\\\n  three\\n\\\n\n  \\  four\"\nc: '\n  '\nd: \" x\n  y \"\n",
		`. map at 1:1 "a: 'one\n  two\n\n  three '\nb: \"one  \n\n  two\\\n  three\\n\\\n\n  \\  four\"\nc: '\n  '\nd: \" x\n  y \""
.a "one two\nthree " at 1:4 "'one\n  two\n\n  three '", key 1:1 "a", text "one" "\n  "=>" " "two" "\n\n  "=>"\n" "three "
.b "one\ntwothree\n\n  four" at 5:4 "\"one  \n\n  two\\\n  three\\n\\\n\n  \\  four\"", key 5:1 "b", text "one" "  \n\n  "=>"\n" "two" "three" "\\n"=>"\n" "\\\n\n  "=>"\n" "\\ "=>" " " four"
.c " " at 11:4 "'\n  '", key 11:1 "c", text "\n  "=>" "
.d " x y " at 13:4 "\" x\n  y \"", key 13:1 "d", text " x" "\n  "=>" " "y "`,
	},
}
