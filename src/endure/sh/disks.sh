# Section of scripts/endure: file systems that take no more.

# mount_disk OPTIONS: one in memory, and sets disk.
mount_disk() {
  disk=$work/disk
  mkdir -p "$disk"
  mount -t tmpfs -o "$1" tmpfs "$disk"
}

unmount_disk() {
  umount "$disk"
  disk=
}

# refused COMMAND...: runs it, which must end with 4 and one line on stderr that names disk or option; "saved" is what stdout
# must not say then.
refused() {
  "$@" >"$work/storm.out" 2>"$work/storm.err" &
  pid=$!
  ends 4 "$kind"
  [ "$(wc -l <"$work/storm.err")" -eq 1 ] && grep -qF -e "$disk" -e --records "$work/storm.err" && ! grep -F 'saved ' "$work/storm.out" | grep -qF "$disk" \
    || { cat "$work/storm.out" "$work/storm.err" >&2; fail "$kind: not one line that names the disk, or called saved"; }
  [ -z "$(find "$disk" -name '*.part*')" ] || fail "$kind: a part is left: $(ls -R "$disk")"
}

# What is called saved on a file system that is full or read-only is saved, and the exit code says that the rest is not.
disks() {
  local n kind url acknowledged=$work/acknowledged storm_pid before stock=20000
  local kinds=(full-runs read-only-runs full-witness read-only-witness full-records-of-a-storm full-records-of-a-service
    read-only-records)
  local storm=(scripts/ticket-sim storm --embedded --stock 1000 --threads 5000)
  local witness=(scripts/ticket-sim report src/test/resources/histories/counter-conservation-left-above-a-reply-bad.ndjson)
  [ "$(id -u)" -eq 0 ] && mount_disk size=64k 2>/dev/null || { disk=; echo "endure: disks: skipped, file systems cannot be mounted here"; return; }
  unmount_disk
  prepare_programs
  for n in $(seq "$1"); do
    kind=${kinds[$(((n - 1) % ${#kinds[@]}))]}
    case $kind in
      full-records-of-a-storm) mount_disk size=300k ;;
      full-*) mount_disk size=1m ;;
      read-only-*) mount_disk ro ;;
    esac
    case $kind in
      full-runs)
        dd if=/dev/zero of="$disk/filler" bs=1k count=900 status=none
        refused "${storm[@]}" --out "$disk/runs"
        grep -q '^VALID' "$work/storm.out" && [ -z "$(ls "$disk/runs")" ] || fail "$kind: no verdict, or a run that is not whole"
        ;;
      read-only-runs) refused "${storm[@]}" --out "$disk/runs" ;;
      full-witness)
        echo older >"$disk/witness"
        dd if=/dev/zero of="$disk/filler" bs=1k status=none 2>/dev/null || true
        refused "${witness[@]}" --witness "$disk/witness"
        [ "$(cat "$disk/witness")" = older ] || fail "$kind: the older witness is lost"
        ;;
      read-only-witness) refused "${witness[@]}" --witness "$disk/witness" ;;
      full-records-of-a-storm) refused "${storm[@]}" --out "$work/runs" --records "jdbc:sqlite:$disk/kept.db" ;;
      read-only-records) refused scripts/ticket-sim serve --embedded --stock 10 --port 0 --out "$work/runs" --records "jdbc:sqlite:$disk/kept.db" ;;
      full-records-of-a-service)
        serve $stock --records "jdbc:sqlite:$disk/kept.db"
        storm_service
        await "the disk is full" grep -q 'full' "$work/serve.err"
        before=$(wc -l <"$acknowledged")
        mount -o remount,size=64m "$disk"
        await "purchases are acknowledged again" acknowledges $((before + 500))
        await "all is sold" grep -q '"result":"false"' "$acknowledged"
        kill "$storm_pid"
        reap "the storm" "$storm_pid"
        sed -n '/}$/p' "$acknowledged" >"$acknowledged.all"
        all_recorded $stock "$kind"
        kill "$pid"
        ends 0 "the service after its disk was full"
        timeout $most_seconds_to_end scripts/ticket-sim report "jdbc:sqlite:$disk/kept.db" >"$work/report.out" || fail "$kind: report ended with $?"
        ;;
    esac
    unmount_disk
    echo "endure: disk $n of $1, $kind: $ended, $(cat "$work/storm.err" "$work/serve.err" 2>/dev/null | head -1)"
    rm -f "$work/storm.err" "$work/serve.err"
  done
}
