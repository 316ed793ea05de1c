using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Samples.Tests.Guide;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>Rows with an array of steps, as the page on data and transforms flattens them.</summary>
public sealed class RecordingTests
{
    private const string Message = "Recording 'b', step 2 (counted from 0) has 2 features; expected 3.";

    private static readonly MLContext _ml = new(seed: 1);

    private static readonly Recording
        _even = new() { Name = "a", Steps = [[1, 2, 3], [4, 5, 6]], Label = "walk" },
        _ragged = new() { Name = "b", Steps = [[1, 2, 3], [4, 5, 6], [7, 8], [9, 10, 11, 12]], Label = "run" };

    [Fact]
    public void Steps_follow_each_other() =>
        Assert.Equal([1, 2, 3, 4, 5, 6], _ml.Data.LoadFromEnumerable([_even]).GetColumn<float[]>("Features").Single());

    /// <summary>ML.NET's transforms read ahead, and wrap what they meet there.</summary>
    [Fact]
    public void A_training_names_row_and_step_of_a_ragged_row()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([_even, _ragged]);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.MulticlassClassification.Trainers.Gru(numberOfEpochs: 1));
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => pipeline.Fit(data)).GetBaseException().Message);
    }

    [Fact]
    public void A_prediction_engine_names_row_and_step_of_a_ragged_row()
    {
        ITransformer model = _ml.Regression.Trainers.Gru("Length", numberOfEpochs: 1)
            .Fit(_ml.Data.LoadFromEnumerable(new[] { 1, 2, 3 }.Select(count => new Count(count))));
        using var engine = _ml.Model.CreatePredictionEngine<Recording, Length>(model);
        Assert.True(float.IsFinite(engine.Predict(_even).Score));
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => engine.Predict(_ragged)).Message);
    }

    private sealed class Count(int count)
    {
        [VectorType(0, 3)]
        public float[] Features => [.. Enumerable.Range(0, 3 * count).Select(value => (float)value)];

        public float Length => count;
    }

    private sealed class Length
    {
        public float Score { get; set; }
    }
}
