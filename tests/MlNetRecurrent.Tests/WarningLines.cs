using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRecurrent.Tests;

/// <summary>The warnings in the log of a context.</summary>
internal static class WarningLines
{
    public static List<string> Of(MLContext ml)
    {
        var lines = new List<string>();
        ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                lines.Add(message.RawMessage);
        };
        return lines;
    }
}
