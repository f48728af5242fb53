#!/usr/bin/env bash
# Runs the platform on this machine, or talks to it; see usage below.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"

usage() {
  cat << 'USAGE'
./run.sh [--port N] [--data DIR]
    Installs what this machine lacks (and says what and why), builds when sources have changed, starts every service, and prints
    one line with the URL and how to sign in when all of them are healthy. Ctrl+C stops everything.

./run.sh talk FILE.wav [--agent NAME] [--out reply.wav] [--json] [--url URL --key KEY]
    Plays FILE.wav, in real time, as the microphone of a conversation over the public realtime endpoint; prints what was understood,
    the reply and the latency of each stage. --out keeps the reply's audio, --json prints one object instead. Talks to the platform
    that runs, or starts one for the time of the conversation. Agents: receptionist (default), interpreter, companion.

./run.sh replay SESSION [--agent VERSION] [--json] [--url URL --key KEY]
    Holds a logged session of the platform that runs again, in virtual time, and shows what went otherwise: turns, replies, latencies.
    --agent asks the real model as that version of the agent.

./run.sh credentials [--data DIR]
    Prints the administrator's password and the API key that were made up at first start.

./run.sh reset [--data DIR]
    Forgets all state: database, recordings, secrets, logs.

Options, for every command:
    --port N     the public port (default 8080; or VOICE_PORT). 0 is any free one.
    --data DIR   where state is kept (default .data; or VOICE_DATA). With both, several copies run side by side.

Logs are in DIR/logs, what runs now is in DIR/run.json. Cloud providers and other settings: README.md.
USAGE
}

fail() { printf '%s\n' "$@" >&2; exit 1; }

command=start data=${VOICE_DATA:-$here/.data} port=${VOICE_PORT:-} url=${VOICE_URL:-} file= rest=()
case ${1:-} in
  talk | replay | reset | credentials) command=$1; shift ;;
  help) command=help; shift ;;
esac
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) command=help ;;
    --data | --port) [ $# -gt 1 ] || fail "$1 needs a value."
      if [ "$1" = --data ]; then data=$2; else port=$2; fi
      shift ;;
    --data=*) data=${1#*=} ;;
    --port=*) port=${1#*=} ;;
    *) [ $command = talk ] || [ $command = replay ] || fail "'$1' is not understood here." "" "$(usage)"
      rest+=("$1")
      case $1 in
        --url=*) url=${1#*=} ;;
        --url | --key | --agent | --out) [ $# -gt 1 ] || fail "$1 needs a value."
          [ "$1" != --url ] || url=$2
          rest+=("$2")
          shift ;;
        -*) ;;
        *) file=$1 ;;
      esac ;;
  esac
  shift
done
data=$(realpath -m "$data")

running() { [ -e "$data/lock" ] && ! flock --nonblock "$data/lock" true; }
secret() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$data/secrets.json"; }

# Whoever runs from the built files keeps eng/build from writing over them; the lock goes with the process.
prepare() {
  "$here/eng/install" run
  "$here/eng/build"
  exec 9> "$here/.tools/in-use"
  flock --shared 9
}

talk() {
  prepare >&2
  if [ -n "$url" ]; then
    exec dotnet "$here/clients/cli/bin/Release/net10.0/voice.dll" talk "${rest[@]}" --data "$data"
  fi
  local own=
  if ! running; then
    echo "No platform runs on $data: starting one for this conversation ..." >&2
    mkdir -p "$data"
    (umask 077; : > "$data/talk.log")   # the password of a first start is in it
    dotnet "$here/AppHost/bin/Release/net10.0/AppHost.dll" --data "$data" --port "${port:-0}" > "$data/talk.log" 2>&1 < /dev/null &
    own=$!
    trap 'stop_own' EXIT
  fi
  stop_own() { [ -z "$own" ] || { kill -TERM "$own" 2> /dev/null && wait "$own" 2> /dev/null; own=; } || true; }
  local waited=0
  until grep -q '"healthy": true' "$data/run.json" 2> /dev/null; do
    if [ -n "$own" ] && ! kill -0 "$own" 2> /dev/null; then
      tail -n 20 "$data/talk.log" >&2
      own=
      fail "The platform could not be started."
    fi
    [ $waited -lt 1200 ] || fail "The platform on $data is not healthy; see $data/logs."
    sleep 0.1
    waited=$((waited + 1))
  done
  local code=0
  dotnet "$here/clients/cli/bin/Release/net10.0/voice.dll" talk "${rest[@]}" --data "$data" || code=$?
  stop_own
  exit $code
}

case $command in
  help) usage ;;
  start)
    ! running || fail "The platform already runs on $data: $(sed -n 's/^ *"url": "\(.*\)",$/\1/p' "$data/run.json" | head -n 1)" "For a second copy: ./run.sh --port N --data DIR"
    prepare
    exec dotnet "$here/AppHost/bin/Release/net10.0/AppHost.dll" --data "$data" ${port:+--port "$port"}
    ;;
  talk)
    [ -n "$file" ] || fail "Which recording? ./run.sh talk FILE.wav"
    [ -r "$file" ] || fail "There is no recording $file."
    talk
    ;;
  replay)
    [ -n "$file" ] || fail "Which session? ./run.sh replay SESSION"
    [ -n "$url" ] || running || fail "No platform runs on $data: ./run.sh starts one, and its sessions are what can be replayed."
    prepare >&2
    exec dotnet "$here/clients/cli/bin/Release/net10.0/voice.dll" replay "${rest[@]}" --data "$data"
    ;;
  credentials)
    [ -e "$data/secrets.json" ] || fail "There are none yet: ./run.sh makes them up at first start."
    echo "E-mail    admin@localhost"
    echo "Password  $(secret admin-password)"
    echo "API key   $(secret seed-api-key)"
    ;;
  reset)
    ! running || fail "The platform runs on $data. Stop it first."
    [ -e "$data/lock" ] || fail "There is no state in $data."
    rm -rf "$data"
    echo "Forgotten: $data"
    ;;
esac
