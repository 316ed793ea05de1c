#!/usr/bin/env bash
# Kills trainings at random moments, lets them go on, and compares the results with that of a training that was left alone. One half are
# classifiers, one half taggers with a CRF, characters and static columns.
# usage: tests/kill-9.sh [TIMES]   how many trainings of each kind are killed (20), each of them once to three times
set -euo pipefail
cd "$(dirname "$0")/.."
times=${1:-20}
program=tests/MlNetRecurrent.Tests.Trainings/bin/Release/net10.0/MlNetRecurrent.Tests.Trainings.dll
[ -f "$program" ] || dotnet build -c Release tests/MlNetRecurrent.Tests.Trainings -v q -nologo
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
checkpoint=$folder/training.ckpt
RANDOM=1

# check NAME OPTION...: the options choose the training
check() {
  local name=$1 begin expected found milliseconds pid wait i j killed=0 resumed=0
  shift
  rm -f "$folder"/*
  begin=$(date +%s%N)
  expected=$(dotnet "$program" resume "$checkpoint" "$@" 2>/dev/null)
  milliseconds=$((($(date +%s%N) - begin) / 1000000))
  echo "$name, left alone: $expected, in $milliseconds ms"
  for ((i = 1; i <= times; i++)); do
    rm -f "$folder"/*
    for ((j = 0; j <= RANDOM % 3; j++)); do
      dotnet "$program" resume "$checkpoint" "$@" >/dev/null 2>&1 &
      pid=$!
      wait=$((400 + RANDOM % (milliseconds - 400)))
      sleep "$(printf '%d.%03d' $((wait / 1000)) $((wait % 1000)))"
      if kill -9 "$pid" 2>/dev/null; then killed=$((killed + 1)); fi
      wait "$pid" 2>/dev/null || true
    done
    found=$(dotnet "$program" resume "$checkpoint" "$@" 2>"$folder/log") || { cat "$folder/log"; echo "training $i does not go on"; exit 1; }
    if grep -q 'goes on' "$folder/log"; then resumed=$((resumed + 1)); fi
    [ "$found" = "$expected" ] || { echo "training $i: $found, expected $expected"; exit 1; }
  done
  [ "$killed" -gt 0 ] && [ "$resumed" -gt 0 ] || { echo "no training was killed and went on: $killed, $resumed"; exit 1; }
  echo "$times trainings, killed $killed times, of which $resumed went on from a checkpoint: all ended as the one that was left alone"
}

check classifier
check tagger --tag
