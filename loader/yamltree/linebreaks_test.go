package yamltree

// lineDocuments have block scalars, and line breaks and characters of every width.
var lineDocuments = []document{
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
}
