package yamltree

// documents are read by all tests of this package. A want line is a node: its path, value
// and token, then its key, tag, hops, and the pieces of a text that is not one literal.
var documents = []struct{ name, text, want string }{
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
[15] "<<" at 16:3 "<<"
[16] -0 at 17:3 "-0"
[17] "1e400" at 18:3 "1e400"
[18] <nil> at 19:3 "~"`,
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
.h 12 at 8:6 "12", key 8:1 "h"
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
		`. map at 1:1 "a: !reset null\nb: !reset []\nc: !override [80, 90]\nd: !override\n  e: 1\nf: !reset\ng: &x !override [1]\nh: *x\ni: !override 12\nj: !reset 12\nk: !reset &y {l: 1}"
.a <nil> at 1:11 "null", key 1:1 "a", !reset
.b list at 2:11 "[]", key 2:1 "b", !reset
.c list at 3:14 "[80, 90]", key 3:1 "c", !override
.c[0] 80 at 3:15 "80"
.c[1] 90 at 3:19 "90"
.d map at 5:3 "e: 1", key 4:1 "d", !override
.d.e 1 at 5:6 "1", key 5:3 "e"
.f <nil> at 6:10 "", key 6:1 "f", !reset
.g list at 7:17 "[1]", key 7:1 "g", !override
.g[0] 1 at 7:18 "1"
.h list at 7:17 "[1]", key 8:1 "h", !override, through the alias *x at 8:4 "*x"
.h[0] 1 at 7:18 "1", through the alias *x at 8:4 "*x"
.i "12" at 9:14 "12", key 9:1 "i", !override
.j 12 at 10:11 "12", key 10:1 "j", !reset
.k map at 11:14 "{l: 1}", key 11:1 "k", !reset
.k.l 1 at 11:18 "1", key 11:15 "l"`,
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
	{
		"literal block",
		"a: |\n  one\n    two\n\n  three\nb: |- # comment\n  four\nc: |+\n  five\n\n\nd: |2\n    six\n   seven\ne: |\nf: |-\n\n  eight\n",
		`. map at 1:1 "a: |\n  one\n    two\n\n  three\nb: |- # comment\n  four\nc: |+\n  five\n\n\nd: |2\n    six\n   seven\ne: |\nf: |-\n\n  eight"
.a "one\n  two\n\nthree\n" at 1:4 "|\n  one\n    two\n\n  three", key 1:1 "a", text "one" "\n  "=>"\n" "  two" "\n\n  "=>"\n\n" "three" ""=>"\n"
.b "four" at 6:4 "|- # comment\n  four", key 6:1 "b"
.c "five\n\n\n" at 8:4 "|+\n  five", key 8:1 "c", text "five" ""=>"\n\n\n"
.d "  six\n seven\n" at 12:4 "|2\n    six\n   seven", key 12:1 "d", text "  six" "\n  "=>"\n" " seven" ""=>"\n"
.e "" at 15:4 "|", key 15:1 "e", text
.f "\neight" at 16:4 "|-\n\n  eight", key 16:1 "f", text "\n\n  "=>"\n" "eight"`,
	},
	{
		"folded block",
		"a: >\n  one\n  two\n\n  three\n    four\n    five\n  six\nb: >-\n\n  seven\n  eight\nc: >+\n  nine\n\nd:\n  - >1-\n    ten\n   eleven\n",
		`. map at 1:1 "a: >\n  one\n  two\n\n  three\n    four\n    five\n  six\nb: >-\n\n  seven\n  eight\nc: >+\n  nine\n\nd:\n  - >1-\n    ten\n   eleven"
.a "one two\nthree\n  four\n  five\nsix\n" at 1:4 ">\n  one\n  two\n\n  three\n    four\n    five\n  six", key 1:1 "a", text "one" "\n  "=>" " "two" "\n\n  "=>"\n" "three" "\n  "=>"\n" "  four" "\n  "=>"\n" "  five" "\n  "=>"\n" "six" ""=>"\n"
.b "\nseven eight" at 9:4 ">-\n\n  seven\n  eight", key 9:1 "b", text "\n\n  "=>"\n" "seven" "\n  "=>" " "eight"
.c "nine\n\n" at 13:4 ">+\n  nine", key 13:1 "c", text "nine" ""=>"\n\n"
.d list at 17:3 "- >1-\n    ten\n   eleven", key 16:1 "d"
.d[0] " ten\neleven" at 17:5 ">1-\n    ten\n   eleven", text " ten" "\n   "=>"\n" "eleven"`,
	},
	{
		"block scalar at the end",
		"a: |\n  one\n  two",
		`. map at 1:1 "a: |\n  one\n  two"
.a "one\ntwo" at 1:4 "|\n  one\n  two", key 1:1 "a", text "one" "\n  "=>"\n" "two"`,
	},
	{
		"block scalar in a list",
		"- |\n one\n two\n- >-\n  three\n  \n- |2+\n   four\n  \n   \n",
		`. list at 1:1 "- |\n one\n two\n- >-\n  three\n  \n- |2+\n   four"
[0] "one\ntwo\n" at 1:3 "|\n one\n two", text "one" "\n "=>"\n" "two" ""=>"\n"
[1] "three" at 4:3 ">-\n  three"
[2] " four\n\n \n" at 7:3 "|2+\n   four", text " four" ""=>"\n\n \n"`,
	},
	{
		"block scalar with blanks only",
		"a: |+\n\n\nb: |1\n  \n  x\nc: |\n \n  one\n   \nd: >\n  \n\n",
		`. map at 1:1 "a: |+\n\n\nb: |1\n  \n  x\nc: |\n \n  one\n   \nd: >"
.a "\n\n" at 1:4 "|+", key 1:1 "a", text ""=>"\n\n"
.b " \n x\n" at 4:4 "|1\n  \n  x", key 4:1 "b", text " " "\n "=>"\n" " x" ""=>"\n"
.c "\none\n \n" at 7:4 "|\n \n  one", key 7:1 "c", text "\n \n  "=>"\n" "one" ""=>"\n \n"
.d "" at 11:4 ">", key 11:1 "d", text`,
	},
	{
		"tabs",
		"a:\tb\nc:\t\t'd'\t# e\nf: [\t1,\t2\t]\ng: h\ti\n",
		`. map at 1:1 "a:\tb\nc:\t\t'd'\t# e\nf: [\t1,\t2\t]\ng: h\ti"
.a "b" at 1:4 "b", key 1:1 "a"
.c "d" at 2:5 "'d'", key 2:1 "c"
.f list at 3:4 "[\t1,\t2\t]", key 3:1 "f"
.f[0] 1 at 3:6 "1"
.f[1] 2 at 3:9 "2"
.g "h\ti" at 4:4 "h\ti", key 4:1 "g"`,
	},
	{
		"crlf",
		"a: b\r\nc:\r\n  - d\r\n  - 'e\r\n    f'\r\ng: |\r\n  h\r\n  i\r\nj: >-\r\n  k\r\n  l\r\n",
		`. map at 1:1 "a: b\r\nc:\r\n  - d\r\n  - 'e\r\n    f'\r\ng: |\r\n  h\r\n  i\r\nj: >-\r\n  k\r\n  l"
.a "b" at 1:4 "b", key 1:1 "a"
.c list at 3:3 "- d\r\n  - 'e\r\n    f'", key 2:1 "c"
.c[0] "d" at 3:5 "d"
.c[1] "e f" at 4:5 "'e\r\n    f'", text "e" "\r\n    "=>" " "f"
.g "h\ni\n" at 6:4 "|\r\n  h\r\n  i", key 6:1 "g", text "h" "\r\n  "=>"\n" "i" ""=>"\n"
.j "k l" at 9:4 ">-\r\n  k\r\n  l", key 9:1 "j", text "k" "\r\n  "=>" " "l"`,
	},
	{
		"cr",
		"a: b\rc:\r  - d\r  - e\r    f\rg: |\r  h\r  i\r",
		`. map at 1:1 "a: b\rc:\r  - d\r  - e\r    f\rg: |\r  h\r  i"
.a "b" at 1:4 "b", key 1:1 "a"
.c list at 3:3 "- d\r  - e\r    f", key 2:1 "c"
.c[0] "d" at 3:5 "d"
.c[1] "e f" at 4:5 "e\r    f", text "e" "\r    "=>" " "f"
.g "h\ni\n" at 6:4 "|\r  h\r  i", key 6:1 "g", text "h" "\r  "=>"\n" "i" ""=>"\n"`,
	},
	{
		"nel, ls and ps in comments",
		"a: b # c\u0085d: e # f\u2028g: h # i\u2029j: k\n",
		`. map at 1:1 "a: b # c\u0085d: e # f\u2028g: h # i\u2029j: k"
.a "b" at 1:4 "b", key 1:1 "a"
.d "e" at 1:13 "e", key 1:10 "d"
.g "h" at 1:22 "h", key 1:19 "g"
.j "k" at 1:31 "k", key 1:28 "j"`,
	},
	{
		"nel, ls and ps in scalars",
		"a: 'b\u0085  c'\nd: \"e\u2028  f\u2029g\"\nh: i\u2028 j\u0085 k\nl: |\n m\u0085 n\u2029 o\np: q\n",
		`. map at 1:1 "a: 'b\u0085  c'\nd: \"e\u2028  f\u2029g\"\nh: i\u2028 j\u0085 k\nl: |\n m\u0085 n\u2029 o\np: q"
.a "b c" at 1:4 "'b\u0085  c'", key 1:1 "a", text "b" "\u0085  "=>" " "c"
.d "e\u2028f\u2029g" at 2:4 "\"e\u2028  f\u2029g\"", key 2:1 "d", text "e" "\u2028  "=>"\u2028" "f" "\u2029"=>"\u2029" "g"
.h "i\u2028j k" at 3:4 "i\u2028 j\u0085 k", key 3:1 "h", text "i" "\u2028 "=>"\u2028" "j" "\u0085 "=>" " "k"
.l "m\nn\u2029o\n" at 4:4 "|\n m\u0085 n\u2029 o", key 4:1 "l", text "m" "\u0085 "=>"\n" "n" "\u2029 "=>"\u2029" "o" ""=>"\n"
.p "q" at 6:4 "q", key 6:1 "p"`,
	},
	{
		"byte order mark",
		"\ufeffa: b\nc: d\n",
		`. map at 1:1 "a: b\nc: d"
.a "b" at 1:4 "b", key 1:1 "a"
.c "d" at 2:4 "d", key 2:1 "c"`,
	},
	{
		"multibyte",
		"ä: {ö: 😀, ü: 'é''e', 日本: \"\\u65e5x\"} # ß\n\"😀\": [ß, 😀 x, y]\n",
		`. map at 1:1 "ä: {ö: 😀, ü: 'é''e', 日本: \"\\u65e5x\"} # ß\n\"😀\": [ß, 😀 x, y]"
.ä map at 1:4 "{ö: 😀, ü: 'é''e', 日本: \"\\u65e5x\"}", key 1:1 "ä"
.ä.ö "😀" at 1:8 "😀", key 1:5 "ö"
.ä.ü "é'e" at 1:14 "'é''e'", key 1:11 "ü", text "é" "''"=>"'" "e"
.ä.日本 "日x" at 1:26 "\"\\u65e5x\"", key 1:22 "日本", text "\\u65e5"=>"日" "x"
.😀 list at 2:6 "[ß, 😀 x, y]", key 2:1 "\"😀\""
.😀[0] "ß" at 2:7 "ß"
.😀[1] "😀 x" at 2:10 "😀 x"
.😀[2] "y" at 2:15 "y"`,
	},
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
		"anchor across documents",
		"a: &a b\n---\nc: *a\n",
		`. map at 1:1 "a: &a b"
.a "b" at 1:7 "b", key 1:1 "a"
. map at 3:1 "c: *a"
.c "b" at 1:7 "b", key 3:1 "c", through the alias *a at 3:4 "*a"`,
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
