using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>Runs cells of C#, each of which knows what those before it have declared.</summary>
internal sealed class Notebook
{
    private static readonly ScriptOptions _options = ScriptOptions.Default
        .AddReferences(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(path)))
        .AddImports("System", "System.IO", "System.Linq", "System.Collections.Generic");

    private ScriptState? _state;

    /// <summary>What a cell prints.</summary>
    public async Task<string> Run(string cell)
    {
        TextWriter console = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            _state = _state is null ? await CSharpScript.RunAsync(cell, _options) : await _state.ContinueWithAsync(cell);
        }
        finally
        {
            Console.SetOut(console);
        }
        return printed.ToString().Trim();
    }
}
