using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A file for ML.NET's loaders that is none.</summary>
internal sealed class MemorySource(byte[] bytes) : IMultiStreamSource
{
    public int Count => 1;

    public string? GetPathOrNull(int index) => null;

    public Stream Open(int index) => new MemoryStream(bytes, writable: false);

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
}
