using System.Runtime.InteropServices;

namespace MlNetRecurrent.Onnx.Files;

/// <summary>Reads the values of a tensor, after a check of their type and number.</summary>
internal static class TensorContents
{
    private const int MostDimensions = 8;

    /// <summary>Checks the number of values of a tensor without reading them, and returns the dimensions.</summary>
    /// <exception cref="NotSupportedException">The values are not of type Single, or are in another file.</exception>
    /// <exception cref="InvalidDataException">The number of values is not the product of the dimensions.</exception>
    public static int[] VerifyNumbers(this TensorProto tensor)
    {
        if (tensor.DataType != (int)OnnxType.Single)
        {
            throw new NotSupportedException(
                $"Tensor '{ShortName.Shorten(tensor.Name)}' is of type {(OnnxType)tensor.DataType}; expected {OnnxType.Single}. " +
                "Export the model in single precision.");
        }
        return tensor.Verify(tensor.FloatData.Count, tensor.Int32Data.Count + tensor.Int64Data.Count, sizeof(float));
    }

    /// <exception cref="NotSupportedException">The values are not of type Single, or are in another file.</exception>
    /// <exception cref="InvalidDataException">There are more or fewer values than the dimensions say, or one is not finite.</exception>
    public static float[] ReadNumbers(this TensorProto tensor)
    {
        tensor.VerifyNumbers();
        float[] values = tensor.FloatData.Count > 0
            ? [.. tensor.FloatData]
            : MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        return Array.TrueForAll(values, float.IsFinite) ? values : throw tensor.ReportDamage("it holds a number that is not finite");
    }

    /// <exception cref="InvalidDataException">The values are not integers, or not as many as the dimensions say.</exception>
    public static long[] ReadIntegers(this TensorProto tensor)
    {
        if (tensor.DataType == (int)OnnxType.Int64)
        {
            tensor.Verify(tensor.Int64Data.Count, tensor.FloatData.Count + tensor.Int32Data.Count, sizeof(long));
            return tensor.Int64Data.Count > 0 ? [.. tensor.Int64Data] : MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray();
        }
        if (tensor.DataType != (int)OnnxType.Int32)
            throw tensor.ReportDamage($"it is of type {(OnnxType)tensor.DataType}; expected integers");
        tensor.Verify(tensor.Int32Data.Count, tensor.FloatData.Count + tensor.Int64Data.Count, sizeof(int));
        return tensor.Int32Data.Count > 0
            ? [.. tensor.Int32Data]
            : Array.ConvertAll(MemoryMarshal.Cast<byte, int>(tensor.RawData.Span).ToArray(), value => (long)value);
    }

    private static int[] Verify(this TensorProto tensor, int typed, int ofOtherTypes, int size)
    {
        if (tensor.DataLocation != 0)
        {
            throw new NotSupportedException(
                $"Tensor '{ShortName.Shorten(tensor.Name)}' is kept in another file. Export the model with its weights in one file.");
        }
        int[] dimensions = tensor.ReadDimensions();
        long count = dimensions.Aggregate(1L, (product, dimension) => product * dimension);
        bool isMixed = ofOtherTypes > 0 || tensor.StringData.Count > 0 || (tensor.RawData.Length > 0 && typed > 0);
        if (tensor.Segment is not null || isMixed)
        {
            throw tensor.ReportDamage(
                $"it holds numbers in several ways, or of another type than the {(OnnxType)tensor.DataType} that it says");
        }
        if (typed > 0 ? typed != count : tensor.RawData.Length != count * size)
        {
            string found = typed > 0 ? $"{typed} numbers" : $"{tensor.RawData.Length} bytes";
            throw tensor.ReportDamage(
                $"it holds {found} where its dimensions [{string.Join(", ", dimensions)}] say {count} numbers of {size} bytes");
        }
        return dimensions;
    }

    private static int[] ReadDimensions(this TensorProto tensor)
    {
        if (tensor.Dims.Count > MostDimensions)
            throw tensor.ReportDamage($"it has {tensor.Dims.Count} dimensions; the most are {MostDimensions}");
        long count = 1;
        foreach (long dimension in tensor.Dims)
        {
            count = dimension is >= 0 and <= int.MaxValue ? count * dimension : long.MaxValue;
            if (count > Array.MaxLength)
                throw tensor.ReportDamage("its dimensions are negative, or larger than can be read");
        }
        return [.. tensor.Dims.Select(dimension => (int)dimension)];
    }

    private static InvalidDataException ReportDamage(this TensorProto tensor, string damage) =>
        new($"Tensor '{ShortName.Shorten(tensor.Name)}' is damaged: {damage}.");
}
