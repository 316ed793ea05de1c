using Microsoft.ML.Runtime;

namespace MlNetRecurrent.Warnings;

/// <summary>The only way to warn: writes to ML.NET's log, throws, or keeps silent, as the policy says.</summary>
/// <param name="environment">The environment with the log.</param>
/// <param name="component">What warns, as the log shows it.</param>
/// <param name="policy">What becomes of a warning.</param>
internal sealed class WarningLog(IChannelProvider environment, string component, WarningPolicy policy)
{
    /// <summary>The switch of <see cref="AppContext"/> that makes the warnings of a whole program errors.</summary>
    public const string SwitchName = "MlNetRecurrent.TreatWarningsAsErrors";

    /// <param name="kind">The kind of the warning, whose name is appended to the message.</param>
    /// <param name="sensitivity">What of the user's data the message may contain.</param>
    /// <param name="message">One or more whole sentences.</param>
    /// <exception cref="InvalidOperationException">Warnings are errors, and this kind is not ignored.</exception>
    public void Warn(RecurrentWarning kind, MessageSensitivity sensitivity, string message)
    {
        if (policy.Ignored.Contains(kind))
            return;
        string text = $"{message} ({nameof(RecurrentWarning)}.{kind})";
        if (policy.TreatAsErrors || (AppContext.TryGetSwitch(SwitchName, out bool all) && all))
            throw new InvalidOperationException(text);
        using IChannel channel = environment.Start(component);
        channel.Warning(sensitivity, "{0}", text);
    }
}
