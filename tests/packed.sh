# To be sourced, from the root of the tree: packs the packages into $work/packages and makes $work/nuget.config, for programs in $work. They
# begin with an empty cache. What is noisy goes to $log, which is shown if a script fails.
work=$(mktemp -d)
log=$work/log
trap 'code=$?; [ $code -eq 0 ] || cat "$log"; rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

echo "Packing"
bash nuget/pack.sh "$work/packages" 0.1.0 > "$log" 2>&1

# Our packages come from the folder, all others from the registry.
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
