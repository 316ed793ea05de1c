namespace MlNetRecurrent.Onnx.Import;

/// <summary>Names of a file as messages show them.</summary>
internal static class ShortName
{
    private const int MostLetters = 80;

    public static string Shorten(string name) => name.Length <= MostLetters ? name : $"{name[..MostLetters]}…";
}
