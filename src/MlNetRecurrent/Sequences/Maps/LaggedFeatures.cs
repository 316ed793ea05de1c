using System.Globalization;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Concatenates the features of earlier steps: y[t] = (x[max(0, t - lag)] for each lag).</summary>
internal sealed record LaggedFeatures : SequenceMap
{
    /// <summary>The largest number of lags. Each one is a copy of all features.</summary>
    public const int MostLags = 1 << 12;

    public required int[] Lags { get; init; }

    protected override void ValidateSequence()
    {
        if (Lags.Length is 0 or > MostLags)
            throw Damaged($"it has {Lags.Length} lags");
        if (Array.Exists(Lags, lag => lag is < 0 or > TransformFile.MostSteps))
            throw Damaged($"a lag is {Array.Find(Lags, lag => lag is < 0 or > TransformFile.MostSteps)}");
    }

    protected override long FeaturesOf(int features) => (long)features * Lags.Length;

    protected override void Apply(ReadOnlySpan<float> input, int features, Span<float> output)
    {
        for (int t = 0, place = 0; (long)t * features < input.Length; t++)
        {
            foreach (int lag in Lags)
            {
                input.Slice(Math.Max(0, t - lag) * features, features).CopyTo(output[place..]);
                place += features;
            }
        }
    }

    protected override string[] NameSlots(StepColumn column, int steps, int features)
    {
        string[] names = column.SlotNames;
        int ofInput = column.Features;
        return [.. Enumerable.Range(0, steps).SelectMany(t => Lags.SelectMany(lag => NamesOfStep(t, lag)))];

        IEnumerable<string> NamesOfStep(int t, int lag) => Enumerable.Range(0, ofInput).Select(i => Name(names[t * ofInput + i], lag));
    }

    private static string Name(string name, int lag) =>
        lag == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{lag}");
}
