#!/usr/bin/env bash
# Writes the public API baseline anew from what the compiler finds: nuget/api/PROJECT/PublicAPI.Unshipped.txt, one line a member.
# The build checks the API against it (RS0016, RS0017). Read the difference before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
# What the compiler says is read below.
export DOTNET_CLI_UI_LANGUAGE=en
for folder in nuget/api/*/; do
  project=$(basename "$folder")
  baseline=$folder/PublicAPI.Unshipped.txt
  # What does not compile leaves the baseline as it was.
  cp "$baseline" "$baseline.before"
  trap 'mv -f "$baseline.before" "$baseline"' EXIT
  echo '#nullable enable' > "$baseline"
  found=$(dotnet build "src/$project" --no-incremental -p:TreatWarningsAsErrors=false -v q -nologo -tl:off 2>&1) || { echo "$found"; exit 1; }
  # Only what is said of this project, not of those that it references.
  sed -nE "s/.*RS0016: Symbol '(.*)' is not part of the declared public API.*\/$project\.csproj\]$/\1/p" <<< "$found" | LC_ALL=C sort -u > "$baseline.members"
  cat "$baseline.members" >> "$baseline"
  rm "$baseline.members"
  if [ "$(wc -l < "$baseline")" -le 1 ] && [ "$(wc -l < "$baseline.before")" -gt 1 ]; then echo "$project: no public member was found."; exit 1; fi
  trap - EXIT
  rm "$baseline.before"
  echo "$project: $(($(wc -l < "$baseline") - 1)) public members"
done
