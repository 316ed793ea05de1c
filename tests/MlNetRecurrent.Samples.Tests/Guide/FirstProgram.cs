using MlNetRecurrent.Tests;

namespace MlNetRecurrent.Samples.Tests.Guide;

/// <summary>The program of a file that the page on training shows whole.</summary>
internal static class FirstProgram
{
    public static string Text => File.ReadAllText(Path.Combine(Repository.Root, "tests/Consumer/First.cs"));

    public static void Run() => Console.WriteLine(new Notebook().Run(Text).GetAwaiter().GetResult());
}
