using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Benchmarks.Systems;

/// <summary>
/// The cost of the six systems as the catalogs make them: their parameters, and the time of an epoch beside that of an Elman network.
/// </summary>
internal static class SystemCosts
{
    private const int Features = 16, Units = 64, StepsOfAll = 100_000, Epochs = 6;

    private static readonly (string Name, RecurrentLayer[] Layers)[] _systems =
    [
        ("ElmanRnn", [new ElmanLayer(Units)]),
        ("StackRnn", [new StackLayer(Units)]),
        ("Gru", [new GruLayer(Units)]),
        ("Lstm", [new LstmLayer(Units)]),
        ("DeepRnn, two of LSTM", [new LstmLayer(Units), new LstmLayer(Units)]),
        ("PyramidalRnn", [BothWays(timeReduction: 1), BothWays(timeReduction: 2), BothWays(timeReduction: 2)]),
        ("the same at full length", [BothWays(timeReduction: 1), BothWays(timeReduction: 1), BothWays(timeReduction: 1)]),
    ];

    public static IEnumerable<string> Run(int steps, int threads)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromEnumerable(Series.Generate(StepsOfAll / steps, steps));
        // The first one pays for code that is compiled meanwhile, so it is measured again.
        Measure(ml, data, _systems[0].Layers, threads);
        double elman = 0;
        foreach ((string name, RecurrentLayer[] layers) in _systems)
        {
            (double seconds, long parameters) = Measure(ml, data, layers, threads);
            if (elman == 0)
                elman = seconds;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, {steps} steps of {Features} features, {Units} units: {parameters} parameters, "
                + $"{seconds * 1000:F1} ms an epoch at best, {seconds / elman:F1} times that of ElmanRnn");
        }
    }

    private static LstmLayer BothWays(int timeReduction) => new(Units) { Bidirectional = true, TimeReduction = timeReduction };

    private static (double Seconds, long Parameters) Measure(MLContext ml, IDataView data, RecurrentLayer[] layers, int threads)
    {
        var epochs = new EpochTimes();
        // With these four set, nothing is added to the training that would take time.
        var options = new RecurrentOptions
        {
            Layers = layers,
            Pooling = SequencePooling.Last,
            NumberOfEpochs = Epochs,
            LearningRate = 1e-3f,
            Schedule = LearningRateSchedule.Constant,
            NumberOfThreads = threads,
            Seed = 1,
            Progress = epochs,
        };
        long parameters = ml.Regression.Trainers.Recurrent(options).Fit(data).NumberOfParameters;
        return (epochs.Best, parameters);
    }

    private sealed class Series
    {
        [VectorType(0, SystemCosts.Features)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public static Series[] Generate(int count, int steps)
        {
            var random = new Random(1);
            float[] Features() => [.. Enumerable.Range(0, steps * SystemCosts.Features).Select(_ => random.NextSingle())];
            return [.. Enumerable.Range(0, count).Select(_ => new Series { Features = Features(), Label = random.NextSingle() })];
        }
    }
}
