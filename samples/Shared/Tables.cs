using Spectre.Console;

namespace Samples.Shared;

/// <summary>Writes tables to the console.</summary>
public static class Tables
{
    /// <summary>The width where the output goes to a file: as wide as the tables need it.</summary>
    private const int WidthOfFile = 140;

    public static void Write(Table table)
    {
        FitToOutput();
        AnsiConsole.Write(table);
    }

    /// <summary>Makes lines as wide as tables need them where the output goes to a file.</summary>
    internal static void FitToOutput()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthOfFile;
    }
}
