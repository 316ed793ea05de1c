using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRecurrent.Tests;

/// <summary>The warnings that are written to the log of a context.</summary>
internal static class LoggedWarnings
{
    public static List<string> Of(MLContext ml)
    {
        var warnings = new List<string>();
        ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                warnings.Add(message.RawMessage);
        };
        return warnings;
    }
}
