namespace MlNetRecurrent.Reproductions.Running;

/// <summary>What the command line says of a run.</summary>
/// <param name="NumberOfSeeds">How many trainings, or null where the experiment knows.</param>
/// <param name="Quick">Whether the run is to see only that everything works.</param>
/// <param name="Validate">Whether a part of the training data takes the place of the test data.</param>
internal sealed record RunSettings(int? NumberOfSeeds, bool Quick, bool Validate)
{
    /// <summary>Whether the figures are those that have bars to reach.</summary>
    public bool HasBars => !Quick && !Validate;

    public int[] Seeds(int standard) => [.. Enumerable.Range(1, NumberOfSeeds ?? (Quick ? 1 : standard))];

    public int Epochs(int standard) => Quick ? Math.Max(1, standard / 5) : standard;
}
