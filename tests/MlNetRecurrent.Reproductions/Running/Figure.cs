namespace MlNetRecurrent.Reproductions.Running;

/// <summary>A line of a table of results.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">What came out.</param>
/// <param name="Format">How value and bar are written, as <see cref="double.ToString(string)"/> takes it.</param>
internal sealed record Figure(string Name, double Value, string Format)
{
    public Bar? Bar { get; init; }

    /// <summary>How it came about: the network, its training, the spread over the seeds.</summary>
    public string How { get; init; } = "";
}
