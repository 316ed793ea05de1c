using Microsoft.ML.OnnxRuntime;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Runs a file in OnnxRuntime.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string _column;

    public OnnxSession(string path, string column)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
        _session = new(path, options);
        _column = column;
    }

    /// <summary>The scores of a batch, padded with whatever: of each sequence those of its steps, where there is one a step.</summary>
    public float[][] Run(SequenceRow[] rows, bool withLengths)
    {
        int batch = rows.Length, time = rows.Max(row => row.Tokens.Length);
        using OrtValue input = _column == "Tokens" ? Tokens(rows, time) : Features(rows, time);
        using var lengths = OrtValue.CreateTensorValueFromMemory([.. rows.Select(row => row.Tokens.Length)], [batch]);
        string[] names = withLengths ? [_column, "lengths"] : [_column];
        OrtValue[] values = withLengths ? [input, lengths] : [input];
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_options, names, values, ["Score"]);
        long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
        float[] scores = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        int width = scores.Length / batch;
        int Length(SequenceRow row) => shape.Length == 3 ? row.Tokens.Length * (int)shape[2] : width;
        return [.. rows.Select((row, i) => scores.AsSpan(i * width, Length(row)).ToArray())];
    }

    /// <summary>An output of a batch of sequences of the same length, with lengths where there are some.</summary>
    public T[] Run<T>(SequenceRow[] rows, string output, int[]? lengths = null)
        where T : unmanaged
    {
        using OrtValue input = _column == "Tokens" ? Tokens(rows, rows[0].Tokens.Length) : Features(rows, rows[0].Tokens.Length);
        using var given = OrtValue.CreateTensorValueFromMemory(lengths ?? [0], [lengths?.Length ?? 1]);
        string[] names = lengths is null ? [_column] : [_column, "lengths"];
        OrtValue[] values = lengths is null ? [input] : [input, given];
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_options, names, values, [output]);
        return outputs[0].GetTensorDataAsSpan<T>().ToArray();
    }

    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private static OrtValue Features(SequenceRow[] rows, int time)
    {
        var values = new float[rows.Length * time * SequenceRow.FeaturesOfAStep];
        Array.Fill(values, 77);
        for (int i = 0; i < rows.Length; i++)
            rows[i].Features.CopyTo(values, i * time * SequenceRow.FeaturesOfAStep);
        return OrtValue.CreateTensorValueFromMemory(values, [rows.Length, time, SequenceRow.FeaturesOfAStep]);
    }

    private static OrtValue Tokens(SequenceRow[] rows, int time)
    {
        var values = new uint[rows.Length * time];
        Array.Fill(values, 2u);
        for (int i = 0; i < rows.Length; i++)
            rows[i].Tokens.CopyTo(values, i * time);
        return OrtValue.CreateTensorValueFromMemory(values, [rows.Length, time]);
    }
}
