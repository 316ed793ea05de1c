namespace MlNetRecurrent.Onnx.Files;

/// <summary>Shortens names of a file for messages.</summary>
internal static class ShortName
{
    private const int MostLetters = 80;

    public static string Shorten(string name) => name.Length <= MostLetters ? name : $"{name[..MostLetters]}…";
}
