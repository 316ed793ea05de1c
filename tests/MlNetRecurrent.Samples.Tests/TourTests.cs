using System.Runtime.Intrinsics.X86;
using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests;

public sealed class TourTests
{
    [Fact]
    public async Task Every_cell_of_the_tour_runs_and_prints_what_stands_below_it()
    {
        Directory.SetCurrentDirectory(Repository.Root);
        var notebook = new Notebook();
        string printed = "";
        foreach ((string language, string text) in new Document("samples/Tour.md").Blocks)
        {
            if (language == "csharp")
            {
                Assert.Equal("", printed);
                printed = await notebook.Run(text);
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
