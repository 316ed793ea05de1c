using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Files score in OnnxRuntime, which is not ours, as the models score that they were made of.</summary>
public sealed class ExportTests : IDisposable
{
    private const float Tolerance = 1e-5f;

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private static readonly Dictionary<string, RecurrentOptions> _networks = new()
    {
        ["Elman"] = new() { Layers = [new ElmanLayer(7)] },
        ["Elman, rectified"] = new() { Layers = [new ElmanLayer(7) { Activation = ElmanActivation.Relu }], Pooling = SequencePooling.Max },
        ["Lstm"] = new() { Layers = [new LstmLayer(9)] },
        ["Lstm, mean"] = new() { Layers = [new LstmLayer(9)], Pooling = SequencePooling.Mean, NormalizeFeatures = false },
        ["Lstm, last, mean and max"] = new()
        {
            Layers = [new LstmLayer(5) { Bidirectional = true }],
            Pooling = SequencePooling.LastMeanMax,
        },
        ["Gru"] = new() { Layers = [new GruLayer(6)], HasOutputBias = false },
        ["Gru, reset before"] = new() { Layers = [new GruLayer(6) { ResetAfter = false, Bidirectional = true }] },
        ["deep"] = new()
        {
            Layers =
            [
                new LstmLayer(5) { Bidirectional = true, Dropout = 0.1f },
                new GruLayer(4),
                new ElmanLayer(6) { Bidirectional = true },
            ],
            Pooling = SequencePooling.Max,
        },
        ["pyramid"] = new()
        {
            Layers =
            [
                new LstmLayer(5) { Bidirectional = true },
                new LstmLayer(4) { Bidirectional = true, TimeReduction = 2 },
                new GruLayer(4) { TimeReduction = 3 },
            ],
        },
        ["pyramid from the input on, mean"] = new()
        {
            Layers = [new LstmLayer(5) { Bidirectional = true, TimeReduction = 2 }],
            Pooling = SequencePooling.Mean,
        },
        ["pyramid with stacks, last, mean and max"] = new()
        {
            Layers = [new StackLayer(5) { NumberOfStacks = 2, StackSize = 3, Bidirectional = true }, new GruLayer(4) { TimeReduction = 2 }],
            Pooling = SequencePooling.LastMeanMax,
        },
        ["stacks"] = new() { Layers = [new StackLayer(6) { NumberOfStacks = 3, StackSize = 4 }] },
        ["stacks with all there is"] = new()
        {
            Layers =
            [
                new StackLayer(6)
                {
                    NumberOfStacks = 3,
                    StackSize = 2,
                    Depth = 3,
                    HasNoOp = true,
                    HasBias = true,
                    HasRecurrentWeights = true,
                    Bidirectional = true,
                },
            ],
            Pooling = SequencePooling.Max,
        },
        ["stacks, rounded"] = new()
        {
            Layers =
            [
                new StackLayer(6) { NumberOfStacks = 2, StackSize = 20, HasNoOp = true, RoundActions = true },
                new LstmLayer(4),
            ],
        },
    };

    /// <summary>Tasks whose labels are vectors.</summary>
    public static IReadOnlyList<string> VectorTasks { get; } = ["values", "answers", "values of steps", "answers of steps"];

    public static TheoryData<string, string, string> Cases =>
    [
        .. from network in _networks.Keys
           from task in (string[])["binary", "multiclass", "regression", "tagger", "crf", .. VectorTasks]
           from column in (string[])["Features", "Tokens"]
           where !IsTagger(task) || _networks[network].Layers.All(layer => layer.TimeReduction == 1)
           where !VectorTasks.Contains(task) || network is "Lstm" or "deep"
           select (network, task, column),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_are_those_of_the_model_one_by_one_in_batches_with_lengths_and_through_ApplyOnnxModel(
        string network, string task, string column)
    {
        RecurrentTransformer model = Train(_ml, network, task, column);
        SequenceRow[] rows = SequenceRow.Generate(200, seed: 2, shortest: 0);
        float[][] expected = Scores(model.Transform(_ml.Data.LoadFromEnumerable(rows)), task);
        string path = Path.Combine(_folder, "model.onnx");
        model.SaveAsOnnx(path);
        using var session = new OnnxSession(path, column);
        AssertNear(expected, [.. rows.SelectMany(row => session.Run([row], withLengths: false))]);
        AssertNear(expected, [.. rows.Chunk(64).SelectMany(batch => session.Run(batch, withLengths: true))]);
        // ML.NET hands OnnxRuntime no empty vectors.
        int[] filled = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].Tokens.Length > 0)];
        IDataView data = _ml.Data.LoadFromEnumerable(filled.Select(i => rows[i]));
        IDataView applied = _ml.Transforms.ApplyOnnxModel(["Score"], [column], path).Fit(data).Transform(data);
        AssertNear([.. filled.Select(i => expected[i])], [.. applied.GetColumn<float[]>("Score")]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static RecurrentTransformer Train(MLContext ml, string network, string task, string column)
    {
        RecurrentOptions source = _networks[network];
        var options = new RecurrentOptions
        {
            FeatureColumnName = column,
            LabelColumnName = task switch
            {
                "binary" => "Answer",
                "multiclass" => "Class",
                "regression" => "Value",
                "values" => "Values",
                "answers" => "Answers",
                "values of steps" => "StepValues",
                "answers of steps" => "StepAnswers",
                _ => "Tags",
            },
            Layers = source.Layers,
            Pooling = source.Pooling,
            HasOutputBias = source.HasOutputBias,
            NormalizeFeatures = source.NormalizeFeatures,
            UseCrf = task == "crf",
            EmbeddingSize = 4,
            NumberOfEpochs = 3,
            LearningRate = 0.02f,
            Seed = 1,
        };
        RecurrentTrainer trainer = task switch
        {
            "binary" or "answers" => ml.BinaryClassification.Trainers.Recurrent(options),
            "multiclass" => ml.MulticlassClassification.Trainers.Recurrent(options),
            "regression" or "values" => ml.Regression.Trainers.Recurrent(options),
            "values of steps" => ml.Regression.Trainers.SequenceTagger(options),
            "answers of steps" => ml.BinaryClassification.Trainers.SequenceTagger(options),
            _ => ml.MulticlassClassification.Trainers.SequenceTagger(options),
        };
        return trainer.Fit(ml.Data.LoadFromEnumerable(SequenceRow.Generate(60, seed: 1)));
    }

    public static float[][] Scores(IDataView scored, string task) => task is "binary" or "regression"
        ? [.. scored.GetColumn<float>("Score").Select(score => new[] { score })]
        : [.. scored.GetColumn<float[]>("Score")];

    private static bool IsTagger(string task) => task is "tagger" or "crf" || task.EndsWith("steps", StringComparison.Ordinal);

    private static void AssertNear(float[][] expected, float[][] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Length, found[i].Length);
            for (int k = 0; k < expected[i].Length; k++)
            {
                // Values in the unit of the labels have no more digits.
                float most = Tolerance * Math.Max(1, Math.Abs(expected[i][k]));
                bool isNear = Math.Abs(expected[i][k] - found[i][k]) <= most;
                Assert.True(isNear, $"sequence {i}, score {k}: {found[i][k]:R}, expected {expected[i][k]:R}");
            }
        }
    }
}
