using System.Globalization;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Gives each step the features of earlier ones beside each other: y[t] = (x[t - lag] for each lag), where x[0] stands before the first step.</summary>
internal sealed record LaggedFeatures : SequenceMap
{
    public required int[] Lags { get; init; }

    public override void Validate()
    {
        if (Lags.Length == 0 || Array.Exists(Lags, lag => lag < 0))
            throw Damaged($"its lags are {string.Join(", ", Lags)}");
    }

    protected override int FeaturesOf(int features) => checked(features * Lags.Length);

    protected override void Apply(ReadOnlySpan<float> input, int features, Span<float> output)
    {
        for (int t = 0, place = 0; t * features < input.Length; t++)
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
        return [.. Enumerable.Range(0, steps).SelectMany(t => Lags.SelectMany(lag => Enumerable.Range(0, ofInput).Select(i => Name(names[t * ofInput + i], lag))))];
    }

    private static string Name(string name, int lag) => lag == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{lag}");
}
