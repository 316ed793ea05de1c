using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Holds what this library reads from a file against what OnnxRuntime computes with it.</summary>
internal sealed class OnnxComparison
{
    private const float Tolerance = 1e-5f;

    private readonly SequenceRow[] _rows;

    /// <param name="count">The number of rows, of which the first two are of the same length.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="steps">The length of all rows; 0 where they differ.</param>
    public OnnxComparison(int count, int seed, int steps = 0)
    {
        _rows = [.. SequenceRow.Generate(1000, seed).Where(row => row.Tokens.Length > Math.Max(3, steps)).Take(count)];
        int length = steps > 0 ? steps : Math.Min(_rows[0].Tokens.Length, _rows[1].Tokens.Length);
        foreach (SequenceRow row in steps > 0 ? _rows : _rows[..2])
            (row.Tokens, row.Features) = (row.Tokens[..length], row.Features[..(length * SequenceRow.FeaturesOfAStep)]);
    }

    /// <summary>Reads a file, as <see cref="RecurrentModel.LoadOnnx(Stream, string, IReadOnlyList{string})"/> does.</summary>
    public static RecurrentTransformer Load(ModelProto file) =>
        RecurrentModel.LoadOnnx(new MemoryStream(file.ToByteArray()), "Features", null);

    /// <summary>The scores of this library, a vector for each row.</summary>
    public float[][] Score(RecurrentTransformer model, bool readsTokens)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromEnumerable(_rows);
        IDataView scored = model.Transform(readsTokens ? ml.Transforms.CopyColumns("Features", "Tokens").Fit(data).Transform(data) : data);
        string column = scored.Schema.GetColumnOrNull("Probability") is null ? "Score" : "Probability";
        return scored.Schema[column].Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>(column)]
            : [.. scored.GetColumn<float>(column).Select(score => new[] { score })];
    }

    /// <summary>Says how the scores of a file differ from those in OnnxRuntime; null where they do not.</summary>
    /// <param name="file">The file.</param>
    /// <param name="found">The scores of this library.</param>
    /// <param name="classes">The number of classes, whose logits the file may give instead of probabilities. 1 if there are none.</param>
    /// <param name="refused">The difference where OnnxRuntime refuses the file.</param>
    public string? FindDifference(ModelProto file, float[][] found, int classes, string? refused)
    {
        string? difference = null;
        bool hasRun = false;
        // Which axis is the time depends on what reads the input. An axis of known size is no other's.
        IList<TensorShapeProto.Types.Dimension> axes = file.Graph.Input[0].Type.TensorType.Shape.Dim;
        bool isFree = axes.Take(2).All(axis => axis.DimParam.Length > 0);
        bool isFirst = axes[0].DimParam == "time" || axes[1].DimParam == "batch";
        foreach (bool isTimeMajor in isFree ? (bool[])[isFirst, !isFirst] : [isFirst])
        {
            if (TryRun(file, isTimeMajor, batch: 1) is not { } expected)
                continue;
            hasRun = true;
            bool isRaw = IsNear(expected, found);
            if (!isRaw && !(classes > 1 && IsNear(Array.ConvertAll(expected, row => Softmax(row, classes)), found)))
                difference ??= $"{string.Join(" ", found[0])}, expected {string.Join(" ", expected[0])}";
            else if (isRaw && TryRun(file, isTimeMajor, batch: 2) is { } together
                && !IsNear([[.. together[0].Order()]], [[.. found[0], .. found[1]]], isOrdered: false))
                return $"{string.Join(" ", found[0])}, expected {string.Join(" ", together[0])} in a batch of two";
            else
                return null;
        }
        return hasRun ? difference : refused;
    }

    /// <summary>The output of OnnxRuntime, batch by batch; null where it refuses the file.</summary>
    private float[][]? TryRun(ModelProto file, bool isTimeMajor, int batch)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
            using var session = new InferenceSession(file.ToByteArray(), options);
            return batch == 1 ? [.. _rows.Select(row => Run(session, [row], isTimeMajor))] : [Run(session, _rows[..batch], isTimeMajor)];
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    private static float[] Run(InferenceSession session, SequenceRow[] rows, bool isTimeMajor)
    {
        int steps = rows[0].Tokens.Length;
        const int features = SequenceRow.FeaturesOfAStep;
        NodeMetadata type = session.InputMetadata["x"];
        bool readsTokens = type.ElementType == typeof(long) || type.Dimensions.Length == 2;
        long[] shape = isTimeMajor ? [steps, rows.Length, features] : [rows.Length, steps, features];
        uint[] tokens = [.. rows.SelectMany(row => row.Tokens)];
        float[] numbers = isTimeMajor
            ? [.. Enumerable.Range(0, steps).SelectMany(step => rows.SelectMany(row => row.Features.Skip(step * features).Take(features)))]
            : [.. rows.SelectMany(row => row.Features)];
        using OrtValue input = type.ElementType == typeof(long)
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(tokens, token => (long)token), shape[..2])
            : readsTokens ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(tokens, token => (float)token), shape[..2])
            : OrtValue.CreateTensorValueFromMemory(numbers, shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["x"], [input], ["output"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Softmax(float[] logits, int classes)
    {
        if (logits.Length % classes != 0)
            return [];
        return [.. logits.Chunk(classes).SelectMany(row =>
        {
            double sum = row.Sum(logit => Math.Exp(logit));
            return Array.ConvertAll(row, logit => (float)(Math.Exp(logit) / sum));
        })];
    }

    private static bool IsNear(float[][] expected, float[][] found, bool isOrdered = true)
    {
        bool AreNear(float[] first, float[] second) => first.Length == second.Length && first.Zip(isOrdered ? second : [.. second.Order()])
            .All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.First)));
        return expected.Length == found.Length && expected.Zip(found).All(rows => AreNear(rows.First, rows.Second));
    }
}
