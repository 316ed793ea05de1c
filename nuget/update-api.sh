#!/usr/bin/env bash
# Writes the public API baseline anew from what the compiler finds: nuget/api/PROJECT/PublicAPI.Unshipped.txt, one line a member.
# The build checks the API against it (RS0016, RS0017). Read the difference before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
for folder in nuget/api/*/; do
  project=$(basename "$folder")
  baseline=$folder/PublicAPI.Unshipped.txt
  cp "$baseline" "$baseline.before"
  echo '#nullable enable' > "$baseline"
  # What does not compile leaves the baseline as it was.
  found=$(dotnet build "src/$project" --no-incremental -p:TreatWarningsAsErrors=false -v q -nologo -tl:off 2>&1) || { echo "$found" | grep ": error" | sort -u; mv "$baseline.before" "$baseline"; exit 1; }
  rm "$baseline.before"
  # Only what is said of this project, not of those that it references.
  sed -nE "s/.*RS0016: Symbol '(.*)' is not part of the declared public API.*\/$project\.csproj\]$/\1/p" <<< "$found" | LC_ALL=C sort -u > "$baseline.members"
  cat "$baseline.members" >> "$baseline"
  rm "$baseline.members"
  echo "$project: $(($(wc -l < "$baseline") - 1)) public members"
done
