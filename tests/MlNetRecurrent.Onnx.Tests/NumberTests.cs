using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Constant features and certain answers are the same in a file as in the model that it was made of.</summary>
public sealed class NumberTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string OnnxPath => Path.Combine(_folder, "model.onnx");

    [Theory]
    [InlineData(7f)]
    [InlineData(8f)]
    [InlineData(0f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.MinValue)]
    public void A_feature_that_was_constant_in_the_training_is_read_as_0(float moved)
    {
        IDataView data = View(With(SequenceRow.Generate(40, seed: 1), 7));
        RecurrentTransformer model = _ml.Regression.Trainers.Gru("Value", hiddenSize: 4, numberOfEpochs: 1).Fit(data);
        SequenceRow[] rows = With(SequenceRow.Generate(20, seed: 2), moved);
        float[] expected = [.. model.Transform(View(rows)).GetColumn<float>("Score")];
        model.SaveAsOnnx(OnnxPath);
        using var session = new OnnxSession(OnnxPath, "Features");
        Assert.All(rows.Zip(expected), pair =>
            Assert.Equal(pair.Second, Assert.Single(session.Run([pair.First], withLengths: false)[0]), 1e-3f));
    }

    [Theory]
    [InlineData(SequenceNormalization.MeanVariance)]
    [InlineData(SequenceNormalization.MinMax)]
    [InlineData(SequenceNormalization.Robust)]
    public void NormalizeSequence_makes_it_0_in_a_pipeline_too(SequenceNormalization mode)
    {
        IDataView data = View(With(SequenceRow.Generate(40, seed: 1), 7));
        ITransformer model = _ml.Transforms.NormalizeSequence("Scaled", "Features", mode)
            .Append(_ml.Regression.Trainers.Gru("Value", "Scaled", hiddenSize: 4, numberOfEpochs: 1)).Fit(data);
        SequenceRow[] rows = With(SequenceRow.Generate(20, seed: 2), 1e6f);
        float[] expected = [.. model.Transform(View(rows)).GetColumn<float>("Score")];
        model.SaveAsOnnx(data.Schema, OnnxPath);
        using var session = new OnnxSession(OnnxPath, "Features");
        Assert.All(rows.Zip(expected), pair =>
            Assert.Equal(pair.Second, Assert.Single(session.Run([pair.First], withLengths: false)[0]), 1e-3f));
    }

    [Fact]
    public void Labels_that_were_all_the_same_are_predicted_as_they_are()
    {
        SequenceRow[] rows = SequenceRow.Generate(20, seed: 1);
        foreach (SequenceRow row in rows)
            row.Value = 5;
        _ml.Regression.Trainers.Gru("Value", hiddenSize: 4, numberOfEpochs: 1).Fit(View(rows)).SaveAsOnnx(OnnxPath);
        using var session = new OnnxSession(OnnxPath, "Features");
        Assert.All(rows, row => Assert.Equal([5], session.Run([row], withLengths: false)[0]));
    }

    [Fact]
    public void A_certain_answer_has_a_probability_above_0_and_below_1()
    {
        Certain("Answer", _ml.BinaryClassification.Trainers.Recurrent).SaveAsOnnx(OnnxPath);
        IDataView data = View(Large()), scored = _ml.Transforms.ApplyRecurrentOnnx(OnnxPath).Fit(data).Transform(data);
        Assert.Contains(scored.GetColumn<float>("Score"), score => score > 100);
        Assert.All(scored.GetColumn<float>("Probability"), probability => Assert.True(probability is > 0 and < 1));
        Assert.True(double.IsFinite(_ml.BinaryClassification.Evaluate(scored, "Answer").LogLoss));
        IDataView withOnnx = _ml.Transforms.ApplyOnnxModel(["Probability"], ["Features"], OnnxPath).Fit(data).Transform(data);
        float[] alone = [.. withOnnx.GetColumn<float[]>("Probability").Select(row => row.Single())];
        Assert.All(alone, probability => Assert.True(probability is > 0 and < 1));
    }

    [Fact]
    public void A_certain_class_has_a_probability_below_1_and_the_others_one_above_0()
    {
        RecurrentTransformer model = Certain("Class", _ml.MulticlassClassification.Trainers.Recurrent);
        model.SaveAsOnnx(OnnxPath);
        float[] expected = [.. model.Transform(View(Large())).GetColumn<float[]>("Score").SelectMany(row => row)];
        Assert.Contains(float.Epsilon, expected);
        using var session = new OnnxSession(OnnxPath, "Features");
        float[] found = [.. Large().SelectMany(row => session.Run([row], withLengths: false)[0])];
        Assert.All(found, probability => Assert.True(probability is > 0 and < 1));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void The_names_of_the_keys_of_a_binary_label_are_in_the_file()
    {
        IDataView rows = View(SequenceRow.Generate(40, seed: 1));
        IDataView values = _ml.Data.LoadFromEnumerable([new { Answer = false }, new { Answer = true }]);
        IDataView others = _ml.Data.LoadFromEnumerable([new { Answer = true }, new { Answer = false }]);
        IDataView data = Keyed(values);
        RecurrentTrainer trainer = _ml.BinaryClassification.Trainers.Lstm("Answer", hiddenSize: 4, numberOfEpochs: 1);
        RecurrentTransformer model = trainer.Fit(data);
        model.SaveAsOnnx(OnnxPath);
        RecurrentTransformer loaded = RecurrentModel.LoadOnnx(OnnxPath);
        Assert.Equal(model.Transform(data).GetColumn<float>("Score"), loaded.Transform(data).GetColumn<float>("Score"));
        var exception = Assert.Throws<ArgumentException>(() => trainer.Fit(Keyed(others), loaded));
        Assert.Contains("its label 1 is 'False', that of the data 'True'", exception.Message, StringComparison.Ordinal);

        IDataView Keyed(IDataView keys) => _ml.Transforms.Conversion.MapValueToKey("Answer", keyData: keys).Fit(rows).Transform(rows);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IDataView View(SequenceRow[] rows) => _ml.Data.LoadFromEnumerable(rows);

    /// <summary>A network whose logits grow with its input.</summary>
    private RecurrentTransformer Certain(string label, Func<RecurrentOptions, RecurrentTrainer> make) => make(new()
    {
        LabelColumnName = label,
        Layers = [new ElmanLayer(8) { Activation = ElmanActivation.Relu }],
        NormalizeFeatures = false,
        NumberOfEpochs = 2,
        Seed = 1,
    }).Fit(View(SequenceRow.Generate(40, seed: 1)));

    private static SequenceRow[] Large()
    {
        SequenceRow[] rows = SequenceRow.Generate(40, seed: 2);
        foreach (SequenceRow row in rows)
            row.Features = [.. row.Features.Select(value => 1e4f * value)];
        return rows;
    }

    private static SequenceRow[] With(SequenceRow[] rows, float second)
    {
        foreach (SequenceRow row in rows)
            row.Features = [.. row.Features.Select((value, i) => i % SequenceRow.FeaturesOfAStep == 1 ? second : value)];
        return rows;
    }
}
