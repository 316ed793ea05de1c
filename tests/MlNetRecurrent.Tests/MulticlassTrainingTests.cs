using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Cancellation, progress and repetition of a training.</summary>
public sealed class MulticlassTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Training_ends_at_once_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 1_000_000;
        options.CancellationToken = source.Token;
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress.Epoch == 2)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(
            () => Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(100))));
    }

    [Fact]
    public void Progress_and_log_tell_of_every_epoch()
    {
        var reports = new List<TrainingProgress>();
        var log = new List<string>();
        _ml.Log += (_, message) => log.Add(message.Message);
        RecurrentOptions options = Example.QuickOptions();
        options.Progress = new SynchronousProgress(reports.Add);
        Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(100)));
        TrainingProgress[] ends = [.. reports.Where(report => report.Batch == report.NumberOfBatches)];
        Assert.Equal(Enumerable.Range(1, 10), ends.Select(report => report.Epoch));
        Assert.True(ends[^1].Loss < ends[0].Loss);
        Assert.Equal(1, ends[^1].Fraction);
        Assert.Equal(TimeSpan.Zero, ends[^1].TimeLeft);
        Assert.All(
            Enumerable.Range(1, 10),
            epoch => Assert.Contains(log, line => line.Contains($"Epoch {epoch}/10: loss ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_trainer_fits_the_same_data_to_the_same_network()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(100));
        RecurrentOptions options = Example.QuickOptions();
        options.Seed = null;
        IEstimator<ITransformer> pipeline = Example.Pipeline(_ml, options);
        Assert.Equal(
            pipeline.Fit(data).Transform(data).GetColumn<float[]>("Score"),
            pipeline.Fit(data).Transform(data).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void Changing_the_options_afterwards_changes_nothing()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(60));
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        RecurrentOptions options = Example.QuickOptions();
        RecurrentLayer[] layers = [new LstmLayer(4), new GruLayer(3)];
        options.Layers = layers;
        float[] expected = Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data));
        RecurrentTrainer trainer = _ml.MulticlassClassification.Trainers.Recurrent(options);
        layers[0] = new GruLayer(9);
        PropertyInfo[] changeable = [.. typeof(RecurrentOptions).GetProperties().Where(option => option.CanWrite)];
        Assert.All(changeable, option =>
        {
            object? value = option.GetValue(options), other = Other(option.PropertyType, value);
            Assert.NotEqual(value, other);
            option.SetValue(options, other);
        });
        Assert.Equal(expected, Weights.Of(trainer.Fit(data)));
    }

    private static Dictionary<string, EmbeddingVectors> OtherVectors()
    {
        var ml = new MLContext();
        IDataView vectors = ml.Data.LoadFromEnumerable([new { Token = "a", Number = 1f }]);
        IDataView view = ml.Transforms.Concatenate("Vector", "Number").Fit(vectors).Transform(vectors);
        return new() { ["another"] = EmbeddingVectors.FromDataView(view) };
    }

    /// <summary>Another value of a type, which no option has.</summary>
    private static object? Other(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } of => Enum.GetValues(of).Cast<object>().First(other => !other.Equals(value)),
        var of when of == typeof(bool) => !(bool)value!,
        var of when of == typeof(int) => ((int?)value ?? 0) + 1,
        var of when of == typeof(float) => (float)value! + 0.25f,
        var of when of == typeof(double) => (double)value! + 0.25,
        var of when of == typeof(string) => value + "another",
        var of when of == typeof(TimeSpan) => TimeSpan.FromDays(1),
        var of when of == typeof(CancellationToken) => new CancellationToken(canceled: true),
        var of when of == typeof(IProgress<TrainingProgress>) => new SynchronousProgress(_ => throw new InvalidOperationException()),
        var of when of.IsAssignableFrom(typeof(RecurrentWarning[])) => new[] { RecurrentWarning.MissingLabels },
        var of when of.IsAssignableFrom(typeof(RecurrentLayer[])) => new RecurrentLayer[] { new ElmanLayer(2) },
        var of when of.IsAssignableFrom(typeof(string[])) => new[] { "another" },
        var of when of.IsAssignableFrom(typeof(AdditionalOutput[])) => new[] { new AdditionalOutput("another", OutputTask.Regression) },
        var of when of.IsAssignableFrom(typeof(Dictionary<string, EmbeddingVectors>)) => OtherVectors(),
        var of when of.IsAssignableFrom(typeof(Dictionary<string, int>)) => new Dictionary<string, int> { ["another"] = 1 },
        var of => throw new NotSupportedException($"An option of type {of} is new."),
    };
}
