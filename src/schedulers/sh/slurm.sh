# shellcheck shell=bash disable=SC2154 # scripts/schedulers says what is there.
# A cluster of one node, which runs each part as a task of an array.

node=$(hostname -s)
me=$(id -un)
pids=()
array=

bring_up() {
  local command needed=()
  for command in munged slurmctld slurmd sbatch squeue scancel scontrol; do
    PATH=$PATH:/usr/sbin command -v $command >/dev/null || needed+=("$command")
  done
  [ ${#needed[@]} -eq 0 ] || missing "${needed[*]} not on PATH; install them (apt install slurmctld slurmd slurm-client munge)"
  PATH=$PATH:/usr/sbin
  # Built, and its fast starts prepared, before anything is timed.
  scripts/ticket-sim version >/dev/null

  scripts/ticket-sim redis --port "$port" >"$work/redis.log" 2>&1 &
  pids+=($!)
  mkdir "$work/state" "$work/spool" "$work/log"
  head -c 128 /dev/urandom >"$work/munge.key"
  chmod 600 "$work/munge.key"
  munged --foreground --key-file="$work/munge.key" --socket="$work/munge.socket" --pid-file="$work/munged.pid" \
    --log-file="$work/log/munged" --seed-file="$work/munge.seed" >"$work/log/munged.out" 2>&1 &
  pids+=($!)
  cat >"$work/slurm.conf" <<END
ClusterName=ticket-sim
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$((port + 10000))
SlurmdPort=$((port + 10001))
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
END
  export SLURM_CONF=$work/slurm.conf
  await 20 test -S "$work/munge.socket"
  slurmctld -D >"$work/log/slurmctld" 2>&1 &
  pids+=($!)
  slurmd -D >"$work/log/slurmd" 2>&1 &
  pids+=($!)
  await 30 node_is_idle
  await 60 grep -q ready "$work/redis.log"
}

node_is_idle() { [ "$(sinfo -h -o %t)" = idle ]; }

# start OPTIONS...
start() {
  cat >"$work/storm" <<END
#!/bin/sh
#SBATCH --array=0-2
#SBATCH --nodes=1
#SBATCH --no-requeue
#SBATCH --output=$work/%a.out
exec scripts/ticket-sim storm --rendezvous redis://127.0.0.1:$port/1 --upload redis://127.0.0.1:$port/1 \\
  --redis redis://127.0.0.1:$port --out $work/runs --quiet $*
END
  array=$(sbatch --parsable "$work/storm")
}

# As if its machine were lost; without --batch, even KILL begins with a TERM.
kill_part() { scancel --batch --signal=KILL "${array}_$1"; }

ended() { [ -z "$(squeue -h -j "$array" -t PENDING,RUNNING,COMPLETING 2>/dev/null)" ]; }

# exit_code PART
exit_code() { scontrol -o show job "${array}_$1" | sed -n 's/.* ExitCode=\([0-9]*\):.*/\1/p'; }

report() { cat "$work/0.out"; }

remove() { rm -f "$work"/*.out; }

bring_down() {
  local pid
  [ -z "$array" ] || scancel "$array" 2>/dev/null || true
  # The daemons of Slurm before the one that proves who asks, and the Redis last.
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    pid=${pids[i]}
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}
