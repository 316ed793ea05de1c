using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Every kind of column that can hold a sequence.</summary>
public sealed class FeatureColumnTests
{
    private const int Steps = 5;

    private readonly MLContext _ml = new(seed: 1);

    private static readonly Example[] _examples = Example.Generate(120, fixedLength: Steps);

    private static readonly Example[] _uneven = Example.Generate(120);

    [Fact]
    public void Vectors_of_fixed_and_variable_size_with_and_without_dimensions_are_the_same_sequences()
    {
        RecurrentOptions said = Example.QuickOptions(), unsaid = Example.QuickOptions();
        unsaid.NumberOfFeatures = 3;
        float[][] expected = Scores(Data(_examples, new VectorDataViewType(NumberDataViewType.Single, Steps, 3)), said);
        Assert.Equal(expected, Scores(Data(_examples, new VectorDataViewType(NumberDataViewType.Single, 0, 3)), said));
        Assert.Equal(expected, Scores(Data(_examples, new VectorDataViewType(NumberDataViewType.Single, Steps * 3)), unsaid));
        Assert.Equal(expected, Scores(Data(_examples, new VectorDataViewType(NumberDataViewType.Single)), unsaid));
    }

    [Fact]
    public void A_plain_vector_has_one_feature_a_step()
    {
        float[][] one = Scores(Data(_uneven, new VectorDataViewType(NumberDataViewType.Single)), Example.QuickOptions());
        float[][] said = Scores(Data(_uneven, new VectorDataViewType(NumberDataViewType.Single, 0, 1)), Example.QuickOptions());
        Assert.Equal(said, one);
    }

    [Fact]
    public void Sparse_vectors_are_read_as_dense_ones()
    {
        SparseExample[] sparse = [.. _uneven.Select(example => SparseExample.Of(example))];
        Example[] dense = [.. sparse.Select(
            example => new Example { Label = example.Label, Features = [.. example.Features.DenseValues()] })];
        Assert.Equal(
            Scores(_ml.Data.LoadFromEnumerable(dense), Example.QuickOptions()),
            Scores(_ml.Data.LoadFromEnumerable(sparse), Example.QuickOptions()));
    }

    [Fact]
    public void Text_is_learnt_from_its_words()
    {
        (string Text, string Label)[] texts = [.. Enumerable.Range(0, 90).Select(i => (i % 3) switch
        {
            0 => ($"the day {i} was bright and warm", "sun"),
            1 => ($"it poured all day {i} long", "rain"),
            _ => ($"nothing could be seen on day {i}", "fog"),
        })];
        IDataView data = _ml.Data.LoadFromEnumerable(texts.Select(text => new TextExample { Text = text.Text, Label = text.Label }));
        RecurrentOptions options = Example.QuickOptions();
        options.FeatureColumnName = "Tokens";
        options.EmbeddingSize = 8;
        var pipeline = _ml.Transforms.Text.TokenizeIntoWords("Tokens", "Text")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(Example.Pipeline(_ml, options));
        ITransformer model = pipeline.Fit(data);
        Assert.Equal(texts.Select(text => text.Label), model.Transform(data).GetColumn<string>("Predicted"));
        using PredictionEngine<TextExample, Prediction> engine = _ml.Model.CreatePredictionEngine<TextExample, Prediction>(model);
        Assert.Equal("fog", engine.Predict(new TextExample { Text = "xyzzy nothing could be seen plugh" }).Predicted);
    }

    [Fact]
    public void Keys_of_every_integer_type_are_tokens()
    {
        AssertLearns<byte>([1, 2, 3], [3, 2, 1, 0]);
        AssertLearns<ushort>([1, 2, 3], [3, 2, 1, 0]);
        AssertLearns<uint>([1, 2, 3], [3, 2, 1, 0]);
        AssertLearns<ulong>([1, 2, 3], [3, 2, 1, 0]);
    }

    [Fact]
    public void An_empty_sequence_is_scored()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_uneven);
        ITransformer model = Example.Pipeline(_ml).Fit(data);
        using PredictionEngine<Example, Prediction> engine = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
        Assert.Equal(1, engine.Predict(new Example()).Score.Sum(), 1e-5f);
    }

    [Fact]
    public void An_empty_sequence_among_the_training_data_is_learnt_from()
    {
        Example[] examples = [.. _uneven, .. Enumerable.Repeat(new Example { Label = "blue" }, 40)];
        ITransformer model = Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(examples));
        using PredictionEngine<Example, Prediction> engine = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
        Assert.Equal("blue", engine.Predict(new Example()).Predicted);
    }

    private void AssertLearns<T>(T[] up, T[] down)
    {
        KeyExample<T>[] examples = [.. Enumerable.Range(0, 60).Select(
            i => new KeyExample<T> { Label = i % 2 == 0 ? "up" : "down", Tokens = i % 2 == 0 ? up : down })];
        IDataView data = _ml.Data.LoadFromEnumerable(examples);
        RecurrentOptions options = Example.QuickOptions();
        options.FeatureColumnName = "Tokens";
        IEnumerable<string> predicted = Example.Pipeline(_ml, options).Fit(data).Transform(data).GetColumn<string>("Predicted");
        Assert.Equal(examples.Select(example => example.Label), predicted);
    }

    private float[][] Scores(IDataView data, RecurrentOptions options) =>
        [.. Example.Pipeline(_ml, options).Fit(data).Transform(data).GetColumn<float[]>("Score")];

    private IDataView Data(Example[] examples, VectorDataViewType type)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        schema["Features"].ColumnType = type;
        return _ml.Data.LoadFromEnumerable(examples, schema);
    }

    private sealed class TextExample
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }

    private sealed class KeyExample<T>
    {
        [KeyType(3)]
        public T[] Tokens { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class SparseExample
    {
        [VectorType(0, 3)]
        public VBuffer<float> Features { get; set; }

        public string Label { get; set; } = "";

        /// <summary>Leaves only the values above a half.</summary>
        public static SparseExample Of(Example example)
        {
            int[] kept = [.. Enumerable.Range(0, example.Features.Length).Where(i => example.Features[i] > 0.5f)];
            float[] values = [.. kept.Select(i => example.Features[i])];
            return new() { Label = example.Label, Features = new(example.Features.Length, kept.Length, values, kept) };
        }
    }
}
