#!/usr/bin/env bash
# Runs every sample by the one command of its README, each with a time limit, and says how long it took. A sample that does not hold what it says ends with an error.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
limit=300
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# A web service does not end by itself: it is asked once, and stopped.
ask_service() {
  local address=http://127.0.0.1:5080
  setsid "$@" --urls "$address" > "$work/service.log" 2>&1 &
  local service=$!
  trap 'kill -- -$service 2> /dev/null' RETURN
  for _ in $(seq $limit); do
    curl -sf "$address/health" > /dev/null && break
    kill -0 $service 2> /dev/null || { cat "$work/service.log"; return 1; }
    sleep 1
  done
  curl -sf "$address/predict" -H 'Content-Type: application/json' -d '{"text": "A wonderful film, I loved it."}' && echo
}

# Samples write into the current folder, which must not be the tree.
cd "$work"
for readme in "$root"/samples/*/README.md; do
  sample=$(basename "$(dirname "$readme")")
  [ -f "$root/samples/$sample/Program.cs" ] || continue
  command=$(awk '/^```sh$/ { inside = 1; next } /^```$/ { if (inside) exit } inside' "$readme")
  read -ra words <<< "${command//samples\//$root/samples/}"
  echo "+ $command"
  begin=$SECONDS
  if [ "$sample" = WebService ]; then ask_service "${words[@]}" --; else timeout $limit "${words[@]}"; fi || { echo "The sample $sample failed."; failed=1; }
  echo "$sample took $((SECONDS - begin)) s"
done
echo "All samples took $SECONDS s"
exit $failed
