# shellcheck shell=bash disable=SC2154 # scripts/schedulers says what is there.
# A swarm of one node, which runs each part as a task.

image=$2
redis_image=${TICKET_SIM_REDIS_IMAGE:-redis:7}
joined=
storm=
storms=0

bring_up() {
  command -v docker >/dev/null || missing "docker is not on PATH; install Docker (apt install docker.io)"
  docker version >/dev/null 2>&1 || missing "no Docker daemon answers: $(docker version 2>&1 | tail -n 1)"
  local state
  state=$(docker info -f '{{.Swarm.LocalNodeState}}')
  [ "$state" = inactive ] || missing "the Docker daemon is part of a swarm already ($state), expected none; leave it (docker swarm leave)"
  docker image inspect "$image" >/dev/null 2>&1 || missing "there is no image '$image'; build it, see src/main/docker/Dockerfile"
  docker image inspect "$redis_image" >/dev/null 2>&1 || docker pull -q "$redis_image" ||
    missing "there is no image '$redis_image'; set TICKET_SIM_REDIS_IMAGE to an image of Redis"

  joined=1
  docker swarm init --advertise-addr 127.0.0.1 >/dev/null
  docker network create --driver overlay shop >/dev/null
  # dnsrr, since the kernel may have no IPVS.
  docker service create --detach --quiet --no-resolve-image --name redis --network shop --endpoint-mode dnsrr \
    --publish "mode=host,published=$port,target=6379" "$redis_image" >/dev/null
  await 60 redis PING
}

# start OPTIONS...
# The first as a replicated job. Docker starts a task of a job that has failed again, whatever --restart-condition says,
# and so the others are services.
start() {
  storm=storm-$((++storms))
  local mode=replicated
  [ $storms -gt 1 ] || mode=replicated-job
  docker service create --detach --quiet --no-resolve-image --name "$storm" --network shop \
    --mode $mode --replicas 3 --restart-condition none \
    --env 'TICKET_SIM_TASK_SLOT={{.Task.Slot}}' --env TICKET_SIM_PARTS=3 "$image" \
    storm --rendezvous redis://redis/1 --upload redis://redis/1 --redis redis://redis --quiet "$@" >/dev/null
}

# of PART: its container. A job has the id of the node where 0 belongs, and a service has 3.
of() {
  docker ps -aq --filter "label=com.docker.swarm.service.name=$storm" |
    xargs -r docker inspect -f '{{index .Config.Labels "com.docker.swarm.task.name"}} {{.Id}}' |
    awk -v part="$1" '{ split($1, name, "."); if ((name[2] ~ /^[12]$/ ? name[2] : 0) == part) print $2 }'
}

# As if its machine were lost.
kill_part() { docker kill "$(of "$1")" >/dev/null; }

ended() {
  docker service ps --format '{{.CurrentState}}' "$storm" >"$work/states"
  [ "$(grep -cE '^(Complete|Failed|Rejected|Shutdown) ' "$work/states")" = 3 ]
}

# exit_code PART
exit_code() { docker inspect -f '{{.State.ExitCode}}' "$(of "$1")"; }

report() { docker logs "$(of 0)"; }

remove() { docker service rm "$storm" >/dev/null; }

bring_down() {
  [ -n "$joined" ] || return 0
  docker swarm leave --force >/dev/null 2>&1 || true
  docker ps -aq --filter label=com.docker.swarm.service.name | xargs -r docker rm -f >/dev/null 2>&1 || true
}
