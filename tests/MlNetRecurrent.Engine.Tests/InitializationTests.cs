using System.Numerics.Tensors;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class InitializationTests
{
    private const int Units = 20;

    private readonly Network<ScalarLane, float> _network = new(new() { Features = 6, Layers = [new LstmDefinition(Units)], Outputs = 2 });

    [Fact]
    public void Recurrent_weights_of_each_gate_are_orthogonal()
    {
        Func<int, int, float> weight = Weights("layers.0.weight_hh");
        for (int gate = 0; gate < 4; gate++)
        {
            for (int i = 0; i < Units; i++)
            {
                for (int j = 0; j < Units; j++)
                {
                    double product = Enumerable.Range(0, Units).Sum(k => (double)weight(gate * Units + i, k) * weight(gate * Units + j, k));
                    Assert.Equal(i == j ? 1 : 0, product, 1e-5);
                }
            }
        }
    }

    [Fact]
    public void Only_the_forget_gate_has_a_bias_of_one()
    {
        Func<int, int, float> bias = Weights("layers.0.bias");
        for (int row = 0; row < 4 * Units; row++)
            Assert.Equal(row / Units == 1 ? 1 : 0, bias(row, 0));
    }

    [Fact]
    public void Input_weights_fill_Glorots_range()
    {
        Func<int, int, float> weight = Weights("layers.0.weight_ih");
        double limit = Math.Sqrt(6.0 / (4 * Units + 6));
        double largest = Enumerable.Range(0, 4 * Units).Max(row => Enumerable.Range(0, 6).Max(column => Math.Abs(weight(row, column))));
        Assert.InRange(largest, 0.9 * limit, limit);
    }

    [Theory]
    [InlineData(WeightInitializer.WideUnits)]
    [InlineData(WeightInitializer.WideUnits + 37)]
    public void Wide_layers_have_orthogonal_weights_too(int units)
    {
        var network = new Network<Lanes256, float>(new() { Features = 1, Layers = [new LstmDefinition(units)], Outputs = 1 });
        ParameterTensor tensor = network.Tensors.Single(tensor => tensor.Name == "layers.0.weight_hh");
        Parameters<float> parameters = network.Initialize(seed: 5, numberOfThreads: 2);
        float[] Row(int row) =>
            [.. Enumerable.Range(0, units).Select(column => parameters.Values.Pointer[tensor.Position(row, column)])];
        float[][] rows = [.. Enumerable.Range(0, tensor.Rows).Select(Row)];
        for (int gate = 0; gate < 4; gate++)
        {
            float[][] matrix = rows[(gate * units)..((gate + 1) * units)];
            for (int i = 0; i < units; i += 11)
            {
                for (int j = 0; j <= i; j++)
                    Assert.Equal(i == j ? 1 : 0, TensorPrimitives.Dot(matrix[i], matrix[j]), 2e-6);
            }
            // Each number is about normal, of the variance 1 / units.
            Assert.Equal(0, matrix.Sum(row => row.Sum(x => (double)x)) / units, 0.2);
            Assert.Equal(3, matrix.Sum(row => row.Sum(x => Math.Pow(x, 4))), 0.05);
        }
        Assert.NotEqual(rows[0], rows[units]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(70)]
    [InlineData(128)]
    public void Wide_matrices_are_the_same_whatever_the_width_of_vectors_and_the_number_of_threads(int size)
    {
        float[] expected = Matrix<ScalarLane>(size, threads: 1, seed: 1);
        Assert.Equal(expected, Matrix<Lanes128>(size, threads: 1, seed: 1));
        Assert.Equal(expected, Matrix<Lanes256>(size, threads: 2, seed: 1));
        Assert.Equal(expected, Matrix<Lanes512>(size, threads: 5, seed: 1));
        Assert.True(size == 1 || !expected.AsSpan().SequenceEqual(Matrix<Lanes256>(size, threads: 1, seed: 2)));
    }

    private static float[] Matrix<L>(int size, int threads, ulong seed)
        where L : unmanaged, IFloatLanes<L>
    {
        var matrix = new OrthogonalMatrix<L>(size, threads);
        // What was there before does not matter.
        matrix.Make(seed + 7);
        matrix.Make(seed);
        return [.. Enumerable.Range(0, size).SelectMany(row => Enumerable.Range(0, size).Select(column => matrix[row, column]))];
    }

    private Func<int, int, float> Weights(string name)
    {
        ParameterTensor tensor = _network.Tensors.Single(tensor => tensor.Name == name);
        Parameters<float> parameters = _network.Initialize(seed: 5);
        return (row, column) => parameters.Values.Pointer[tensor.Position(row, column)];
    }
}
