using System.Runtime.Intrinsics.X86;
using MlNetRecurrent.Samples.Tests.Guide;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>The code of the guide stands in the folder Guide, where it is compiled, and is run here.</summary>
public sealed class GuideTests : IDisposable
{
    private static readonly Dictionary<string, Action[]> _examples = new()
    {
        ["Classify"] = [ClassifyExamples.Multiclass, ClassifyExamples.Binary, ClassifyExamples.Texts],
        ["Regress"] = [RegressExamples.Windows, RegressExamples.StepsAhead],
        ["Forecast"] = [ForecastExamples.Table, ForecastExamples.Future, ForecastExamples.Validation],
        ["Inputs"] = [InputExamples.Machines, InputExamples.Lines, InputExamples.Characters],
        ["Outputs"] = [OutputExamples.Intents],
        ["Transfer"] = [TransferExamples.NewLabels, TransferExamples.Vectors],
        ["Tag"] = [TagExamples.Slots, TagExamples.Entities],
        ["Transform"] =
        [
            TransformExamples.Arrays, TransformExamples.Window, TransformExamples.Groups, TransformExamples.Steps, TransformExamples.Shops,
        ],
        ["TimeTables"] = [TimeTableExamples.Calendar, TimeTableExamples.Hours, TimeTableExamples.Scales],
        ["Train"] = [FirstProgram.Run, TrainExamples.Validation, TrainExamples.Budget, TrainExamples.Continuation],
        ["Onnx"] = [OnnxExamples.Pipeline, OnnxExamples.Foreign],
        ["Networks"] = [NetworkExamples.Sizes, NetworkExamples.Layers],
        ["Troubleshooting"] = [TrainExamples.Warnings],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    public static TheoryData<string> Pages => [.. _examples.Keys];

    [Theory, MemberData(nameof(Pages))]
    public void A_page_shows_what_its_code_prints(string page)
    {
        Directory.SetCurrentDirectory(_folder);
        string[] printed = [.. _examples[page].Select(Printed).Where(text => text.Length > 0)];
        string[] shown = [.. Outputs(new Document($"samples/guide/{page}.md"))];
        Assert.Equal(printed.Length, shown.Length);
        // Without fused multiply-add the last digits differ.
        if (Fma.IsSupported)
            Assert.Equal(printed, shown);
    }

    [Fact]
    public void Every_page_that_shows_output_is_run()
    {
        IEnumerable<string> pages =
            from page in Document.All
            where page.FilePath.StartsWith("samples/guide/", StringComparison.Ordinal) && Outputs(page).Any()
            select Path.GetFileNameWithoutExtension(page.FilePath);
        Assert.Equal(_examples.Keys.Order(), pages.Order());
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> Outputs(Document page) =>
        page.Blocks.Where(block => block.Language == "text").Select(block => block.Text);

    private static string Printed(Action example)
    {
        TextWriter console = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            example();
        }
        finally
        {
            Console.SetOut(console);
        }
        return printed.ToString().Trim();
    }
}
