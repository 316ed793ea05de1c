#!/usr/bin/env bash
# What a user of the packages does: two fresh projects outside the tree, with nothing but the packed files and the public registry. One trains and saves, the other loads and predicts. Any warning is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/packed.sh
unzip -p "$work/packages/MlNetRecurrent.0.1.0.nupkg" MlNetRecurrent.nuspec | grep -qF 'id="MlNetRecurrent.Engine" version="[0.1.0]"' || { echo "The packages do not ask for exactly each other's version."; exit 1; }

# A fresh console project with packages, whose program is a file: create NAME FILE PACKAGE...
create() {
  local name=$1 program=$2
  shift 2
  echo "A fresh project with $*"
  {
    dotnet new console -f net10.0 -o "$work/$name" --no-restore
    for package in "$@"; do dotnet add "$work/$name" package "$package"; done
    cp "$program" "$work/$name/Program.cs"
    dotnet build "$work/$name" -c Release -warnaserror
  } >> "$log" 2>&1
}

create Trainer samples/QuickStart/Program.cs MlNetRecurrent
(cd "$work" && dotnet Trainer/bin/Release/net10.0/Trainer.dll) 2>&1 | tee "$work/trained"
create Predictor tests/Consumer/Predict.cs MlNetRecurrent MlNetRecurrent.Onnx Microsoft.ML.OnnxRuntime
(cd "$work" && dotnet Predictor/bin/Release/net10.0/Predictor.dll sensors.zip) 2>> "$log" | tee "$work/predicted"

if grep -iE "warning|^warn" "$log" | grep -v "0 Warning(s)"; then
  echo "There are warnings."
  exit 1
fi
grep -qxF "the first sensor leads" "$work/trained" && grep -qxF "the first sensor leads" "$work/predicted" || { echo "A program does not tell which sensor leads."; exit 1; }
grep -qxF "OnnxRuntime says the same: True" "$work/predicted" || { echo "OnnxRuntime says something else."; exit 1; }
echo "The packages restore, train, save, load and predict in fresh projects."
