using System.Runtime.Intrinsics.X86;

namespace MlNetRecurrent.Samples.Tests;

public sealed class TourTests
{
    [Fact]
    public async Task Every_block_of_the_tour_runs_and_prints_what_stands_below_it()
    {
        (string Language, string Text)[] blocks = [.. new Document("samples/Tour.md").Blocks];
        // A program of one file has its types at the end, a notebook before they are used. Only the former has directives.
        string types = blocks.Last(block => block.Language == "csharp").Text;
        var notebook = new Notebook();
        string printed = await notebook.Run("using Microsoft.ML.Data;\n" + types);
        foreach ((string language, string text) in blocks.Where(block => block.Text != types))
        {
            if (language == "csharp")
            {
                Assert.Equal("", printed);
                IEnumerable<string> lines = text.Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal));
                printed = await notebook.Run(string.Join('\n', lines));
            }
            else
            {
                // Without fused multiply-add the last digits differ.
                if (Fma.IsSupported)
                    Assert.Equal(text, printed);
                printed = "";
            }
        }
        Assert.Equal("", printed);
    }
}
