#!/usr/bin/env bash
# What a user of the packages does: two fresh projects outside the tree, with nothing but the packed files and the public registry. One trains and saves, the other loads and predicts. Any warning is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
log=$work/log
trap 'code=$?; [ $code -eq 0 ] || cat "$log"; rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

echo "Packing"
bash nuget/pack.sh "$work/packages" 0.1.0 > "$log" 2>&1
unzip -p "$work/packages/MlNetRecurrent.0.1.0.nupkg" MlNetRecurrent.nuspec | grep -qF 'id="MlNetRecurrent.Engine" version="[0.1.0]"' || { echo "The packages do not ask for exactly each other's version."; exit 1; }

# The projects begin with an empty cache. Our packages come from the folder, all others from the registry.
export NUGET_PACKAGES=$work/cache
cat > "$work/nuget.config" <<CONFIG
<configuration>
  <packageSources>
    <clear />
    <add key="packed" value="$work/packages" />
    <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
  </packageSources>
  <packageSourceMapping>
    <packageSource key="packed"><package pattern="MlNetRecurrent*" /></packageSource>
    <packageSource key="nuget.org"><package pattern="*" /></packageSource>
  </packageSourceMapping>
</configuration>
CONFIG

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
