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

    /// <summary>Chosen with --validate, as were the columns.</summary>
    private static readonly Network _outlook = new("Lstm", new LstmLayer(32))
    {
        Epochs = 15,
        LearningRate = 5e-3f,
        Schedule = LearningRateSchedule.OneCycle,
    };

    public string Name => "bikes";

    public string Description =>
        "Forecasts the rentals of the next hour from the last 24: root mean squared error of each system beside the forecasts "
        + "'as the last hour' and 'as yesterday'; with what is known of that hour; and of two kinds of users with one network.";

    public string DataSet => "fc-bike-sharing";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        BikeSplit split = BikeSplit.Read(new MLContext(), folder, settings.Validate);
        double lastHour = split.RootMeanSquaredError(window => window.LastHour);
        double yesterday = split.RootMeanSquaredError(window => window.Yesterday);
        return
        [
            new("as the last hour", lastHour, "F1") { How = $"{split.Windows.Test.Length} hours" },
            new("as yesterday", yesterday, "F1") { How = "the same hour, the same rows" },
            .. _systems.Select(system => Measure(
                system, Bar.Below(Math.Min(lastHour, yesterday)), settings, bars, options => Error(options, split.Windows))),
            MeasureOutlook(split, settings, bars),
            .. new TwoTargets(_outlook with { Epochs = 25 }, split.Outlooks).Measure(settings, bars),
        ];
    }

    private static Figure MeasureOutlook(BikeSplit split, RunSettings settings, TrainingBars bars) => Measure(
        _outlook with { Name = "Lstm, the next hour known" }, Bar.Below(44), settings, bars,
        options => Error(BikeOutlook.SetColumns(options, "Label"), split.Outlooks));

    private static Figure Measure(
        Network system, Bar limit, RunSettings settings, TrainingBars bars, Func<RecurrentOptions, double> error)
    {
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add(system.Name, seeds.Length);
        double[] errors = [.. seeds.Select(seed => error(system.Options(settings, seed, bar)))];
        return new(system.Name, errors.Average(), "F1") { Bar = limit, How = $"{system.Describe(settings)}; {Spread.Of(errors, "F1")}" };
    }

    private static double Error<T>(RecurrentOptions options, BikeRows<T> rows)
        where T : class
    {
        var ml = new MLContext(options.Seed);
        ITransformer model = ml.Regression.Trainers.Recurrent(options).Fit(ml.Data.LoadFromEnumerable(rows.Training));
        return ml.Regression.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(rows.Test))).RootMeanSquaredError;
    }
}
