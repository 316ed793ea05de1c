using MlNetRecurrent.Onnx.Protobuf;
using MlNetRecurrent.Onnx.Tests.Files;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Files in which something was changed at random are refused, or score as they do in OnnxRuntime.</summary>
public sealed class ChangedFileTests
{
    private const int Changes = 25;

    private static readonly OnnxComparison _comparison = new(count: 4, seed: 5);

    public static TheoryData<string> Files => [.. ForeignFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_was_changed_is_refused_by_one_clear_error_or_scores_as_in_OnnxRuntime(string name)
    {
        var random = new Random(name.Length);
        var mutation = new FileMutation(random);
        bool readsTokens = name.Contains("embedding", StringComparison.Ordinal);
        int classes = name.EndsWith("yes or no", StringComparison.Ordinal) || name.EndsWith("a value", StringComparison.Ordinal) ? 1 : 3;
        int refused = 0;
        for (int i = 0; i < Changes; i++)
        {
            ModelProto file = ForeignFiles.All[name].Clone();
            string change = mutation.Change(file);
            if (random.Next(3) == 0)
                change += "; " + mutation.Change(file);
            RecurrentTransformer? model = null;
            Exception? exception = Record.Exception(() => model = OnnxComparison.Load(file));
            bool isClear = exception is InvalidDataException or NotSupportedException && exception.Message.Length > 20;
            Assert.True(exception is null || isClear, $"{change}: {exception}");
            if (model is null)
            {
                refused++;
                continue;
            }
            string? difference = _comparison.FindDifference(file, _comparison.Score(model, readsTokens), classes, refused: null);
            Assert.True(difference is null, $"{change}: {difference}");
        }
        Assert.InRange(refused, Changes / 2, Changes);
    }
}
