namespace MlNetRecurrent.Onnx.Protobuf;

/// <summary>
/// Limits the messages that a file may consist of. An empty message takes two bytes of a file and some hundred bytes of memory, so that the size of a file says little about what reading it takes.
/// </summary>
internal static class MessageBudget
{
    /// <summary>Networks have some hundred messages.</summary>
    private const int MostMessages = 250_000;

    [ThreadStatic]
    private static int? _left;

    /// <summary>Parses a file.</summary>
    /// <exception cref="InvalidDataException">The file has too many messages.</exception>
    public static ModelProto Parse(Stream stream)
    {
        _left = MostMessages;
        try
        {
            return ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(stream);
        }
        finally
        {
            _left = null;
        }
    }

    public static void Take()
    {
        if (_left is { } left)
            _left = left > 0 ? left - 1 : throw new InvalidDataException($"The file is damaged: it consists of more than {MostMessages} parts.");
    }
}
