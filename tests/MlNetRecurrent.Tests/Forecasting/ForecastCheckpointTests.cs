using Microsoft.ML;

namespace MlNetRecurrent.Tests.Forecasting;

public sealed class ForecastCheckpointTests : IDisposable
{
    private static readonly ForecastRow[] _rows = ForecastRow.Generate(6, 40);

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void A_training_that_is_canceled_goes_on_to_the_same_weights_bit_for_bit(double validationFraction)
    {
        float[] expected = Train(options => options.ValidationFraction = validationFraction);
        foreach (int epoch in (int[])[1, 3])
        {
            void Checkpoint(ForecastOptions options)
            {
                options.ValidationFraction = validationFraction;
                options.CheckpointPath = Path.Combine(_folder, $"{epoch}.ckpt");
            }
            Assert.Throws<OperationCanceledException>(() => Interrupt(epoch, Checkpoint));
            int epochs = 0;
            float[] actual = Train(options =>
            {
                Checkpoint(options);
                options.Progress = new SynchronousProgress(progress => epochs += progress.IsEpochDone ? 1 : 0);
            });
            Assert.Equal(expected, actual);
            Assert.Equal(4 - epoch, epochs);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        string path = Path.Combine(_folder, "training.ckpt");
        Train(options => options.CheckpointPath = path);
        foreach (Action<ForecastOptions> change in (Action<ForecastOptions>[])
        [
            options => options.Horizon = 4,
            options => options.ContextLength = 9,
            options => options.Scaling = ForecastScaling.Standard,
            options => options.Quantiles = [0.3],
            options => options.Loss = ForecastLoss.AbsoluteError,
            options => options.TargetColumnNames = ["Visits"],
            options => options.PastColumnNames = ["Rain"],
            options => options.KnownAheadColumnNames = ["Price"],
            options => options.ValidationFraction = 0.1,
            options => options.Layers = [new GruLayer(5)],
            options => options.LearningRate = 0.5f,
            options => options.BatchSize = 3,
            options => options.Seed = 2,
        ])
        {
            Exception exception = Assert.Throws<InvalidOperationException>(() => Train(options =>
            {
                options.CheckpointPath = path;
                change(options);
            }));
            Assert.Contains("is of another training", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_canceled_training_can_keep_its_model()
    {
        List<string> warnings = LoggedWarnings.Of(_ml);
        ForecastTransformer model = Interrupt(2, options => options.KeepModelWhenCancelled = true);
        Assert.Equal(2, model.Training.Epochs);
        Assert.Contains(warnings, warning => warning.Contains("TrainingCancelled", StringComparison.Ordinal));
        Assert.All(ForecastTraining.Forecasts(_ml, model, _rows).SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ForecastTransformer Interrupt(int epoch, Action<ForecastOptions> change)
    {
        using var source = new CancellationTokenSource();
        return Fit(options =>
        {
            change(options);
            options.CancellationToken = source.Token;
            options.Progress = new SynchronousProgress(progress =>
            {
                if (progress.IsEpochDone && progress.Epoch >= epoch)
                    source.Cancel();
            });
        });
    }

    private float[] Train(Action<ForecastOptions> change) => ForecastTraining.WeightsOf(Fit(change));

    private ForecastTransformer Fit(Action<ForecastOptions> change) => ForecastTraining.Fit(
        _ml,
        ForecastTraining.With(options =>
        {
            (options.NumberOfEpochs, options.BatchSize) = (4, 4);
            change(options);
        }),
        _rows);
}
