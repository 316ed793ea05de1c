#!/usr/bin/env bash
# Runs every sample by the one command of its README, each with a time limit, and says how long it took. A sample that does not hold what it says ends with an error.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
limit=300
work=$(mktemp -d)
running=
# Whatever runs when this ends, ends too.
trap '[ -z "$running" ] || kill -- -"$running" 2> /dev/null; rm -rf "$work"' EXIT
trap 'exit 143' TERM INT
command -v curl > /dev/null || { echo "curl is needed to ask the web service."; exit 1; }
failed=0

# A program in a process group of its own, with the time limit.
run() {
  setsid timeout $limit "$@" &
  running=$!
  wait $running
  local code=$?
  running=
  return $code
}

# A web service does not end by itself: it is asked once, and stopped.
ask_service() {
  setsid "$@" --urls http://127.0.0.1:0 > "$work/service.log" 2>&1 &
  running=$!
  local address= answer=
  for _ in $(seq $limit); do
    kill -0 $running 2> /dev/null || break
    address=$(sed -nE 's/.*Now listening on: (http:[^ ]+).*/\1/p' "$work/service.log")
    [ -n "$address" ] && curl -sf "$address/health" > /dev/null && break
    sleep 1
  done
  answer=$(curl -sf "$address/predict" -H 'Content-Type: application/json' -d '{"text": "A wonderful film, I loved it."}')
  kill -- -"$running" 2> /dev/null
  running=
  echo "$answer"
  [[ $answer == *'"label":"praise"'* ]] || { cat "$work/service.log"; return 1; }
}

# Samples write into the current folder, which must not be the tree.
cd "$work"
for readme in "$root"/samples/*/README.md; do
  sample=$(basename "$(dirname "$readme")")
  [ -f "$root/samples/$sample/Program.cs" ] || continue
  command=$(awk '/^```sh$/ { inside = 1; next } /^```$/ { if (inside) exit } inside' "$readme")
  read -ra words <<< "$command"
  for i in "${!words[@]}"; do
    [[ ${words[i]} != samples/* ]] || words[i]=$root/${words[i]}
  done
  echo "+ $command"
  begin=$SECONDS
  if [ "$sample" = WebService ]; then ask_service "${words[@]}" --; else run "${words[@]}"; fi || { echo "The sample $sample failed."; failed=1; }
  echo "$sample took $((SECONDS - begin)) s"
done
echo "All samples took $SECONDS s"
exit $failed
