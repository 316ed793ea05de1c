using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>A row that every task can learn from: short sequences of two features, and the same steps as tokens.</summary>
internal sealed class TaskRow
{
    public static readonly string[] Tasks = ["binary", "multiclass", "regression", "tagger"];

    [VectorType(0, 2)]
    public float[] Features { get; set; } = [];

    [KeyType(5)]
    public uint[] Tokens { get; set; } = [];

    public bool Answer { get; set; }

    /// <summary>ML.NET counts keys that are scalars from 0 here, and those of vectors from 1.</summary>
    [KeyType(3)]
    public uint Class { get; set; }

    public float Value { get; set; }

    [KeyType(3)]
    public uint[] Tags { get; set; } = [];

    public string Series { get; set; } = "";

    public static TaskRow[] Generate(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float[] features = [.. Enumerable.Range(0, 2 * random.Next(1, 6)).Select(_ => (float)random.NextDouble() - 0.5f)];
            uint[] tokens = [.. features.Where((_, k) => k % 2 == 0).Select(value => 1 + (uint)(5 * (value + 0.5f)) % 5)];
            return new TaskRow
            {
                Features = features,
                Tokens = tokens,
                Answer = random.Next(8) == 0 || features[0] > 0,
                Class = random.Next(8) == 0 ? 0 : tokens[0] % 3,
                Value = 10 + features.Sum() + 0.1f * (float)random.NextDouble(),
                Tags = [.. tokens.Select(token => 1 + token % 3)],
                Series = i % 2 == 0 ? "even" : "odd",
            };
        })];
    }

    /// <summary>The trainer of a task, for its column of labels.</summary>
    public static RecurrentTrainer Trainer(MLContext ml, string task, RecurrentOptions options)
    {
        options.LabelColumnName = task switch { "binary" => "Answer", "multiclass" => "Class", "regression" => "Value", _ => "Tags" };
        return task switch
        {
            "binary" => ml.BinaryClassification.Trainers.Recurrent(options),
            "multiclass" => ml.MulticlassClassification.Trainers.Recurrent(options),
            "regression" => ml.Regression.Trainers.Recurrent(options),
            _ => ml.MulticlassClassification.Trainers.SequenceTagger(options),
        };
    }
}
