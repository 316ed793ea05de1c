using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

public sealed class EncodingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_stock_trainer_learns_on_what_the_network_knows_of_a_sequence()
    {
        IDataView data = Labelled(Example.Generate(300)), test = Labelled(Example.Generate(200, seed: 2));
        IEstimator<ITransformer> pipeline = _ml.MulticlassClassification.Trainers.Recurrent(Options()).Append(Linear());
        Assert.InRange(_ml.MulticlassClassification.Evaluate(pipeline.Fit(data).Transform(test)).MicroAccuracy, 0.95, 1);
    }

    [Theory]
    [InlineData(SequencePooling.Last, 2 * 5)]
    [InlineData(SequencePooling.LastMeanMax, 3 * 2 * 5)]
    public void The_encoding_is_a_vector_of_the_last_layers_pooled_units_and_comes_back_from_a_file(SequencePooling pooling, int size)
    {
        IDataView data = Labelled(Example.Generate(100));
        RecurrentOptions options = Options();
        options.Pooling = pooling;
        RecurrentTrainer trainer = _ml.MulticlassClassification.Trainers.Recurrent(options);
        RecurrentTransformer model = trainer.Fit(data);
        SchemaChecks.AssertSame(trainer.GetOutputSchema(SchemaShapes.Of(data.Schema)), model.GetOutputSchema(data.Schema));
        Assert.Equal(size, ((VectorDataViewType)model.GetOutputSchema(data.Schema)["Encoding"].Type).Size);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        float[][] encodings = [.. model.Transform(data).GetColumn<float[]>("Encoding")];
        Assert.Equal(encodings, _ml.Model.Load(stream, out _).Transform(data).GetColumn<float[]>("Encoding"));
        Assert.NotEqual(encodings[0], encodings[1]);
    }

    [Fact]
    public void A_prediction_engine_gives_the_encoding_too_and_a_tagger_that_of_every_step()
    {
        RecurrentOptions options = Options();
        options.FeatureColumnName = "Tokens";
        options.LabelColumnName = "Tags";
        IEstimator<ITransformer> pipeline = _ml.Transforms.Conversion.MapValueToKey("Tokens")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tags", "Tokens"))
            .Append(_ml.MulticlassClassification.Trainers.SequenceTagger(options));
        Words[] rows = [new() { Tokens = ["a", "b", "c"] }, new() { Tokens = ["b"] }, new() { Tokens = ["a", "a"] }];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        ITransformer model = pipeline.Fit(data);
        float[][] encodings = [.. model.Transform(data).GetColumn<float[]>("Encoding")];
        Assert.Equal([3 * 2 * 5, 2 * 5, 2 * 2 * 5], encodings.Select(encoding => encoding.Length));
        using PredictionEngine<Words, Encoded> engine = _ml.Model.CreatePredictionEngine<Words, Encoded>(model);
        Assert.Equal(encodings, rows.Select(row => engine.Predict(row).Encoding));
    }

    [Fact]
    public void Without_the_option_there_is_no_such_column_and_an_empty_name_is_refused()
    {
        IDataView data = Labelled(Example.Generate(50));
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions()).Fit(data);
        Assert.Null(model.GetOutputSchema(data.Schema).GetColumnOrNull("Encoding"));
        Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Recurrent(new() { EncodingColumnName = " " }));
    }

    [Fact]
    public void A_column_name_that_is_taken_is_refused_by_the_option_that_has_it()
    {
        foreach (string name in (string[])["Label", "Features", "Weight", "PredictedLabel", "Score"])
        {
            RecurrentOptions options = Options();
            options.ExampleWeightColumnName = "Weight";
            options.EncodingColumnName = name;
            ArgumentException refused = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Recurrent(options));
            Assert.Contains($"EncodingColumnName is '{name}'", refused.Message, StringComparison.Ordinal);
        }
        RecurrentOptions twice = new() { Layers = [new StackLayer(4)], EncodingColumnName = "Inside", StackActionsColumnName = "Inside" };
        string message = Assert.Throws<ArgumentException>(() => _ml.Regression.Trainers.Recurrent(twice)).Message;
        Assert.Contains(
            "StackActionsColumnName is 'Inside', which is the name of EncodingColumnName too", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _ml.BinaryClassification.Trainers.Recurrent(new() { EncodingColumnName = "Probability" }));
        Assert.NotNull(_ml.Regression.Trainers.Recurrent(new() { EncodingColumnName = "Probability" }));
    }

    private static RecurrentOptions Options()
    {
        RecurrentOptions options = Example.QuickOptions();
        options.Layers = [new LstmLayer(8), new GruLayer(5) { Bidirectional = true }];
        options.EncodingColumnName = "Encoding";
        return options;
    }

    /// <summary>On one thread: threads of a trainer that wait for one another take all processors.</summary>
    private SdcaMaximumEntropyMulticlassTrainer Linear() =>
        _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            FeatureColumnName = "Encoding",
            MaximumNumberOfIterations = 20,
            NumberOfThreads = 1,
        });

    private IDataView Labelled(Example[] examples)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(examples);
        return _ml.Transforms.Conversion.MapValueToKey(
            "Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(data).Transform(data);
    }

    private sealed class Words
    {
        public string[] Tokens { get; set; } = [];
    }

    private sealed class Encoded
    {
        public float[] Encoding { get; set; } = [];
    }
}
