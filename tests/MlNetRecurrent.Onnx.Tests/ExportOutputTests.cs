using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Outputs of a file besides the scores equal those of the model, as do scores of unusual inputs.</summary>
public sealed class ExportOutputTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string FilePath => Path.Combine(_folder, "model.onnx");

    [Fact]
    public void Features_far_from_the_mean_are_cut_off_as_in_the_model()
    {
        // A rectifier has no bounds, so that it shows what it reads.
        RecurrentTransformer model = ExportTests.Train(_ml, "Elman, rectified", "regression", "Features");
        model.SaveAsOnnx(FilePath);
        using var session = new OnnxSession(FilePath, "Features");
        foreach (float far in (float[])[1e8f, 1e9f, 1e12f, -1e8f, -1e9f, -1e12f])
        {
            for (int feature = 0; feature < SequenceRow.FeaturesOfAStep; feature++)
            {
                SequenceRow row = SequenceRow.Generate(1, seed: 3, shortest: 4)[0];
                row.Features[SequenceRow.FeaturesOfAStep + feature] = far;
                float expected = model.Transform(_ml.Data.LoadFromEnumerable([row])).GetColumn<float>("Score").Single();
                float found = session.Run<float>([row], "Score")[0];
                // Outputs of thousands cancel each other; a feature that were not cut off would make it a thousand times as much, or more.
                Assert.Equal(expected, found, 1e-3f * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Predicted_labels_and_probabilities_are_those_of_the_model()
    {
        SequenceRow[] rows = SequenceRow.Generate(60, seed: 4);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView scored = Save("binary");
        using (var session = new OnnxSession(FilePath, "Features"))
        {
            bool[] answers = [.. scored.GetColumn<bool>("PredictedLabel")];
            Assert.Equal(2, answers.Distinct().Count());
            Assert.Equal(answers, rows.Select(row => session.Run<bool>([row], "PredictedLabel")[0]));
            Assert.All(scored.GetColumn<float>("Probability").Zip(rows), pair =>
                Assert.Equal(pair.First, session.Run<float>([pair.Second], "Probability")[0], 1e-5f));
        }
        scored = Save("multiclass");
        using (var session = new OnnxSession(FilePath, "Features"))
            Assert.Equal(scored.GetColumn<uint>("PredictedLabel"), rows.Select(row => session.Run<uint>([row], "PredictedLabel")[0]));
        scored = Save("tagger");
        using (var session = new OnnxSession(FilePath, "Features"))
            Assert.Equal(scored.GetColumn<uint[]>("PredictedLabel"), rows.Select(row => session.Run<uint>([row], "PredictedLabel")));

        IDataView Save(string task)
        {
            RecurrentTransformer model = ExportTests.Train(_ml, "Lstm", task, "Features");
            model.SaveAsOnnx(FilePath);
            return model.Transform(data);
        }
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("pyramid from the input on, mean")]
    [InlineData("stacks")]
    public void A_length_is_that_of_every_sequence_where_it_stands_alone_and_at_most_all_steps(string network)
    {
        RecurrentTransformer model = ExportTests.Train(_ml, network, "regression", "Features");
        model.SaveAsOnnx(FilePath);
        using var session = new OnnxSession(FilePath, "Features");
        SequenceRow[] rows = [.. SequenceRow.Generate(50, seed: 5, shortest: 8).Take(3).Select(row => Cut(row, 7))];
        float[] whole = Score(rows), part = Score([.. rows.Select(row => Cut(row, 4))]);
        AssertNear(whole, session.Run<float>(rows, "Score", [7, 8, int.MaxValue]));
        AssertNear(part, session.Run<float>(rows, "Score", [4]));
        AssertNear([part[0], whole[1], part[2]], session.Run<float>(rows, "Score", [4, 7, 4]));
        AssertNear(Score([Cut(rows[0], 0), rows[1], Cut(rows[2], 1)]), session.Run<float>(rows, "Score", [0, 7, 1]));

        float[] Score(SequenceRow[] scored) => [.. model.Transform(_ml.Data.LoadFromEnumerable(scored)).GetColumn<float>("Score")];
    }

    [Fact]
    public void Labels_and_task_are_in_the_metadata()
    {
        var rows = SequenceRow.Generate(30, seed: 1).Select((row, i) => new { row.Tokens, Label = "abc"[i % 3].ToString() }).ToArray();
        SchemaDefinition schema = SchemaDefinition.Create(rows[0].GetType());
        schema["Tokens"].ColumnType = new VectorDataViewType(new KeyDataViewType(typeof(uint), SequenceRow.KeyCount));
        IDataView data = _ml.Data.LoadFromEnumerable(rows, schema);
        TransformerChain<RecurrentTransformer> model = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.MulticlassClassification.Trainers.Gru("Label", "Tokens", hiddenSize: 4, numberOfEpochs: 1)).Fit(data);
        model.LastTransformer.SaveAsOnnx(FilePath);
        using var session = new OnnxSession(FilePath, "Tokens");
        Assert.Equal(["a", "b", "c"], JsonSerializer.Deserialize<string[]>(session.Metadata["labels"])!);
        Assert.Equal("MulticlassClassification", session.Metadata["task"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SequenceRow Cut(SequenceRow row, int steps) => new()
    {
        Features = row.Features[..(steps * SequenceRow.FeaturesOfAStep)],
        Tokens = row.Tokens[..steps],
    };

    private static void AssertNear(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * Math.Max(1, Math.Abs(pair.First))));
    }
}
