using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Bikes;

/// <summary>How many bikes are hired in the next hour.</summary>
internal sealed class BikesExperiment : IExperiment
{
    /// <summary>Chosen with --validate.</summary>
    private static readonly Network[] _systems =
    [
        new("ElmanRnn", new ElmanLayer(32)) { Epochs = 15, LearningRate = 2e-3f },
        new("Lstm", new LstmLayer(32)) { Epochs = 15, LearningRate = 3e-3f },
        new("Gru", new GruLayer(32)) { Epochs = 15, LearningRate = 3e-3f },
        new("DeepRnn", new LstmLayer(32), new GruLayer(32)) { Epochs = 6, LearningRate = 3e-3f },
        new("PyramidalRnn", new LstmLayer(32) { Bidirectional = true }, new LstmLayer(32) { Bidirectional = true, TimeReduction = 2 })
        {
            Epochs = 6,
            LearningRate = 3e-3f,
        },
        new("StackRnn", new StackLayer(32) { StackSize = 32 }) { Epochs = 15, LearningRate = 1e-2f },
    ];

    public string Name => "bikes";

    public string Description =>
        "Forecasts the hires of the next hour from the last 24: root mean squared error of each system "
        + "beside the forecasts 'as the last hour' and 'as yesterday'.";

    public string DataSet => "fc-bike-sharing";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        BikeSplit split = BikeSplit.Read(new MLContext(), folder, settings.Validate);
        double lastHour = split.RootMeanSquaredError(window => window.LastHour);
        double yesterday = split.RootMeanSquaredError(window => window.Yesterday);
        return
        [
            new("as the last hour", lastHour, "F1") { How = $"{split.Test.Length} hours" },
            new("as yesterday", yesterday, "F1") { How = "the same hour, the same rows" },
            .. _systems.Select(system => Measure(system, split, Bar.Below(Math.Min(lastHour, yesterday)), settings, bars)),
        ];
    }

    private static Figure Measure(Network system, BikeSplit split, Bar limit, RunSettings settings, TrainingBars bars)
    {
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add(system.Name, seeds.Length);
        double[] errors = [.. seeds.Select(seed => Error(system.Options(settings, seed, bar), split))];
        return new(system.Name, errors.Average(), "F1") { Bar = limit, How = $"{system.Describe(settings)}; {Spread.Of(errors, "F1")}" };
    }

    private static double Error(RecurrentOptions options, BikeSplit split)
    {
        var ml = new MLContext(options.Seed);
        ITransformer model = ml.Regression.Trainers.Recurrent(options).Fit(ml.Data.LoadFromEnumerable(split.Training));
        return ml.Regression.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(split.Test))).RootMeanSquaredError;
    }
}
