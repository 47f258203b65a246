# What the sections of scripts/endure share.
most_seconds_to_start=60
most_seconds_to_end=120
# To serve all buyers, or to build something.
most_seconds_to_work=900
work=$(mktemp -d)
tmp=$work/tmp
mkdir "$tmp"
pid=
server_pid=
postgres_pid=
disk=
program=()

clean_up() {
  status=$?
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
  [ -z "$postgres_pid" ] || end_postgres || true
  [ -z "$disk" ] || umount -l "$disk" || true
  rm -rf "$work"
  exit $status
}
trap clean_up EXIT

# prepare_programs: compiles src/endure/java, and sets the command that runs one of it by its name.
prepare_programs() {
  [ ${#program[@]} -eq 0 ] || return 0
  local jdk jar=target/ticket-sim-cli.jar
  jdk=$(scripts/find-jdk)
  # Postgres needs the libraries of the tests, and is compiled with them where it is run.
  find src/endure/java -name '[A-Z]*.java' ! -name Postgres.java -exec "$jdk/bin/javac" -d "$work/classes" -cp $jar {} +
  program=("$jdk/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED -cp "$work/classes:$jar")
}

# signal_postgres SIGNAL: sends it to all processes of PostgreSQL.
signal_postgres() {
  local main
  main=$(head -1 "$work/postgres/postmaster.pid")
  # shellcheck disable=SC2046
  kill -s "$1" "$main" $(pgrep -P "$main") 2>/dev/null || true
}

end_postgres() {
  signal_postgres CONT
  kill "$postgres_pid"
  over "$postgres_pid" || kill -9 "$postgres_pid"
} 2>/dev/null

# over PID: waits until the process has ended, but not for long.
over() { timeout $most_seconds_to_end tail -s 0.1 --pid="$1" -f /dev/null; }

# reap WHAT PID: the same, and sets ended to its exit code.
reap() {
  ended=0
  over "$2" || fail "$1 did not end within $most_seconds_to_end s"
  wait "$2" 2>/dev/null || ended=$?
}

fail() {
  echo "endure: FAILED: $1" >&2
  exit 1
}

# await WHAT COMMAND...: until the command succeeds.
await() {
  local what=$1 deadline=$((SECONDS + most_seconds_to_start))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || fail "waited in vain until $what"
    sleep 0.1
  done
}

# ends EXPECTED WHAT: waits for the process that was started, and compares its exit code with those that may be.
ends() {
  reap "$2" "$pid"
  pid=
  case " $1 " in
    *" $ended "*) ;;
    *) cat "$work/storm.out" "$work/storm.err" >&2; fail "$2 ended with $ended, expected $1" ;;
  esac
}

nothing_left_behind() {
  await "$1 leaves no process behind" sh -c "! pgrep -f $work/[t]mp/"
  await "$1 leaves no file behind" sh -c "[ -z \"\$(ls -A $tmp)\" ]"
}

# redis PORT COMMAND...: one command in Redis' inline form over a socket of bash's own.
redis() {
  local port=$1 reply
  shift
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return
  printf '%s\r\n' "$*" >&3
  read -r -t 10 reply <&3 || return
  # A bulk reply has its length first, or less than none.
  case $reply in
    \$-*) ;;
    \$*) read -r -t 10 reply <&3 || return ;;
  esac
  exec 3>&-
  echo "${reply%$'\r'}"
}

# selling PORT STOCK: whether some of it is sold, and not all.
selling() {
  local left
  left=$(redis "$1" GET ticket:stock) 2>/dev/null && [ "$left" -lt "$2" ] && [ "$left" -gt 0 ]
}

# serve_redis PORT: starts one, and sets server_pid.
serve_redis() {
  rm -f "$work/redis.out"
  JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$tmp" scripts/ticket-sim redis --port "$1" >"$work/redis.out" 2>/dev/null &
  server_pid=$!
  await "Redis is ready" grep -q ready "$work/redis.out"
}

# signal_redis PORT SIGNAL: sends it to the server, not to the ticket-sim that started it.
signal_redis() {
  kill -s "$2" "$(pgrep -f "^$tmp/.*redis-server 127.0.0.1:$1")"
}

