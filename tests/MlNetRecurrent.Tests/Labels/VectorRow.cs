using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>A sequence with labels of several values, of the sequence and of its steps.</summary>
internal sealed class VectorRow
{
    /// <summary>The slots of the vector of values.</summary>
    public static readonly string[] Names = ["Sum", "Last"];

    [VectorType(0, 2)]
    public float[] Features { get; set; } = [];

    /// <summary>A thousand times the mean of the first feature.</summary>
    public float Sum { get; set; }

    /// <summary>A thousandth of the last value of the second feature, beside 5.</summary>
    public float Last { get; set; }

    /// <summary>Whether the mean of the first feature is above 0.</summary>
    public bool Sign { get; set; }

    /// <summary>In which third of its range the mean of the first feature lies.</summary>
    [KeyType(3)]
    public uint Third { get; set; }

    /// <summary>Whether the mean of the first feature is above 0, and whether the last value of the second is.</summary>
    [VectorType(2)]
    public bool[] Signs { get; set; } = [];

    /// <summary>The same as numbers.</summary>
    [VectorType(2)]
    public float[] Numbers { get; set; } = [];

    /// <summary>The mean of the first feature so far.</summary>
    public float[] Means { get; set; } = [];

    /// <summary>Whether the second feature is larger than a step before.</summary>
    public bool[] Rises { get; set; } = [];

    public static VectorRow[] Generate(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int steps = random.Next(3, 7);
            double level = 2 * random.NextDouble() - 1;
            float[] first = [.. Enumerable.Range(0, steps).Select(_ => (float)(level + 0.2 * random.NextDouble() - 0.1))];
            float[] second = [.. Enumerable.Range(0, steps).Select(_ => 2 * random.NextSingle() - 1)];
            return new VectorRow
            {
                Features = [.. first.Zip(second).SelectMany(step => new[] { step.First, step.Second })],
                Sum = 1000 * first.Average(),
                Last = second[^1] / 1000 + 5,
                Sign = first.Average() > 0,
                Third = (uint)Math.Clamp(1.5 * (first.Average() + 1), 0, 2),
                Signs = [first.Average() > 0, second[^1] > 0],
                Numbers = [first.Average() > 0 ? 1 : 0, second[^1] > 0 ? 1 : 0],
                Means = [.. first.Select((_, t) => first[..(t + 1)].Average())],
                Rises = [.. second.Select((value, t) => t > 0 && value > second[t - 1])],
            };
        })];
    }

    /// <summary>A view of rows, in which <c>Rates</c> is the vector of the two values, with their names.</summary>
    public static IDataView View(MLContext ml, IEnumerable<VectorRow> rows)
    {
        IDataView view = ml.Data.LoadFromEnumerable(rows.ToArray());
        return ml.Transforms.Concatenate("Rates", Names).Fit(view).Transform(view);
    }

    /// <summary>A short training without anything that the trainer adds.</summary>
    public static RecurrentOptions Options(string label, int epochs = 3) => new RecurrentOptions
    {
        LabelColumnName = label,
        Layers = [new GruLayer(12)],
        NumberOfEpochs = epochs,
        LearningRate = 0.01f,
        AllowLabelInFeatures = true,
        Seed = 1,
    }.Planned();

    /// <summary>The slot names of a column.</summary>
    public static string[] SlotsOf(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
