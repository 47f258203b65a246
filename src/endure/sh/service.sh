# Sections of scripts/endure: the ticket service.

# serve STOCK OPTION...: starts a service, and sets pid and url.
serve() {
  local stock=$1
  shift
  # The address must not be read from the log of the service before.
  rm -f "$work/serve.err"
  scripts/ticket-sim serve --cold --embedded --stock "$stock" --port 0 --out "$work/runs" "$@" >"$work/serve.out" 2>"$work/serve.err" &
  pid=$!
  await "the service answers" grep -q 'POST http' "$work/serve.err"
  url=$(sed -n 's|.*POST \(http://[^/]*\)/buy.*|\1|p' "$work/serve.err")
}

# serve_again STOCK RECORDS WHEN: the same on the records of those before it.
serve_again() {
  serve "$1" --records "$2"
  # Drivers and native libraries have nothing to say.
  ! grep -v ' INFO ServiceLog - ' "$work/serve.err" || fail "$3: not quiet but for its log"
  all_recorded "$1" "$3"
}

# all_recorded STOCK WHEN: nothing that was acknowledged is lost, and no purchase is recorded twice.
all_recorded() {
  local found=$work/found
  records >"$found"
  [ "$(sort "$found" | uniq -d | wc -l)" -eq 0 ] || fail "$2: a purchase is recorded twice"
  [ "$(sort "$acknowledged.all" | comm -23 - <(sort "$found") | wc -l)" -eq 0 ] || fail "$2: an acknowledged purchase is lost"
  [ "$(grep -c '"result":"true"' "$found")" -le "$1" ] || fail "$2: more was sold than there was"
}

records() { get -H 'Accept: application/x-ndjson' "$url/records"; }

get() { curl -fsS --max-time $most_seconds_to_end "$@"; }

# storm_service: buyers who go on until they are killed, or the service is; sets storm_pid.
storm_service() {
  : >"$acknowledged"
  "${program[@]}" io.github.ticketsim.endure.PostStorm "$url/buy" 100000000 50 "$acknowledged" >/dev/null 2>&1 &
  storm_pid=$!
}

# acknowledges N: whether so many purchases were.
acknowledges() { [ "$(wc -l <"$acknowledged")" -gt "$1" ]; }

# A service on the same records is killed (SIGKILL) while it sells, and started again. The last one sells the rest.
kills() { kills_on "$1" "jdbc:sqlite:$work/kept.db"; }

kills_postgresql() {
  start_postgres
  kills_on "$1" "$postgres_url"
  stop_postgres
}

kills_on() {
  local n acknowledged=$work/acknowledged url storm_pid sold stock=$((2000 * ($1 + 1)))
  prepare_programs
  : >"$acknowledged.all"
  for n in $(seq "$1"); do
    serve_again $stock "$2" "before kill $n"
    storm_service
    await "purchases are acknowledged" acknowledges 500
    kill -9 "$pid"
    reap "the service that was killed" "$pid"
    pid=
    reap "the storm on it" "$storm_pid"
    cat "$acknowledged" >>"$acknowledged.all"
    sold=$(grep -c '"result":"true"' "$acknowledged") || fail "kill $n of $1 came when all was sold"
    echo "endure: kill $n of $1: $sold more sales acknowledged"
  done
  serve_again $stock "$2" "after $1 kills"
  timeout $most_seconds_to_work "${program[@]}" io.github.ticketsim.endure.PostStorm "$url/buy" $((stock + 1000)) 50 >/dev/null
  # What a killed service had taken and told nobody of is not sold again: 256 tickets at most.
  sold=$(records | grep -c '"result":"true"')
  [ "$sold" -le $stock ] && [ "$sold" -ge $((stock - 256 * $1)) ] || fail "after $1 kills: $sold of $stock sold"
  # To the end, or curl may fail.
  get "$url/verdict" | grep '"verdict" : "VALID"' >/dev/null || fail "after $1 kills: $(get "$url/verdict")"
  kill "$pid"
  ends 0 "the service"
  timeout $most_seconds_to_end scripts/ticket-sim report "$2" >/dev/null || fail "after $1 kills: report ended with $?"
}

# start_postgres [PORT]: sets postgres_pid, postgres_port and postgres_url.
start_postgres() {
  [ -f "$work/test-classpath" ] || timeout $most_seconds_to_work mvn -B exec:exec -Dexec.executable=echo -Dexec.args=%classpath -Dexec.classpathScope=test \
    -Dexec.outputFile="$work/test-classpath" >"$work/maven.log" 2>&1 || { cat "$work/maven.log" >&2; fail "Maven found no libraries of the tests"; }
  mkdir -p "$work/postgres-tmp"
  rm -f "$work/postgres.out"
  "$(scripts/find-jdk)/bin/java" -Djava.io.tmpdir="$work/postgres-tmp" -cp "$(cat "$work/test-classpath")" \
    src/endure/java/io/github/ticketsim/endure/Postgres.java "$work/postgres" "$@" >"$work/postgres.out" 2>"$work/postgres.err" &
  postgres_pid=$!
  await "PostgreSQL is ready" grep -q '^ready ' "$work/postgres.out"
  postgres_port=$(sed -n 's/^ready //p' "$work/postgres.out")
  postgres_url="jdbc:postgresql://127.0.0.1:$postgres_port/postgres?user=postgres"
}

stop_postgres() {
  kill "$postgres_pid"
  reap "PostgreSQL" "$postgres_pid"
  postgres_pid=
}

# disturb_postgres KIND: while the service sells.
disturb_postgres() {
  case $1 in
    killed)
      kill -9 "$postgres_pid"
      reap "PostgreSQL" "$postgres_pid"
      signal_postgres KILL
      await "all of PostgreSQL is dead" sh -c "! pgrep -f '^postgres: |$work/[p]ostgres '"
      rm -f "$work/postgres/epg-lock"
      start_postgres "$postgres_port"
      ;;
    stopped-for-*)
      signal_postgres STOP
      sleep "${1#stopped-for-}"
      signal_postgres CONT
      ;;
  esac
}

# PostgreSQL fails while a service sells, and returns. The service refuses meanwhile, and then sells the rest.
outages() {
  local n kind acknowledged=$work/acknowledged url storm_pid sold stock=20000 before
  local kinds=(killed stopped-for-3 stopped-for-30)
  prepare_programs
  for n in $(seq "$1"); do
    kind=${kinds[$(((n - 1) % ${#kinds[@]}))]}
    rm -rf "$work/postgres"
    start_postgres
    serve $stock --records "$postgres_url"
    storm_service
    await "purchases are acknowledged" acknowledges 500
    disturb_postgres "$kind"
    before=$(wc -l <"$acknowledged")
    [ "$before" -lt $stock ] || fail "outage $n, $kind, came when all was sold"
    await "purchases are acknowledged again" acknowledges $((before + 500))
    await "all is sold" grep -q '"result":"false"' "$acknowledged"
    kill "$storm_pid"
    reap "the storm" "$storm_pid"
    # Its last line may be cut off.
    sed -n '/}$/p' "$acknowledged" >"$acknowledged.all"
    all_recorded $stock "outage $n, $kind"
    kill "$pid"
    ends 0 "the service after outage $n, $kind,"
    sold=$(head -1 "$work/serve.out")
    timeout $most_seconds_to_end scripts/ticket-sim report --out "$work/runs" >"$work/report.out" || fail "outage $n, $kind: report of the run ended with $?"
    [ "$(head -1 "$work/report.out")" = "$sold" ] || fail "outage $n, $kind: the saved run says something else"
    timeout $most_seconds_to_end scripts/ticket-sim report "$postgres_url" >"$work/report.out" || fail "outage $n, $kind: report of the records ended with $?"
    [ "$(head -1 "$work/report.out")" = "$sold" ] || fail "outage $n, $kind: the records say something else"
    stop_postgres
    echo "endure: outage $n of $1, $kind: $before acknowledged before its end; $sold"
  done
}

# So many connections send nothing, and all buyers are served all the same; then each of the connections is.
idle() {
  local url most=$(($1 + 1000)) stock=5000
  [ "$(ulimit -Hn)" = unlimited ] || [ "$(ulimit -Hn)" -ge $most ] \
    || { echo "endure: idle $1: skipped, ulimit -Hn is $(ulimit -Hn), expected $most or more"; return; }
  prepare_programs
  ulimit -Sn "$(ulimit -Hn)"
  serve $stock --idle-timeout 10m
  timeout $most_seconds_to_work "${program[@]}" io.github.ticketsim.endure.IdleConnections "$1" "$url/buy" $((2 * stock)) 50 >"$work/idle.out"
  grep -qx "\[200\] $((2 * stock)) responses" "$work/idle.out" && grep -qx "\[idle\] $1 responses" "$work/idle.out" \
    || { cat "$work/idle.out" "$work/serve.err" >&2; fail "idle $1: not all were served"; }
  kill "$pid"
  ends 0 "the service with $1 idle connections"
  echo "endure: $1 idle connections, $(head -1 "$work/idle.out"); $(head -1 "$work/serve.out")"
}
