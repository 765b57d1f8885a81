# It sends nothing that acts, and prints the Test Anything Protocol. The exit status is 0 where all agrees,
# 1 where something differs, and 2 where something could not be told. Agreement means that what runs is what
# the files say, not that it is safe.

# send METHOD PATH TYPE BODY asks once, and has the answer in $head and $body.
send() {
	answer=$(
		{
			printf '%s %s HTTP/1.1\r\nHost: docker\r\nUser-Agent: composelint-verify\r\nConnection: close\r\n' "$1" "$2"
			[ -z "$3" ] || printf 'Content-Type: %s\r\n' "$3"
			[ "$1" = GET ] || [ "$1" = HEAD ] || printf 'Content-Length: %s\r\n' "${#4}"
			printf '\r\n%s' "$4"
		} | $limit nc -w 5 "$host" "$port" 2>/dev/null | head -c 8192 | tr -d '\000\r'
	)
	head=$(printf '%s\n' "$answer" | sed '/^$/q')
	body=$(printf '%s\n' "$answer" | sed '1,/^$/d')
	status=$(printf '%s\n' "$head" | sed -n '1s/^HTTP\/1\.[01] \([0-9][0-9][0-9]\).*/\1/p')
	type=$(printf '%s\n' "$head" | sed -n 's/^[Cc]ontent-[Tt]ype: *\([^;]*\).*/\1/p')
}

# has EXPRESSION is true of a body that matches.
has() { printf '%s\n' "$body" | grep -Eq -e "$1"; }

# denied is true of an answer by which this proxy denies. The answer to a HEAD has no body.
denied() {
	case " $denied_status " in *" $status "*) ;; *) return 1 ;; esac
	[ "$type" = "$denied_type" ] || return 1
	[ "$1" = HEAD ] && return 0
	if [ -n "$denied_body" ]; then has "$denied_body"; else [ -z "$body" ]; fi
}

# classify METHOD says in $seen what became of a request, and in $why by what that was told.
classify() {
	seen='' why="what answered $status is neither the engine nor how this proxy denies"
	if [ -z "$status" ]; then
		why='no answer'
	elif printf '%s\n' "$head" | grep -Eqi '^(libpod-)?api-version:'; then
		seen=allow why="the engine answered $status"
		printf '%s\n' "$head" | grep -qi '^libpod-' && podman=yes
	elif [ -n "$podman" ] && [ "$status" = 405 ]; then
		why='Podman answers 405 as this proxy may'
		case " $denied_status " in *' 405 '*) ;; *) seen=allow why='an engine without this operation' ;; esac
	elif denied "$1"; then
		seen=deny why="the proxy answered $status"
	elif [ "$status" = 503 ] && has '"message": *"(node is not part of a swarm|Podman does not support service: )'; then
		seen=allow why='the engine answered 503'
	elif [ "$status" = 404 ] && has '^Not Found|^No such container|"message": *"(page not found|Path /)'; then
		seen=allow why='the engine answered 404'
	fi
}

# check ID EXPECTED PLACE METHOD PATH TYPE BODY compares one operation. It is asked for with one version after
# another for as long as it is denied; "partly" is let through by some names alone.
check() {
	n=$((n + 1))
	for version in $versions; do
		[ "$version" = none ] && version=''
		send "$4" "$version$5" "$6" "$7"
		classify "$4"
		[ "$seen" = deny ] || break
	done
	if [ -n "$status" ]; then silent=0; else silent=$((silent + 1)); fi
	[ "$silent" -lt 3 ] || bail '3 requests in a row had no answer'
	expected=$2
	if [ "$expected" = partly ]; then
		expected=allow
		[ "$seen" = deny ] && seen='' why='it is let through for some clients, or by some ids, names or versions alone'
	fi
	[ -n "$expected" ] || why='the files do not say what it is to be'
	if [ -z "$seen" ] || [ -z "$expected" ]; then
		unknown=$((unknown + 1))
		printf 'ok %s - %s # SKIP %s\n' "$n" "$1" "$why"
	elif [ "$seen" = "$expected" ]; then
		printf 'ok %s - %s\n' "$n" "$1"
	else
		differs=$((differs + 1))
		printf 'not ok %s - %s\n  ---\n  expected: %s\n  seen: %s\n  why: %s\n  at: %s\n  ...\n' "$n" "$1" "$expected" "$seen" "$why" "$3"
	fi
}

end() {
	printf '# %s agree, %s differ, %s could not be told\n' "$((n - differs - unknown))" "$differs" "$unknown"
	[ "$differs" -eq 0 ] || exit 1
	[ "$unknown" -eq 0 ] || exit 2
	exit 0
}

# bail WHY ends it all.
bail() {
	printf 'Bail out! %s\n' "$1"
	exit 2
}

n=0 differs=0 unknown=0 silent=0 podman='' limit=''
command -v timeout >/dev/null && limit='timeout 10' # for what begins an answer and does not end it
echo "composelint: asking $host:$port for the operations of the Docker API; what it denies is in its log, with the User-Agent composelint-verify: tell whoever watches it" >&2
echo 'TAP version 14'
case $host in '' | -*) bail 'the host cannot be one that nc takes for an option' ;; esac
case $port in '' | *[!0-9]*) bail 'the port is no number' ;; esac
command -v nc >/dev/null || bail 'there is no nc here'
send GET /_ping '' ''
if [ -z "$status" ]; then
	bail "nothing answers at $host:$port"
fi
classify GET # which tells Podman
