using System.Reflection;
using Microsoft.ML;

namespace MlNetRecurrent.Tests;

public sealed class CancellationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancelled_training_may_return_the_best_weights_so_far(bool byContext)
    {
        const int lastEpoch = 7;
        using var source = new CancellationTokenSource();
        var losses = new List<double>();
        var log = new List<string>();
        _ml.Log += (_, message) => log.Add(message.Message);
        RecurrentOptions options = Options();
        options.KeepModelWhenCancelled = true;
        options.CancellationToken = source.Token;
        options.Progress = new SynchronousProgress(progress =>
        {
            if (!progress.IsEpochDone)
                return;
            losses.Add(progress.ValidationLoss!.Value);
            if (progress.Epoch == lastEpoch && byContext)
                Cancel(_ml);
            else if (progress.Epoch == lastEpoch)
                source.Cancel();
        });
        RecurrentTransformer model = Fit(options);
        Assert.Equal(
            (lastEpoch, losses.IndexOf(losses.Min()) + 1, losses.Min()),
            (model.Training.Epochs, model.Training.BestEpoch, model.Training.ValidationLoss));
        Assert.Contains(log, line => line.Contains("cancelled in epoch 7", StringComparison.Ordinal));
        options = Options();
        options.NumberOfEpochs = model.Training.BestEpoch;
        Assert.Equal(Weights.Of(Fit(options, new MLContext())), Weights.Of(model));
    }

    [Fact]
    public void Without_validation_they_are_those_of_the_last_batch()
    {
        using var source = new CancellationTokenSource();
        RecurrentOptions options = Options();
        options.ValidationFraction = 0;
        options.KeepModelWhenCancelled = true;
        options.CancellationToken = source.Token;
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress is { IsEpochDone: true, Epoch: 3 })
                source.Cancel();
        });
        RecurrentTransformer model = Fit(options);
        options = Options();
        options.ValidationFraction = 0;
        options.NumberOfEpochs = 3;
        Assert.Equal(Weights.Of(Fit(options)), Weights.Of(model));
        Assert.Equal((3, 0, null), (model.Training.Epochs, model.Training.BestEpoch, model.Training.ValidationLoss));
    }

    [Fact]
    public void Where_nothing_was_learnt_yet_there_is_no_model()
    {
        RecurrentOptions options = Options();
        options.KeepModelWhenCancelled = true;
        options.CancellationToken = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => Fit(options));
    }

    /// <summary>The token is looked at after each batch, not only after an epoch.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_ends_within_the_epoch_in_which_it_is_cancelled(bool keepsModel)
    {
        using var source = new CancellationTokenSource();
        int reports = 0;
        RecurrentOptions options = Options();
        options.BatchSize = 4;
        options.KeepModelWhenCancelled = keepsModel;
        options.CancellationToken = source.Token;
        options.Progress = new SynchronousProgress(progress =>
        {
            reports++;
            Assert.Equal((1, 1, false), (progress.Epoch, progress.Batch, progress.IsEpochDone));
            source.Cancel();
        });
        if (keepsModel)
        {
            TrainingSummary training = Fit(options).Training;
            Assert.Equal((1, 0, null), (training.Epochs, training.BestEpoch, training.ValidationLoss));
        }
        else
        {
            Assert.Throws<OperationCanceledException>(() => Fit(options));
        }
        Assert.Equal(1, reports);
    }

    private RecurrentTransformer Fit(RecurrentOptions options, MLContext? ml = null)
    {
        ml ??= _ml;
        IDataView rows = ml.Data.LoadFromEnumerable(Example.Generate(100));
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        return ml.MulticlassClassification.Trainers.Recurrent(options).Fit(keyed);
    }

    /// <summary>ML.NET's own way to end what runs in a context, which AutoML uses and which is not public.</summary>
    private static void Cancel(MLContext ml) =>
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!
            .Invoke(ml, null);

    private static RecurrentOptions Options()
    {
        RecurrentOptions options = Example.QuickOptions().Planned();
        options.NumberOfEpochs = 1000;
        options.ValidationFraction = 0.2;
        return options;
    }
}
