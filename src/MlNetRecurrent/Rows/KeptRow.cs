namespace MlNetRecurrent.Rows;

/// <summary>
/// Marks the exceptions of networks. Windows keep the row nevertheless, as they do in a view: without it, the rows before and after it
/// would seem to follow one another.
/// </summary>
internal static class KeptRow
{
    private const string Key = "MlNetRecurrent.KeptRow";

    public static T Mark<T>(T exception)
        where T : Exception
    {
        exception.Data[Key] = true;
        return exception;
    }

    public static bool Is(Exception exception) => exception.Data.Contains(Key);
}
