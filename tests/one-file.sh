#!/usr/bin/env bash
# The programs of one file, run as README and tour say, in a folder outside the tree, with the packed packages: the quick start, and all
# blocks of the tour. They print what stands there, and no warning.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/packed.sh

# blocks FILE LANGUAGE: the text of all fenced blocks of a language
blocks() { awk -v fence="\`\`\`$2" '$0 == "```" { inside = 0 } inside; $0 == fence { inside = 1 }' "$1"; }

# check NAME: runs $work/NAME.cs and compares what it prints with $work/NAME.expected
check() {
  echo "dotnet run $1.cs"
  (cd "$work" && dotnet run "$1.cs") > "$work/$1.printed" 2>> "$log"
  # Without fused multiply-add the last digits differ.
  if grep -qw fma /proc/cpuinfo; then diff <(grep . "$work/$1.expected") <(grep . "$work/$1.printed") || { echo "$1.cs prints something else."; exit 1; }; fi
}

directives=$(grep '^#:' README.md)
{ echo "$directives"; cat samples/QuickStart/Program.cs; } > "$work/minute.cs"
blocks README.md text | grep -v '^#:' > "$work/minute.expected"
check minute
blocks samples/Tour.md csharp > "$work/tour.cs"
blocks samples/Tour.md text > "$work/tour.expected"
check tour
if grep -iE "warning|^warn" "$log" "$work"/*.printed | grep -vE "0 Warning\(s\)|RecurrentWarning"; then
  echo "There are warnings."
  exit 1
fi
echo "The programs of one file restore, build, train and print what README and tour show."
