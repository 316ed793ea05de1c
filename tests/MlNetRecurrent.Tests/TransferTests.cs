using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Trainings that take over weights: other outputs on the same layers, layers that do not change, vectors of the user's.</summary>
public sealed class TransferTests : IDisposable
{
    private static readonly string[] _words = ["good", "fine", "bad", "poor", "day", "night", "sun", "rain"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Theory]
    [InlineData(RecurrentOptimizer.Adam)]
    [InlineData(RecurrentOptimizer.AdamW)]
    [InlineData(RecurrentOptimizer.Sgd)]
    [InlineData(RecurrentOptimizer.RmsProp)]
    public void Layers_that_are_not_trainable_keep_their_bits(RecurrentOptimizer optimizer)
    {
        IDataView data = Data();
        RecurrentTransformer first = Fit(data, Options());
        RecurrentOptions options = Options();
        (options.Optimizer, options.WeightDecay, options.WeightNoise, options.NumberOfThreads) = (optimizer, 0.1f, 0.05f, 3);
        options.Layers = [options.Layers[0] with { Trainable = false }, options.Layers[1]];
        RecurrentTransformer second = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data, first);
        Assert.Equal(WeightsOf(first, "layers.0."), WeightsOf(second, "layers.0."));
        Assert.NotEqual(WeightsOf(first, "layers.1."), WeightsOf(second, "layers.1."));
        Assert.NotEqual(WeightsOf(first, "embedding.weight"), WeightsOf(second, "embedding.weight"));
        // The number of threads makes no difference here, either.
        options.NumberOfThreads = 1;
        Assert.Equal(Weights.Of(second), Weights.Of(_ml.BinaryClassification.Trainers.Recurrent(options).Fit(data, first)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Embeddings_that_are_not_trainable_keep_their_bits(bool replacesOutputs)
    {
        (IDataView data, RecurrentOptions options) = (Data(), Options());
        RecurrentTransformer first = Fit(data, options);
        (options.TrainableEmbeddings, options.ReplaceOutputs, options.WeightDecay) = (false, replacesOutputs, 0.1f);
        RecurrentTransformer second = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data, first);
        Assert.Equal(WeightsOf(first, "embedding.weight"), WeightsOf(second, "embedding.weight"));
        Assert.NotEqual(WeightsOf(first, "layers.0."), WeightsOf(second, "layers.0."));
    }

    [Fact]
    public void A_new_task_takes_over_all_but_the_outputs()
    {
        IDataView data = Data();
        RecurrentTransformer first = Fit(data, Options());
        RecurrentOptions options = Options();
        (options.LabelColumnName, options.ReplaceOutputs) = ("Kind", true);
        options.Layers = [.. options.Layers.Select(layer => layer with { Trainable = false })];
        RecurrentTransformer second = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, first);
        Assert.Equal(WeightsOf(first, "layers."), WeightsOf(second, "layers."));
        Assert.Equal(3, ((VectorDataViewType)second.Transform(data).Schema["Score"].Type).Size);
        options.ReplaceOutputs = false;
        Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, first));
        (options.ReplaceOutputs, options.Layers) = (true, [new LstmLayer(5), new GruLayer(4)]);
        string message = Assert.Throws<ArgumentException>(
            () => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data, first)).Message;
        Assert.Contains("Layers[0]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_learned_helps_where_few_rows_have_the_new_label()
    {
        // The first task has learned which words are good; the second one has four rows.
        RecurrentOptions options = Options();
        options.NumberOfEpochs = 30;
        RecurrentTransformer first = Fit(Data(400), options);
        (options.LabelColumnName, options.ReplaceOutputs, options.NumberOfEpochs) = ("Opposite", true, 60);
        IDataView few = Data(4, seed: 2), test = Data(200, seed: 3);
        double Accuracy(RecurrentTransformer model) => _ml.BinaryClassification.Evaluate(model.Transform(test), "Opposite").Accuracy;
        double transferred = Accuracy(_ml.BinaryClassification.Trainers.Recurrent(options).Fit(few, first));
        options.ReplaceOutputs = false;
        Assert.InRange(transferred, Accuracy(Fit(few, options)) + 0.1, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vectors_of_a_file_are_where_the_embedding_starts(bool trainable)
    {
        string path = Write("7 3\n" + string.Concat(_words.Skip(1).Select((word, i) => Line(word, i))));
        var vectors = EmbeddingVectors.Load(path, trainable);
        Assert.Equal((7, 3, trainable), (vectors.Count, vectors.Size, vectors.Trainable));
        RecurrentOptions options = Options();
        options.EmbeddingVectors = new Dictionary<string, EmbeddingVectors> { ["Features"] = vectors };
        IDataView data = Data();
        RecurrentTransformer model = Fit(data, options);
        float[] table = WeightsOf(model, "embedding.weight");
        Assert.Equal(9 * 3, table.Length);
        float[] expected = [.. Enumerable.Range(0, 7).SelectMany(i => new[] { i + 0.5f, -i - 1, 0.25f })];
        // Row 0 is the unknown token, row 1 the word without a vector.
        if (trainable)
            Assert.NotEqual(expected, table[6..]);
        else
            Assert.Equal(expected, table[6..]);
        options.LearningRate = 1e-30f;
        options.EmbeddingVectors = new Dictionary<string, EmbeddingVectors> { ["Features"] = EmbeddingVectors.Load(path) };
        Assert.Equal(expected, WeightsOf(Fit(data, options), "embedding.weight")[6..]);
    }

    [Fact]
    public void Vectors_of_a_view_are_those_of_a_file()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(
            _words.Select((word, i) => new Entry { Token = word, Vector = [i + 0.5f, -i - 1, 0.25f] }));
        var vectors = EmbeddingVectors.FromDataView(view, trainable: false);
        var loaded = EmbeddingVectors.Load(Write(string.Concat(_words.Select(Line))), trainable: false);
        foreach (string word in _words)
        {
            Assert.True(vectors.TryGetVector(word, out ReadOnlyMemory<float> own));
            Assert.True(loaded.TryGetVector(word, out ReadOnlyMemory<float> other));
            Assert.Equal(own.ToArray(), other.ToArray());
        }
        Assert.False(vectors.TryGetVector("Good", out _));
        Assert.Equal("8 vectors of size 3, not trainable", vectors.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => EmbeddingVectors.FromDataView(view, "Word"));
        Assert.Throws<InvalidOperationException>(() => EmbeddingVectors.FromDataView(view, "Vector", "Token"));
    }

    [Theory]
    [InlineData("a 1 2\nb 1\n", "Line 2 of '", "has 1 numbers; the lines before have 2")]
    [InlineData("a 1 2\nb 1 x\n", "Line 2 of '", "has 'x' where a finite number is expected")]
    [InlineData("a 1 NaN\n", "Line 1 of '", "has 'NaN'")]
    [InlineData("a\n", "Line 1 of '", "has no token, or no numbers after it")]
    [InlineData("", "", "has no vectors")]
    [InlineData("5 3\n", "", "has no vectors")]
    [InlineData("5 3\na 1 2 3\nb 4 5 6\n", "", "has 2 vectors of size 3; its first line says 5 of size 3")]
    [InlineData("1 5\na 1 2 3\n", "", "has 1 vectors of size 3; its first line says 1 of size 5")]
    [InlineData("a 1 2\nb 1 2 3\n", "Line 2 of '", "has 3 numbers; the lines before have 2")]
    public void A_file_that_is_none_of_vectors_is_refused_with_the_line(string text, string start, string expected)
    {
        string message = Assert.Throws<InvalidDataException>(() => EmbeddingVectors.Load(Write(text))).Message;
        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_may_have_spaces()
    {
        var vectors = EmbeddingVectors.Load(Write("a 1 2\n. . . 3 4\nat name@domain.com 5 6\na 7 8\n"));
        Assert.Equal(3, vectors.Count);
        Assert.True(vectors.TryGetVector(". . .", out ReadOnlyMemory<float> dots));
        Assert.Equal([3, 4], dots.ToArray());
        Assert.True(vectors.TryGetVector("at name@domain.com", out ReadOnlyMemory<float> mail));
        Assert.Equal([5, 6], mail.ToArray());
    }

    [Fact]
    public void Vectors_that_fit_no_column_or_no_key_are_refused_by_name()
    {
        var vectors = EmbeddingVectors.Load(Write(Line("other", 1)));
        RecurrentOptions options = Options();
        options.EmbeddingVectors = new Dictionary<string, EmbeddingVectors> { ["Features"] = vectors };
        string message = Assert.Throws<InvalidOperationException>(() => Fit(Data(), options)).Message;
        Assert.StartsWith("None of the 8 keys of column 'Features' has a vector in EmbeddingVectors", message, StringComparison.Ordinal);
        options.EmbeddingVectors = new Dictionary<string, EmbeddingVectors> { ["Words"] = vectors };
        Assert.Contains(
            "'Words' is none of", Assert.Throws<ArgumentException>(() => Fit(Data(), options)).Message, StringComparison.Ordinal);
        (options.EmbeddingVectors, options.EmbeddingSizes) =
            (new Dictionary<string, EmbeddingVectors> { ["Features"] = vectors }, new Dictionary<string, int> { ["Features"] = 7 });
        message = Assert.Throws<ArgumentOutOfRangeException>(() => Fit(Data(), options)).Message;
        Assert.Contains("EmbeddingSizes['Features'] must be 3, the size of its vectors", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_is_refused_where_other_layers_are_trainable()
    {
        RecurrentOptions options = Options();
        options.CheckpointPath = Path.Combine(_folder, "training.ckpt");
        Fit(Data(), options);
        options.Layers = [options.Layers[0] with { Trainable = false }, options.Layers[1]];
        string message = Assert.Throws<InvalidOperationException>(() => Fit(Data(), options)).Message;
        Assert.Contains("what is not trainable was nothing and is layers.0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_of_a_pipeline_is_found_and_goes_on_in_one_line()
    {
        IDataView data = Data();
        ITransformer model = _ml.Transforms.CopyColumns("Copy", "Features")
            .Append(_ml.BinaryClassification.Trainers.Recurrent(Options())).Fit(data);
        string path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, data.Schema, path);
        RecurrentTransformer network = _ml.Model.LoadRecurrent(path);
        Assert.Equal(Weights.Of(model.GetRecurrent()), Weights.Of(network));
        Assert.NotEqual(Weights.Of(network), Weights.Of(_ml.BinaryClassification.Trainers.Recurrent(Options()).Fit(data, network)));
        string none = Assert.Throws<InvalidOperationException>(
            () => _ml.Transforms.CopyColumns("A", "Label").Fit(data).GetRecurrent()).Message;
        Assert.Contains("has no recurrent network", none, StringComparison.Ordinal);
        string two = Assert.Throws<InvalidOperationException>(() => model.Append(network).GetRecurrent()).Message;
        Assert.Contains("has 2 recurrent networks", two, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_threshold_moves_the_predicted_label_alone_and_is_saved()
    {
        IDataView data = Data(100);
        RecurrentTransformer model = Fit(data, Options());
        float[] scores = [.. model.Transform(data).GetColumn<float>("Score")];
        float threshold = scores.Order().ElementAt(80);
        RecurrentTransformer changed = _ml.BinaryClassification.ChangeModelThreshold(model, threshold);
        string path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(changed, data.Schema, path);
        foreach (RecurrentTransformer one in (RecurrentTransformer[])[changed, _ml.Model.LoadRecurrent(path)])
        {
            IDataView scored = one.Transform(data);
            Assert.Equal(scores, scored.GetColumn<float>("Score"));
            Assert.Equal(scores.Select(score => score > threshold), scored.GetColumn<bool>("PredictedLabel"));
        }
        Assert.Equal((0f, threshold), (model.Threshold, changed.Threshold));
        Assert.Equal(threshold, _ml.Model.LoadRecurrent(path).Threshold);
        Assert.Equal(scores.Select(score => score > 0), model.Transform(data).GetColumn<bool>("PredictedLabel"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.ChangeModelThreshold(model, float.NaN));
        RecurrentOptions options = Options();
        options.LabelColumnName = "Kind";
        RecurrentTransformer classes = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data);
        string message = Assert.Throws<ArgumentException>(() => _ml.BinaryClassification.ChangeModelThreshold(classes, 1)).Message;
        Assert.Contains("only binary classification has a threshold", message, StringComparison.Ordinal);
        Assert.Null(classes.Threshold);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RecurrentTransformer Fit(IDataView data, RecurrentOptions options) =>
        _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data);

    /// <summary>The weights whose names begin alike.</summary>
    private static float[] WeightsOf(RecurrentTransformer model, string prefix)
    {
        float[] all = [.. model.Model.Network.Parameters.Values.Span];
        float[] found =
        [
            .. from tensor in model.Model.Network.Definition.Tensors
               where tensor.Name.StartsWith(prefix, StringComparison.Ordinal)
               from i in Enumerable.Range(0, (int)tensor.Count)
               select all[tensor.Position(i / tensor.Columns, i % tensor.Columns)],
        ];
        Assert.NotEmpty(found);
        return found;
    }

    private IDataView Data(int count = 60, int seed = 1)
    {
        var random = new Random(seed);
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            string[] words = [.. Enumerable.Range(0, random.Next(3, 7)).Select(_ => _words[random.Next(4, 8)])];
            int kind = random.Next(4);
            words[random.Next(words.Length)] = _words[kind];
            return new Row { Features = words, Label = kind < 2, Opposite = kind >= 2, Kind = (uint)Math.Min(2, kind) };
        }).ToArray());
        IDataView keys = _ml.Data.LoadFromEnumerable(_words.Select(word => new { Features = word }));
        return _ml.Transforms.Conversion.MapValueToKey("Features", keyData: keys).Fit(rows).Transform(rows);
    }

    private static RecurrentOptions Options() => new RecurrentOptions
    {
        Layers = [new GruLayer(5), new GruLayer(4)],
        EmbeddingSize = 6,
        NumberOfEpochs = 3,
        LearningRate = 0.02f,
        Seed = 1,
    }.Planned();

    private static string Line(string word, int i) => string.Create(CultureInfo.InvariantCulture, $"{word} {i + 0.5f} {-i - 1}\t0.25\n");

    private string Write(string text)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.txt");
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Row
    {
        public string[] Features { get; set; } = [];

        public bool Label { get; set; }

        public bool Opposite { get; set; }

        [KeyType(3)]
        public uint Kind { get; set; }
    }

    private sealed class Entry
    {
        public string Token { get; set; } = "";

        [VectorType(3)]
        public float[] Vector { get; set; } = [];
    }
}
