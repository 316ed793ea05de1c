using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent.Engine.Tests.Forecasting;

/// <summary>A network that forecasts one value for some steps ahead, and series whose values follow from known ones.</summary>
internal static class ForecastCase
{
    public const int Horizon = 3, Known = 2;

    public static NetworkDefinition Definition { get; } = new()
    {
        Features = 1,
        Layers = [new LstmDefinition(9)],
        EveryStep = true,
        Outputs = Horizon,
        Head = HeadDefinition.Value,
        Decoder = new(Horizon, Known, 20),
    };

    /// <summary>
    /// Series in which value[t] = |known[t, 0]| + value[t - 1] / 2. The label of a step is the values of the next ones. Some labels and
    /// known values are missing.
    /// </summary>
    public static SequenceSet Series(int count, int longest, double missing = 0)
    {
        var random = new Random(1);
        var data = new SequenceSet(Definition.ExampleFields);
        for (int i = 0; i < count; i++)
        {
            int steps = random.Next(longest + 1);
            float[] known = [.. Enumerable.Range(0, (steps + Horizon) * Known).Select(_ => 2 * random.NextSingle() - 1)];
            var values = new float[steps + Horizon];
            for (int t = 0; t < values.Length; t++)
                values[t] = Math.Abs(known[t * Known]) + (t > 0 ? values[t - 1] / 2 : 0);
            data.AddField(values.AsSpan(0, steps));
            data.AddField(Omit(known));
            data.Complete(Omit([.. Enumerable.Range(0, steps).SelectMany(t => values[(t + 1)..(t + 1 + Horizon)])]));
        }
        return data;

        float[] Omit(float[] numbers) => [.. numbers.Select(number => random.NextDouble() < missing ? float.NaN : number)];
    }

    /// <summary>Some steps of each sequence, as far as it has them.</summary>
    public static SequenceSet Cut(SequenceSet series, int start, int steps)
    {
        var cut = new SequenceSet(series.Fields);
        for (int i = 0; i < series.Count; i++)
        {
            int from = Math.Min(start, series.Length(i)), count = Math.Min(steps, series.Length(i) - from);
            cut.AddField(series.Values(i).Slice(from, count));
            cut.AddField(series.Values(i, 1).Slice(from * Known, (count + Horizon) * Known));
            cut.Complete();
        }
        return cut;
    }
}
