# Sections of scripts/endure: storms.

# Storms of all kinds leave nothing behind: no process, no temporary file.
storms() {
  local n options ended
  local kinds=("" "--pipeline" "--strategy lua" "--fault drop-reply:#17 --timeout 500ms" "--fault kill@5% --persistence everysec"
    "--fault failover@5% --wait-replicas 1" "--rate 2k --duration 1s")
  for n in $(seq "$1"); do
    options=${kinds[$((n % ${#kinds[@]}))]}
    ended=0
    # shellcheck disable=SC2086
    JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$tmp" timeout $most_seconds_to_end scripts/ticket-sim storm --embedded --stock 1000 $options --out "$work/runs" \
      >"$work/storm.out" 2>"$work/storm.err" || ended=$?
    [ "$ended" -eq 0 ] || { cat "$work/storm.out" "$work/storm.err" >&2; fail "storm $n $options ended with $ended, expected 0"; }
    nothing_left_behind "storm $n $options"
    echo "endure: storm $n of $1 left nothing behind: ${options:-as it is}"
  done
}

# Each signal lets a storm end with a verdict and a saved run, which report finds the same of: before the first sale,
# and in the middle of the sale.
signals() {
  local n signal moment out port
  for n in $(seq "$1"); do
    for signal in INT TERM HUP; do
      for moment in before within; do
        out=$work/signalled-$n-$signal-$moment
        # What runs in the background ignores SIGINT, and under nohup SIGHUP too.
        JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$tmp" env --default-signal=INT,HUP scripts/ticket-sim storm --embedded --stock 10k \
          --rate 500 --duration 60s --out "$out" >"$work/storm.out" 2>"$work/storm.err" &
        pid=$!
        await "the storm is about to begin" sh -c "ls -d $out/*-decr"
        if [ $moment = within ]; then
          port=$(sed -n 's/.*port=\([0-9]*\).*/\1/p' "$tmp"/ticket-sim-redis-*/log | head -1)
          await "something is sold" selling "$port" 10000
        fi
        kill -s "$signal" "$pid"
        ends 130 "a storm after SIG$signal"
        timeout $most_seconds_to_end scripts/ticket-sim report --out "$out" >"$work/report.out" || true
        [ "$(head -1 "$work/storm.out")" = "$(head -1 "$work/report.out")" ] || fail "after SIG$signal report says something else"
        [ $moment = before ] || grep -q '"outcome":"sold"' "$out/latest/history.ndjson" || fail "after SIG$signal no sale is saved"
        nothing_left_behind "a storm after SIG$signal"
        echo "endure: SIG$signal $n of $1, $moment the sale: $(head -1 "$work/report.out")"
      done
    done
  done
}

# disrupt KIND PORT: does it to a Redis that sells, and sets which exit codes of the storm are right then.
disrupt() {
  case $1 in
    killed)
      allowed=3
      signal_redis "$2" KILL
      ;;
    restarted)
      # Empty, so what is refused is refused wrongly; unless the storm is over before it is back.
      allowed="1 3"
      signal_redis "$2" KILL
      reap "the Redis that was killed" "$server_pid"
      serve_redis "$2"
      ;;
    frozen)
      allowed=0
      signal_redis "$2" STOP
      signal_redis "$2" CONT
      ;;
    frozen-for-long)
      allowed="0 3"
      signal_redis "$2" STOP
      sleep 2 # longer than the timeout of the storm
      signal_redis "$2" CONT
      ;;
    hung-up)
      allowed="0 3"
      redis "$2" CLIENT KILL TYPE normal >/dev/null
      ;;
    out-of-memory)
      allowed=3
      redis "$2" CONFIG SET maxmemory 1 >/dev/null
      ;;
    out-of-memory-for-a-while)
      allowed="0 3"
      redis "$2" CONFIG SET maxmemory 1 >/dev/null
      redis "$2" CONFIG SET maxmemory 0 >/dev/null
      ;;
    deposed)
      allowed=3
      redis "$2" REPLICAOF 127.0.0.1 1 >/dev/null
      ;;
    deposed-for-a-while)
      allowed=3
      redis "$2" REPLICAOF 127.0.0.1 1 >/dev/null
      redis "$2" REPLICAOF NO ONE >/dev/null
      ;;
  esac
}

# undone HISTORY: 1 if the replies show that a sale was undone, else 0. Each value is one execution, so none may be there
# twice, and none below what is left.
undone() {
  awk '
    match($0, /"value":-?[0-9]+/) && /"outcome":"sold/ {
      value = substr($0, RSTART + 8, RLENGTH - 8) + 0
      if (seen[value]++) twice = 1
      if (!any++ || value < least) least = value
    }
    /"type":"end"/ && match($0, /"left":-?[0-9]+/) { left = substr($0, RSTART + 7, RLENGTH - 7) + 0; known = 1 }
    END { print (twice || (known && any && least < left)) ? 1 : 0 }' "$1"
}

# A failover drill of a private topology is INVALID if a sale was undone, and VALID if none was.
drills() {
  local n kind topology fault options out expected
  local kinds=("cluster failover" "cluster failover:force" "cluster failover:kill" "sentinel failover" "sentinel failover:kill")
  local manners=("" "--pipeline")
  for n in $(seq "$1"); do
    kind=${kinds[$((n % ${#kinds[@]}))]}
    read -r topology fault <<<"$kind"
    options=${manners[$((n / ${#kinds[@]} % ${#manners[@]}))]}
    out=$work/drill-$n
    # shellcheck disable=SC2086
    JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$tmp" timeout $most_seconds_to_end scripts/ticket-sim storm --embedded --topology "$topology" \
      --fault "$fault@30%" --stock 7k --rate 2k --duration 8s --timeout 15s $options --out "$out" \
      >"$work/storm.out" 2>"$work/storm.err" &
    pid=$!
    reap "drill $n $kind" "$pid"
    pid=
    [ -f "$out/latest/history.ndjson" ] || { cat "$work/storm.err" >&2; fail "drill $n $kind saved no history"; }
    expected=$(undone "$out/latest/history.ndjson")
    [ "$ended" -eq "$expected" ] || { cat "$work/storm.out" >&2; fail "drill $n $kind $options ended with $ended, its replies say $expected"; }
    nothing_left_behind "drill $n $kind"
    echo "endure: drill $n of $1, $kind${options:+, $options}: $(head -1 "$work/storm.out")"
    rm -rf "$out"
  done
}

# A Redis that fails in the middle of a sale makes no storm hang, say something false or leave anything behind.
disruptions() {
  local n kind options port out allowed ended
  local kinds=(killed restarted frozen frozen-for-long hung-up out-of-memory out-of-memory-for-a-while deposed deposed-for-a-while)
  # Of many who watch a key at once all but one try again, which takes long on a busy machine.
  local manners=("" "--pipeline" "--strategy lua" "--strategy watch --pool 4")
  for n in $(seq "$1"); do
    kind=${kinds[$((n % ${#kinds[@]}))]}
    options=${manners[$((n / ${#kinds[@]} % ${#manners[@]}))]}
    port=$((20000 + RANDOM % 10000))
    out=$work/disrupted-$n
    serve_redis $port
    # shellcheck disable=SC2086
    JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$tmp" timeout $most_seconds_to_end scripts/ticket-sim storm --redis redis://127.0.0.1:$port \
      --stock 3000 --rate 1k --duration 6s --timeout 1s $options --out "$out" >"$work/storm.out" 2>"$work/storm.err" &
    pid=$!
    await "something is sold" selling $port 2900
    disrupt "$kind" $port
    ends "$allowed" "storm $n $options, $kind,"
    kind="$kind${options:+, $options}"
    set -- "$1" "$ended"
    ended=0
    timeout $most_seconds_to_end scripts/ticket-sim report --out "$out" >"$work/report.out" || ended=$?
    [ "$ended" -eq "$2" ] || fail "storm $n $kind ended with $2, and its report with $ended"
    kill "$server_pid" 2>/dev/null || true
    reap "Redis" "$server_pid"
    server_pid=
    nothing_left_behind "storm $n $kind"
    echo "endure: disruption $n of $1, $kind: $2, $(head -1 "$work/storm.out")"
  done
}

