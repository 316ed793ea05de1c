using System.Runtime.InteropServices;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>The numbers of a tensor, which are read if they are as many, and of the type, that the tensor says.</summary>
internal static class TensorContents
{
    private const int MostDimensions = 8;

    /// <summary>The dimensions of a tensor of numbers, which are counted and not read.</summary>
    /// <exception cref="NotSupportedException">The numbers are of another type than Single, or in another file.</exception>
    /// <exception cref="InvalidDataException">There are more or fewer than the dimensions say.</exception>
    public static int[] VerifyNumbers(this TensorProto tensor)
    {
        if (tensor.DataType != (int)OnnxType.Single)
            throw new NotSupportedException($"Tensor '{ShortName.Shorten(tensor.Name)}' is of type {(OnnxType)tensor.DataType}; expected {OnnxType.Single}. Export the model in single precision.");
        return tensor.Verify(tensor.FloatData.Count, tensor.Int32Data.Count + tensor.Int64Data.Count, sizeof(float));
    }

    private static int[] ReadDimensions(this TensorProto tensor)
    {
        if (tensor.Dims.Count > MostDimensions)
            throw tensor.Damaged($"it has {tensor.Dims.Count} dimensions; the most are {MostDimensions}");
        long count = 1;
        foreach (long dimension in tensor.Dims)
        {
            count = dimension is >= 0 and <= int.MaxValue ? count * dimension : long.MaxValue;
            if (count > Array.MaxLength)
                throw tensor.Damaged("its dimensions are negative, or larger than can be read");
        }
        return [.. tensor.Dims.Select(dimension => (int)dimension)];
    }

    /// <exception cref="NotSupportedException">The numbers are of another type than Single, or in another file.</exception>
    /// <exception cref="InvalidDataException">There are more or fewer than the dimensions say, or one is not finite.</exception>
    public static float[] ReadNumbers(this TensorProto tensor)
    {
        tensor.VerifyNumbers();
        float[] values = tensor.FloatData.Count > 0 ? [.. tensor.FloatData] : MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        return Array.TrueForAll(values, float.IsFinite) ? values : throw tensor.Damaged("it holds a number that is not finite");
    }

    /// <exception cref="InvalidDataException">The numbers are no integers, or there are more or fewer than the dimensions say.</exception>
    public static long[] ReadIntegers(this TensorProto tensor)
    {
        if (tensor.DataType == (int)OnnxType.Int64)
        {
            tensor.Verify(tensor.Int64Data.Count, tensor.FloatData.Count + tensor.Int32Data.Count, sizeof(long));
            return tensor.Int64Data.Count > 0 ? [.. tensor.Int64Data] : MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray();
        }
        if (tensor.DataType != (int)OnnxType.Int32)
            throw tensor.Damaged($"it is of type {(OnnxType)tensor.DataType}; expected integers");
        tensor.Verify(tensor.Int32Data.Count, tensor.FloatData.Count + tensor.Int64Data.Count, sizeof(int));
        return tensor.Int32Data.Count > 0 ? [.. tensor.Int32Data] : Array.ConvertAll(MemoryMarshal.Cast<byte, int>(tensor.RawData.Span).ToArray(), value => (long)value);
    }

    private static int[] Verify(this TensorProto tensor, int typed, int ofOtherTypes, int size)
    {
        if (tensor.DataLocation != 0)
            throw new NotSupportedException($"Tensor '{ShortName.Shorten(tensor.Name)}' is kept in another file. Export the model with its weights in one file.");
        int[] dimensions = tensor.ReadDimensions();
        long count = dimensions.Aggregate(1L, (product, dimension) => product * dimension);
        if (tensor.Segment is not null || ofOtherTypes > 0 || tensor.StringData.Count > 0 || (tensor.RawData.Length > 0 && typed > 0))
            throw tensor.Damaged($"it holds numbers in several ways, or of another type than the {(OnnxType)tensor.DataType} that it says");
        if (typed > 0 ? typed != count : tensor.RawData.Length != count * size)
        {
            string found = typed > 0 ? $"{typed} numbers" : $"{tensor.RawData.Length} bytes";
            throw tensor.Damaged($"it holds {found} where its dimensions [{string.Join(", ", dimensions)}] say {count} numbers of {size} bytes");
        }
        return dimensions;
    }

    private static InvalidDataException Damaged(this TensorProto tensor, string what) => new($"Tensor '{ShortName.Shorten(tensor.Name)}' is damaged: {what}.");
}
