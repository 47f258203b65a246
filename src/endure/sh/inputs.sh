# Sections of scripts/endure: what comes from outside.

hostile_http=(garbage half-a-reply endless-headers endless-body closes resets silent drips two-replies wrong-length two-lengths
  huge-chunk not-a-number)
hostile_redis=(endless-line endless-nesting endless-array too-large garbage half-a-reply closes resets silent wrong-type huge-length
  negative-length odd-error)

# Against servers that speak no decent HTTP, or at once or in mid-sale no decent Redis, a storm ends in bounded time and
# proves nothing.
hostile() {
  local n kind port kinds=() redis_port=$((20000 + RANDOM % 10000)) redis_pid target
  prepare_programs
  for n in "${!hostile_http[@]}"; do
    kinds+=("${hostile_redis[n]}-in-mid-sale" "http-${hostile_http[n]}" "${hostile_redis[n]}-at-once")
  done
  mkdir -p "$work/servers"
  tmp=$work/servers serve_redis $redis_port
  redis_pid=$server_pid
  "${program[@]}" io.github.ticketsim.endure.HostileServers $redis_port "${kinds[@]}" >"$work/hostile.out" &
  server_pid=$!
  await "the hostile servers listen" grep -q ready "$work/hostile.out"
  for n in $(seq "$1"); do
    kind=${kinds[$(((n - 1) % ${#kinds[@]}))]}
    port=$(sed -n "s/^$kind //p" "$work/hostile.out")
    target="--redis redis://127.0.0.1:$port --threads 2000 --pool 4"
    [ "${kind#http-}" = "$kind" ] || target="--target http://127.0.0.1:$port/buy --threads 20 --purchases 5"
    # shellcheck disable=SC2086
    JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$tmp" timeout $most_seconds_to_end scripts/ticket-sim storm $target --stock 1000 \
      --timeout 500ms --out "$work/runs" >"$work/storm.out" 2>"$work/storm.err" &
    pid=$!
    ends "3 4" "a storm on a server that is hostile ($kind)"
    ! grep -q '^	at ' "$work/storm.err" || { cat "$work/storm.err" >&2; fail "hostile ($kind): a stack trace"; }
    nothing_left_behind "hostile ($kind)"
    echo "endure: hostile $n of $1, $kind: $ended, $(cat "$work/storm.out" "$work/storm.err" | grep -v '^Picked up' | head -1)"
  done
  kill "$server_pid" "$redis_pid"
  reap "the hostile servers" "$server_pid"
  reap "their Redis" "$redis_pid"
  server_pid=
}

# Mutants of the histories of the tests: `report` ends with a verdict, or with one line.
histories() {
  prepare_programs
  timeout $((most_seconds_to_work + $1)) "${program[@]}" io.github.ticketsim.cli.MutatedHistories "$1" 42 "$work" src/test/resources/histories || fail "see above"
}

# A command line with one mistake in it does nothing, and one line names the mistake.
command_lines() {
  prepare_programs
  timeout $((most_seconds_to_work + $1)) "${program[@]}" io.github.ticketsim.cli.CommandLines "$1" 42 || fail "see above"
}
