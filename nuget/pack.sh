#!/usr/bin/env bash
# Packs MlNetRecurrent, MlNetRecurrent.Engine and MlNetRecurrent.Onnx, with their symbols, to a folder: nuget/pack.sh FOLDER
set -euo pipefail
folder=$(mkdir -p "${1:?the folder for the packages}" && cd "$1" && pwd)
cd "$(dirname "$0")/.."
for project in src/*/; do
  dotnet pack "$project" -c Release -o "$folder" -nologo -v q -warnaserror -p:ContinuousIntegrationBuild=true
done
ls "$folder"
