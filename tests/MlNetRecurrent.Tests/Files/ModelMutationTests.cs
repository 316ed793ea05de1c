using System.Buffers.Binary;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Tests.Files;

/// <summary>Models with something odd and all checksums right: each is refused with one clear exception or gives the same scores.</summary>
public sealed class ModelMutationTests
{
    /// <summary>What loading may allocate beside the honest load: a message, the trace of an exception.</summary>
    private const long Slack = 1 << 18;

    private static readonly MLContext _ml = new(seed: 1);

    private static readonly IDataView _data = KeyedRow.Words(_ml, "a", "b", "c");

    private static readonly Dictionary<string, Func<RecurrentTransformer>> _models = new()
    {
        ["classes"] = () => _ml.MulticlassClassification.Trainers.Recurrent(
            Options(new LstmLayer(2) { Dropout = 0.1f }, new GruLayer(2) { Bidirectional = true })).Fit(_data),
        ["tagger"] = () => _ml.MulticlassClassification.Trainers.SequenceTagger(With(
            Options(new GruLayer(2)),
            options => (options.LabelColumnName, options.FeatureColumnName, options.EmbeddingSize) = ("Labels", "Tokens", 3)))
            .Fit(_data),
        ["crf"] = () => _ml.MulticlassClassification.Trainers.SequenceTagger(With(
            Options(new GruLayer(2)),
            options =>
            {
                (options.LabelColumnName, options.FeatureColumnName, options.EmbeddingSize) = ("Labels", "Tokens", 3);
                (options.UseCrf, options.TagScheme, options.NumberOfAlternatives) = (true, TagScheme.Bio, 2);
            }))
            .Fit(KeyedRow.View(
                _ml, TextDataViewType.Instance, Texts("O", "B-A"), TextDataViewType.Instance, Texts("a", "b", "c"))),
        ["binary"] = () => _ml.BinaryClassification.Trainers.Recurrent(With(
            Options(new StackLayer(2) { NumberOfStacks = 2, Depth = 1 }),
            options => (options.EncodingColumnName, options.StackActionsColumnName) = ("Encoding", "Actions")))
            .Fit(Plain()),
        ["regression"] = () => _ml.Regression.Trainers.Recurrent(With(
            Options(new ElmanLayer(2) { TimeReduction = 2 }),
            options => (options.LabelColumnName, options.ValidationFraction, options.Pooling) =
                ("Value", 0.3, SequencePooling.LastMeanMax)))
            .Fit(Plain()),
        ["values"] = () => _ml.Regression.Trainers.Recurrent(With(
            Options(new GruLayer(2)), options => options.LabelColumnName = "Values")).Fit(Plain()),
        ["answers"] = () => _ml.BinaryClassification.Trainers.Recurrent(With(
            Options(new GruLayer(2)), options => options.LabelColumnName = "Answers")).Fit(Plain()),
        ["several outputs"] = () => _ml.Regression.Trainers.Recurrent(With(
            Options(new GruLayer(2)),
            options => (options.LabelColumnName, options.AdditionalOutputs) =
                ("Value", [new("Label", OutputTask.BinaryClassification), new("Values", OutputTask.Regression)]))).Fit(Plain()),
        ["values of steps"] = () => _ml.Regression.Trainers.SequenceTagger(With(
            Options(new GruLayer(2)), options => options.LabelColumnName = "StepValues")).Fit(Plain()),
    };

    /// <summary>Fields where another number, or none, is as possible as the right one: nothing can tell.</summary>
    private static readonly string[] _free =
    [
        ".Normalization.Mean[", ".Normalization.Scale[", ".Normalization.Largest", ".Outputs.LabelScale.", ".Features.Name",
        ".RoundsActions", ".Outputs.LabelScales[",
    ];

    public static TheoryData<string> Models => [.. _models.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_description_with_an_odd_field_is_refused_or_gives_the_same_scores(string name)
    {
        RecurrentTransformer model = _models[name]();
        var file = DescribedFile.Of(writer => ModelFile.Write(writer, model.Model));
        string expected = Scores(model);
        Assert.Equal(expected, Scores(new(ModelFile.Read(file.Read()))));
        byte[] whole = file.ToArray();
        long honest = Allocated(() => ModelFile.Read(new BinaryReader(new MemoryStream(whole))));
        int refused = 0, loaded = 0;
        foreach (JsonMutation mutation in JsonMutation.Of(file.Description))
        {
            byte[] bytes = (file with { Description = mutation.Json }).ToArray();
            string what = $"{mutation.Path} is {mutation.What}";
            TrainedModel? read = null;
            Exception? exception = null;
            long allocated = Allocated(
                () => exception = Record.Exception(() => read = ModelFile.Read(new BinaryReader(new MemoryStream(bytes)))));
            Assert.True(allocated <= 2 * honest + Slack, $"{what}: {allocated} bytes were allocated, {honest} for the whole file");
            if (read is null)
                Assert.True(exception is InvalidDataException && exception.Message.Length > 20, $"{what}: {exception}");
            else if (!Array.Exists(_free, free => mutation.Path.Contains(free, StringComparison.Ordinal)))
                Assert.True(Scores(new(read)) == expected, $"{what}: the scores are others");
            refused += read is null ? 1 : 0;
            loaded += read is null ? 0 : 1;
        }
        Assert.InRange(refused, 20 * loaded / 10, int.MaxValue);
    }

    [Theory]
    [InlineData("classes", "\"EveryStep\":false", "\"EveryStep\":true", "each step has outputs")]
    [InlineData("tagger", "\"EveryStep\":true", "\"EveryStep\":false", "only whole sequences have outputs")]
    [InlineData("classes", "SoftmaxCrossEntropy", "SquaredError", "its loss SquaredError")]
    [InlineData("binary", "SigmoidCrossEntropy", "SquaredError", "its loss SquaredError")]
    [InlineData("regression", "SquaredError", "SoftmaxCrossEntropy", "its loss SoftmaxCrossEntropy")]
    [InlineData("tagger", "SequenceTagging", "MulticlassClassification", "each step has outputs")]
    [InlineData("binary", "BinaryClassification", "Regression", "scale of its labels")]
    [InlineData("regression", "\"Regression\"", "\"BinaryClassification\"", "has none")]
    [InlineData("classes", "\"Mean\":[", "\"Mean\":[1,", "3 means and 2 scales")]
    [InlineData("classes", "\"Mean\":[", "\"Mean\":[1e39,", "means")]
    [InlineData("classes", "\"LabelValues\":[\"7\",\"8\"]", "\"LabelValues\":[\"7\"]", "1 label values")]
    [InlineData("classes", "\"LabelValues\":[\"7\",\"8\"]", "\"LabelValues\":[\"7\",null]", "label 2 is missing")]
    [InlineData("classes", "\"LabelKind\":\"Int32\",", "", "one is missing")]
    [InlineData("regression", "\"Sequences\":", "\"Sequences\":-", "trained on -")]
    [InlineData("regression", "\"Epochs\":1", "\"Epochs\":0", "best epoch is 1 of 0")]
    [InlineData(
        "binary", "\"EncodingColumnName\":\"Encoding\"", "\"EncodingColumnName\":\"Actions\"", "two of its columns are called 'Actions'")]
    [InlineData(
        "binary", "\"EncodingColumnName\":\"Encoding\"", "\"EncodingColumnName\":\"Score\"", "two of its columns are called 'Score'")]
    [InlineData("classes", "\"Format\":1", "\"Format\":0", "format is 0")]
    [InlineData("values", "\"Count\":2,\"Names\"", "\"Count\":1,\"Names\"", "1 slots of its labels, not all have names")]
    [InlineData("values", "\"Names\":[\"Value\",\"Twice\"]", "\"Names\":[\"Value\",null]", "not all have names")]
    [InlineData("values", "\"Slots\":{\"Count\":2,\"Names\":[\"Value\",\"Twice\"]},", "", "the scale of its labels")]
    [InlineData("values", "\"Regression\"", "\"RegressionTagging\"", "its labels are vectors")]
    [InlineData("values", "SquaredError", "SigmoidCrossEntropy", "its loss SigmoidCrossEntropy")]
    [InlineData("answers", "\"Slots\":{\"Count\":2}", "\"Slots\":{\"Count\":3}", "3 slots, and it has 2 outputs")]
    [InlineData("answers", "\"Slots\":{\"Count\":2}", "\"Slots\":{\"Count\":1}", "it has 2 outputs; its task, BinaryClassification, has 1")]
    [InlineData("answers", "\"BinaryClassification\"", "\"MulticlassClassification\"", "its labels are vectors")]
    [InlineData("answers", "\"BinaryClassification\"", "\"Regression\"", "2 slots but 0 scales")]
    [InlineData("values of steps", "\"RegressionTagging\"", "\"Regression\"", "each step has outputs")]
    [InlineData("crf", "\"Alternatives\":2", "\"Alternatives\":1001", "The description of the network is damaged")]
    [InlineData("crf", "\"Alternatives\":2", "\"Alternatives\":-1", "The description of the network is damaged")]
    public void A_description_that_contradicts_itself_is_refused_with_the_contradiction(
        string name, string old, string now, string expected)
    {
        RecurrentTransformer model = _models[name]();
        DescribedFile file = DescribedFile.Of(writer => ModelFile.Write(writer, model.Model)).Replace(old, now);
        string message = Assert.Throws<InvalidDataException>(() => ModelFile.Read(file.Read())).Message;
        Assert.Contains("damaged", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classes", 1)]
    [InlineData("regression", 2)]
    [InlineData("values", 3)]
    [InlineData("answers", 3)]
    [InlineData("values of steps", 3)]
    public void A_model_has_the_oldest_format_that_its_pooling_and_its_labels_allow(string name, int format)
    {
        RecurrentTransformer model = _models[name]();
        var file = DescribedFile.Of(writer => ModelFile.Write(writer, model.Model));
        Assert.StartsWith($"{{\"Format\":{format},", file.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_weight_that_is_no_finite_number_is_refused_by_name(float odd)
    {
        RecurrentTransformer model = _models["regression"]();
        var file = DescribedFile.Of(writer => ModelFile.Write(writer, model.Model));
        BinaryPrimitives.WriteSingleLittleEndian(file.Weights.AsSpan(sizeof(long) + 5 * sizeof(float)), odd);
        string message = Assert.Throws<InvalidDataException>(() => ModelFile.Read(file.Read())).Message;
        Assert.Equal(FormattableString.Invariant($"The model is damaged: weight [1, 1] of layers.0.weight_ih is {odd}."), message);
    }

    private static RecurrentOptions Options(params RecurrentLayer[] layers) =>
        new RecurrentOptions { Layers = layers, NumberOfEpochs = 1, Seed = 1 }.Planned();

    private static RecurrentOptions With(RecurrentOptions options, Action<RecurrentOptions> change)
    {
        change(options);
        return options;
    }

    private static IDataView Plain()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(i => new PlainRow
        {
            Features = [.. Enumerable.Range(0, 2 * (1 + i % 3)).Select(k => i + 0.1f * k)],
            Label = i % 2 == 0,
            Value = i,
            Twice = 2 * i + i % 3,
            Answers = [i % 2 == 0, i % 3 == 0],
            StepValues = [.. Enumerable.Range(0, 1 + i % 3).Select(k => (i + 0.5f * k) * k)],
        }));
        return _ml.Transforms.Concatenate("Values", "Value", "Twice").Fit(rows).Transform(rows);
    }

    /// <summary>All that a model says of some rows.</summary>
    private static ReadOnlyMemory<char>[] Texts(params string[] texts) => Array.ConvertAll(texts, text => text.AsMemory());

    private static string Scores(RecurrentTransformer model)
    {
        bool isPlain = model.Model.Outputs.Task is BinaryTask or RegressionTask;
        IDataView scored = model.Transform(isPlain ? Plain() : _data);
        DataViewSchema.Column score = scored.Schema["Score"];
        return score.Type is VectorDataViewType
            ? string.Join(" ", scored.GetColumn<float[]>(score).SelectMany(row => row).Select(BitConverter.SingleToUInt32Bits))
            : string.Join(" ", scored.GetColumn<float>(score).Select(BitConverter.SingleToUInt32Bits));
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class PlainRow
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Value { get; set; }

        public float Twice { get; set; }

        [VectorType(2)]
        public bool[] Answers { get; set; } = [];

        public float[] StepValues { get; set; } = [];
    }
}
