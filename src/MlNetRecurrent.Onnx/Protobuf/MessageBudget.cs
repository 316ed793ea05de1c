using Google.Protobuf;

namespace MlNetRecurrent.Onnx.Protobuf;

/// <summary>
/// Limits the number of messages in a file. An empty message takes two bytes of the file and some hundred bytes of memory, so the size
/// of the file does not limit the memory.
/// </summary>
internal static class MessageBudget
{
    /// <summary>A network has some hundred messages.</summary>
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

    /// <summary>Counts a message that was created, if the thread is parsing.</summary>
    public static void Take(IMessage message)
    {
        if (_left is not { } left)
            return;
        if (left == 0)
            throw new InvalidDataException($"The file is damaged: it consists of more than {MostMessages} parts.");
        _left = left - 1;
    }
}
