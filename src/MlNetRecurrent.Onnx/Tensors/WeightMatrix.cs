namespace MlNetRecurrent.Onnx.Tensors;

/// <summary>Matrices of weights in row-major order.</summary>
internal static class WeightMatrix
{
    /// <summary>Transposes a matrix [rows, columns] to [columns, rows].</summary>
    public static float[] Transpose(float[] values, int columns)
    {
        int rows = values.Length / columns;
        var transposed = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
            transposed[i % columns * rows + i / columns] = values[i];
        return transposed;
    }
}
