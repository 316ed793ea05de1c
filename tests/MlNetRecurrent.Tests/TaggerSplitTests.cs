using Microsoft.ML;

namespace MlNetRecurrent.Tests;

public sealed class TaggerSplitTests
{
    private const int Rows = 100;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Tagged_sequences_are_set_aside_whatever_their_labels()
    {
        // Each sequence begins with a label of its own: were they parts of classes by that, as many as chance has it would be set aside.
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows)
            .Select(i => new Tagged { Features = [i, 1], Label = [$"label {i}", "other"] }));
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        for (int seed = 1; seed <= 5; seed++)
        {
            RecurrentOptions options = Example.QuickOptions();
            options.NumberOfEpochs = 1;
            options.NumberOfFeatures = 1;
            options.ValidationFraction = 0.2;
            options.Seed = seed;
            Assert.Equal(0.8 * Rows, _ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(data).Training.Sequences, 1e-9);
        }
    }

    private sealed class Tagged
    {
        public float[] Features { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}
