using MlNetRecurrent.Onnx.Protobuf;
using MlNetRecurrent.Onnx.Tests.Files;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Files in which something was changed at random are refused, or score as they do in OnnxRuntime.</summary>
public sealed class ChangedFileTests
{
    private static readonly OnnxComparison _comparison = new(count: 4, seed: 5);

    public static TheoryData<string> Files => [.. ForeignFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_was_changed_is_refused_by_one_clear_error_or_scores_as_in_OnnxRuntime(string name)
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("CHANGES") ?? "25");
        var random = new Random(name.Length + int.Parse(Environment.GetEnvironmentVariable("SEED") ?? "0"));
        bool readsTokens = name.Contains("embedding", StringComparison.Ordinal);
        int loaded = 0, refused = 0;
        for (int i = 0; i < count; i++)
        {
            ModelProto file = ForeignFiles.All[name].Clone();
            string change = new FileMutation(random).Change(file);
            if (random.Next(3) == 0)
                change += "; " + new FileMutation(random).Change(file);
            RecurrentTransformer? model = null;
            Exception? exception = Record.Exception(() => model = OnnxComparison.Load(file));
            Assert.True(exception is null || (exception is InvalidDataException or NotSupportedException && exception.Message.Length > 20), $"{change}: {exception}");
            if (model is null)
            {
                refused++;
                continue;
            }
            loaded++;
            int classes = name.EndsWith("yes or no", StringComparison.Ordinal) || name.EndsWith("a value", StringComparison.Ordinal) ? 1 : 3;
            string? difference = _comparison.FindDifference(file, _comparison.Score(model, readsTokens), classes, refused: null);
            Assert.True(difference is null, $"{change}: {difference}");
        }
        if (Environment.GetEnvironmentVariable("SHOW") is not null)
            Console.WriteLine($"COUNTS {name}: {loaded} loaded, {refused} refused");
    }
}
