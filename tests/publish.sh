#!/usr/bin/env bash
# A program with the packed packages, published as the guide says: as a single file that is trimmed, and as one that is compiled ahead of
# time. Both train, resume, save and load as the program that is not published: the scores and the contents of the model files are the same.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/packed.sh
project=$work/Published
runtime=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')

# train NAME COMMAND...: trains in the folder NAME
train() {
  mkdir "$work/$1"
  "${@:2}" "$work/$1" train > "$work/$1.printed" 2>> "$log"
}

# publish NAME OPTION...: publishes, trains, and scores the models of the program that is not published
publish() {
  local name=$1 begin=$SECONDS
  echo "dotnet publish ${*:2}"
  dotnet publish "$project" -c Release -r "$runtime" -o "$work/out-$name" "${@:2}" > "$work/$name.log" 2>&1 || { cat "$work/$name.log"; exit 1; }
  # ML.NET and the packages that it needs have warnings of trimming. Ours have none.
  if grep warning "$work/$name.log" | grep -vE "IL2104: Assembly '(Microsoft\.ML|Newtonsoft|System\.CodeDom)"; then echo "There are warnings."; exit 1; fi
  train "$name" "$work/out-$name/Published"
  diff "$work/plain.printed" "$work/$name.printed" || { echo "Published as $name it prints something else."; exit 1; }
  for model in "$work"/plain/*.zip; do
    cmp <(unzip -p "$model") <(unzip -p "$work/$name/${model##*/}") || { echo "A model of $name is another."; exit 1; }
  done
  "$work/out-$name/Published" "$work/plain" load > "$work/$name.loaded" 2>> "$log"
  diff "$work/plain.loaded" "$work/$name.loaded" || { echo "Published as $name it scores saved models otherwise."; exit 1; }
  echo "$name: $(($(stat -c %s "$work/out-$name/Published") >> 20)) MiB, published and run in $((SECONDS - begin)) s"
}

{
  dotnet new console -f net10.0 -o "$project" --no-restore
  dotnet add "$project" package MlNetRecurrent.Onnx
  cp tests/Consumer/Published.cs "$project/Program.cs"
  dotnet build "$project" -c Release -warnaserror
} >> "$log" 2>&1
train plain dotnet "$project/bin/Release/net10.0/Published.dll"
cat "$work/plain.printed"
grep -qx "a save failed: True, the old file is whole: True" "$work/plain.printed"
dotnet "$project/bin/Release/net10.0/Published.dll" "$work/plain" load > "$work/plain.loaded" 2>> "$log"

publish trimmed -p:PublishSingleFile=true -p:PublishTrimmed=true
size=$(stat -c %s "$work/out-trimmed/Published")
[ "$size" -lt $((40 << 20)) ] || { echo "The trimmed program has $size bytes."; exit 1; }
publish compiled --self-contained false -p:PublishSingleFile=true -p:PublishReadyToRun=true
echo "Published programs train, resume, save, load and score as any other."
