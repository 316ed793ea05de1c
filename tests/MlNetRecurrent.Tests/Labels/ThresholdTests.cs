using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>The thresholds of additional outputs.</summary>
public sealed class ThresholdTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_threshold_of_an_additional_output_is_changed_by_its_name_and_is_saved()
    {
        IDataView data = VectorRow.View(_ml, VectorRow.Generate(100));
        RecurrentTransformer model = Fit(
            data, new("Sign", OutputTask.BinaryClassification) { Name = "Rising" }, new("Signs", OutputTask.BinaryClassification));
        float[] scores = [.. model.Transform(data).GetColumn<float>("Rising.Score")];
        float threshold = scores.Order().ElementAt(80);
        RecurrentTransformer changed = _ml.BinaryClassification.ChangeModelThreshold(model, threshold, "Rising");
        using var stream = new MemoryStream();
        _ml.Model.Save(changed, data.Schema, stream);
        stream.Position = 0;
        foreach (RecurrentTransformer one in (RecurrentTransformer[])[changed, _ml.Model.Load(stream, out _).GetRecurrent()])
        {
            Assert.Equal((threshold, 0f, null), (one.GetThreshold("Rising"), one.GetThreshold("Signs"), one.Threshold));
            IDataView scored = one.Transform(data);
            Assert.Equal(scores, scored.GetColumn<float>("Rising.Score"));
            Assert.Equal(scores.Select(score => score > threshold), scored.GetColumn<bool>("Rising.PredictedLabel"));
        }
        Assert.Equal(0f, model.GetThreshold("Rising"));
    }

    [Fact]
    public void An_output_without_a_threshold_or_of_another_name_is_refused()
    {
        IDataView data = VectorRow.View(_ml, VectorRow.Generate(30));
        RecurrentTransformer model = Fit(data, new("Third", OutputTask.MulticlassClassification), new("Last", OutputTask.Regression));
        Assert.Null(model.GetThreshold("Third"));
        Assert.StartsWith(
            "The network has no additional output 'Sum'. It has: 'Third', 'Last'.",
            Assert.Throws<ArgumentException>(() => model.GetThreshold("Sum")).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "The output 'Third' is for the task MulticlassClassification; only binary classification has a threshold.",
            Assert.Throws<ArgumentException>(() => _ml.BinaryClassification.ChangeModelThreshold(model, 1, "Third")).Message,
            StringComparison.Ordinal);
    }

    private RecurrentTransformer Fit(IDataView data, params AdditionalOutput[] outputs)
    {
        RecurrentOptions options = VectorRow.Options("Sum");
        options.AdditionalOutputs = outputs;
        return _ml.Regression.Trainers.Recurrent(options).Fit(data);
    }
}
