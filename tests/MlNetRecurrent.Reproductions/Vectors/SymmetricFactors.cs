using System.Numerics.Tensors;

namespace MlNetRecurrent.Reproductions.Vectors;

/// <summary>The largest factors of a sparse symmetric matrix, by power iteration.</summary>
internal static class SymmetricFactors
{
    private const int Iterations = 40;

    /// <param name="matrix">The entries of each row that are not zero.</param>
    /// <param name="size">The number of factors.</param>
    /// <returns>For each row its coordinates on the singular vectors, times the singular values.</returns>
    public static float[][] Compute((int Column, float Value)[][] matrix, int size)
    {
        var random = new Random(1);
        float[][] vectors = [.. matrix.Select(_ => Enumerable.Range(0, size).Select(_ => random.NextSingle() - 0.5f).ToArray())];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            MakeOrthonormal(vectors, size);
            vectors = Multiply(matrix, vectors, size);
        }
        return vectors;
    }

    private static float[][] Multiply((int Column, float Value)[][] matrix, float[][] vectors, int size)
    {
        float[][] product = [.. matrix.Select(_ => new float[size])];
        for (int row = 0; row < matrix.Length; row++)
        {
            foreach ((int column, float value) in matrix[row])
                TensorPrimitives.MultiplyAdd(vectors[column], value, product[row], product[row]);
        }
        return product;
    }

    /// <summary>Gram and Schmidt, column by column.</summary>
    private static void MakeOrthonormal(float[][] vectors, int size)
    {
        for (int column = 0; column < size; column++)
        {
            for (int before = 0; before < column; before++)
            {
                float overlap = vectors.Sum(vector => vector[column] * vector[before]);
                foreach (float[] vector in vectors)
                    vector[column] -= overlap * vector[before];
            }
            float norm = MathF.Sqrt(vectors.Sum(vector => vector[column] * vector[column]));
            foreach (float[] vector in vectors)
                vector[column] /= norm;
        }
    }
}
