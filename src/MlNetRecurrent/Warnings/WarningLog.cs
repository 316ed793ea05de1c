namespace MlNetRecurrent.Warnings;

/// <summary>Handles all warnings: writes them to the log of ML.NET, throws them, or ignores them, according to the policy.</summary>
/// <param name="environment">The environment that has the log.</param>
/// <param name="component">The name of the component in the log.</param>
/// <param name="policy">The policy of the component.</param>
internal sealed class WarningLog(IChannelProvider environment, string component, WarningPolicy policy)
{
    /// <summary>The switch of <see cref="AppContext"/> that turns the warnings of a whole program into errors.</summary>
    public const string SwitchName = "MlNetRecurrent.TreatWarningsAsErrors";

    /// <param name="kind">The kind of the warning. Its name is appended to the message.</param>
    /// <param name="sensitivity">The kind of user data that the message can contain.</param>
    /// <param name="message">One or more complete sentences.</param>
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
