namespace MlNetRecurrent.Sequences;

/// <summary>The rows of a pass that are left out since their group or order is missing.</summary>
/// <param name="drop">Whether such rows are left out; they are refused otherwise.</param>
internal sealed class MissingRows(bool drop)
{
    /// <summary>Rows that are left out so far.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a row that is left out.</summary>
    /// <param name="refusal">Makes the exception if such rows are refused.</param>
    public void Add(Func<InvalidOperationException> refusal)
    {
        if (!drop)
            throw refusal();
        Count++;
    }

    /// <summary>Writes to the log, at the end of a pass, how many there were.</summary>
    /// <param name="environment">The environment with the log.</param>
    /// <param name="component">The transform, as the log shows it.</param>
    /// <param name="what">The missing value, for the message.</param>
    public void Report(IChannelProvider environment, string component, string what)
    {
        if (Count == 0)
            return;
        using IChannel channel = environment.Start(component);
        channel.Info(MessageSensitivity.Schema, "{0} rows without {1} are left out.", Count, what);
        Count = 0;
    }
}
