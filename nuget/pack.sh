#!/usr/bin/env bash
# Packs MlNetRecurrent, MlNetRecurrent.Engine and MlNetRecurrent.Onnx, with their symbols, to a folder: nuget/pack.sh FOLDER [VERSION]
# Without a version, the number of commits is its last part: NuGet keeps what it once had of a version, so that another commit needs another one.
set -euo pipefail
folder=$(mkdir -p "${1:?the folder for the packages}" && cd "$1" && pwd)
cd "$(dirname "$0")/.."
version=${2:-}
if [ -z "$version" ]; then
  [ "$(git rev-parse --is-shallow-repository)" = false ] || { echo "This clone does not know how many commits there are: name a version."; exit 1; }
  version=0.1.$(git rev-list --count HEAD)
fi
for project in src/*/; do
  dotnet pack "$project" -c Release -o "$folder" -nologo -v q -warnaserror -p:ContinuousIntegrationBuild=true -p:Version="$version"
done
ls "$folder"
