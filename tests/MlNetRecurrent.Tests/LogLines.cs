using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRecurrent.Tests;

/// <summary>What a context writes to its log.</summary>
internal sealed class LogLines
{
    private readonly List<string> _infos = [], _warnings = [];

    public LogLines(MLContext ml) => ml.Log += (_, message) =>
    {
        if (message.Kind is ChannelMessageKind.Info or ChannelMessageKind.Warning)
            (message.Kind == ChannelMessageKind.Info ? _infos : _warnings).Add(message.RawMessage);
    };

    public IReadOnlyList<string> Infos => _infos;

    public IReadOnlyList<string> Warnings => _warnings;
}
