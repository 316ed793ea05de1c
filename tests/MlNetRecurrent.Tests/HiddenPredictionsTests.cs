using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Tests.Sequences;

namespace MlNetRecurrent.Tests;

/// <summary>Models of several horizons in one view, whose columns have the same names.</summary>
public sealed class HiddenPredictionsTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;
    private readonly IDataView _data;

    public HiddenPredictionsTests()
    {
        _warnings = WarningLines.Of(_ml);
        _data = _ml.Data.LoadFromEnumerable(Reading.Generate(60, 1, seed: 1));
    }

    [Fact]
    public void A_score_that_hides_that_of_another_model_is_told()
    {
        ITransformer first = Horizon(1).Fit(_data), second = Horizon(2).Fit(_data);
        second.Transform(first.Transform(_data));
        Assert.Equal(
            "Column 'Score' of another model is hidden by that of this one. To keep it, copy it to another name before this model, as "
            + "CopyColumns(\"Score1\", \"Score\") does. To drop it, use DropColumns(\"Score\"). (RecurrentWarning.PredictionsHidden)",
            Assert.Single(_warnings));
    }

    [Fact]
    public void One_in_the_same_pipeline_is_told_and_can_be_an_error()
    {
        var options = new RecurrentOptions
        {
            LabelColumnName = "Value",
            FeatureColumnName = "Window1",
            Layers = [new GruLayer(2)],
            NumberOfEpochs = 1,
            TreatWarningsAsErrors = true,
        };
        IEstimator<ITransformer> pipeline = Horizon(1).Append(_ml.Regression.Trainers.Recurrent(options));
        Assert.Contains("PredictionsHidden", Assert.Throws<InvalidOperationException>(() => pipeline.Fit(_data)).Message,
            StringComparison.Ordinal);
        options.IgnoredWarnings = [RecurrentWarning.PredictionsHidden];
        Horizon(1).Append(_ml.Regression.Trainers.Recurrent(options)).Fit(_data);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_binary_score_is_not_kept_by_its_probability()
    {
        IEstimator<ITransformer> answers = _ml.Transforms.SlidingWindow("Features", ["Wind"], 3)
            .Append(_ml.BinaryClassification.Trainers.Gru("Answer", hiddenSize: 2, numberOfEpochs: 1));
        answers.Append(_ml.BinaryClassification.Trainers.Gru("Answer", hiddenSize: 2, numberOfEpochs: 1)).Fit(_data);
        Assert.StartsWith(
            "The columns 'PredictedLabel', 'Score', 'Probability' of another model are hidden by those of this one. To keep one, copy it "
            + "to another name before this model, as CopyColumns(\"Score1\", \"Score\") does. To drop all, use "
            + "DropColumns(\"PredictedLabel\", \"Score\", \"Probability\").",
            _warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_loaded_tells_it_too()
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(Horizon(2).Fit(_data), _data.Schema, stream);
        stream.Position = 0;
        _ml.Model.Load(stream, out _).Transform(Horizon(1).Fit(_data).Transform(_data));
        Assert.Single(_warnings);
    }

    [Fact]
    public void A_score_that_was_copied_or_dropped_and_ordinary_use_are_none()
    {
        TransformerChain<RecurrentTransformer> first = Horizon(1).Fit(_data);
        IDataView scored = first.Transform(_data);
        Horizon(2).Fit(_ml.Transforms.CopyColumns("Next", "Score").Fit(scored).Transform(scored));
        ITransformer second = Horizon(2).Fit(_data);
        second.Transform(_ml.Transforms.CopyColumns("Next", "Score").Fit(scored).Transform(scored));
        second.Transform(_ml.Transforms.DropColumns("Score").Fit(scored).Transform(scored));
        second.Transform(_data);
        first.LastTransformer.Transform(scored);
        _ml.Regression.PermutationFeatureImportance((ITransformer)first.LastTransformer, scored, "Value");
        _ml.Regression.Evaluate(scored, "Value");
        Assert.Empty(_warnings);
    }

    private EstimatorChain<RecurrentTransformer> Horizon(int horizon) =>
        _ml.Transforms.SlidingWindow($"Window{horizon}", ["Wind"], 3, horizon: horizon)
            .Append(_ml.Regression.Trainers.Gru("Value", $"Window{horizon}", hiddenSize: 2, numberOfEpochs: 1));
}
