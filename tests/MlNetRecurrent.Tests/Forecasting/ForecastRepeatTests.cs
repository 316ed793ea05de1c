using Microsoft.ML;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>The result depends on the seed and the data alone.</summary>
public sealed class ForecastRepeatTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_number_of_threads_changes_nothing_and_the_seed_does()
    {
        ForecastRow[] rows = ForecastRow.Generate(5, 40);
        float[] Train(int threads, int seed) => ForecastTraining.WeightsOf(ForecastTraining.Fit(
            _ml,
            ForecastTraining.With(options =>
            {
                (options.NumberOfThreads, options.Seed) = (threads, seed);
                options.Layers = [new LstmLayer(4) { Dropout = 0.2f }];
                options.KnownAheadColumnNames = ["Price"];
            }),
            rows));
        float[] expected = Train(1, 1);
        Assert.Equal(expected, Train(1, 1));
        Assert.Equal(expected, Train(2, 1));
        Assert.Equal(expected, Train(3, 1));
        Assert.NotEqual(expected, Train(1, 2));
    }

    [Fact]
    public void A_trainer_trains_the_same_network_again()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(ForecastRow.Generate(2, 30));
        ForecastTrainer trainer = _ml.Forecasting.Trainers.Recurrent(ForecastTraining.With(options => options.Seed = null));
        Assert.Equal(ForecastTraining.WeightsOf(trainer.Fit(data)), ForecastTraining.WeightsOf(trainer.Fit(data)));
    }

    [Fact]
    public void The_options_are_copied()
    {
        ForecastOptions options = ForecastTraining.Options();
        ForecastTrainer trainer = _ml.Forecasting.Trainers.Recurrent(options);
        (options.TargetColumnNames, options.Horizon) = (["Visits"], 9);
        Assert.Contains("Sales, 3 steps ahead", trainer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_reported_in_order()
    {
        var reports = new List<TrainingProgress>();
        ForecastTraining.Fit(
            _ml,
            ForecastTraining.With(options =>
            {
                (options.NumberOfEpochs, options.ValidationFraction) = (3, 0.2);
                options.Progress = new SynchronousProgress(reports.Add);
            }),
            ForecastRow.Generate(5, 40));
        Assert.Equal([1, 2, 3], reports.Where(report => report.IsEpochDone).Select(report => report.Epoch));
        Assert.Equal(reports.OrderBy(report => report.Epoch).ThenBy(report => report.Batch), reports);
        Assert.True(reports[^1].IsTrainingDone);
        Assert.All(reports.Where(report => report.IsEpochDone), report => Assert.True(report.ValidationLoss > 0));
    }
}
