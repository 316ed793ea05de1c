using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Layers;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class InitializationTests
{
    private const int Units = 20;

    private readonly Network<ScalarLane, float> _network = new(new() { Features = 6, Layers = [new(CellKind.Lstm, Units)], Outputs = 2 });

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

    private Func<int, int, float> Weights(string name)
    {
        ParameterTensor tensor = _network.Tensors.Single(tensor => tensor.Name == name);
        Parameters<float> parameters = _network.Initialize(seed: 5);
        return (row, column) => parameters.Values.Pointer[tensor.Position(row, column)];
    }
}
