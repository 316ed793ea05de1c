using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Max pooling where steps tie: the gradient is that of one step, the first.</summary>
public sealed unsafe class TiedMaximaTests
{
    private const double Input = 0.7, Label = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_gradient_does_not_grow_with_the_number_of_steps_that_tie(int steps)
    {
        // y = v max(w x) + b with w = 2 and v = 3, so that dy/dw = v x, dy/dv = w x.
        Network<DoubleLane, double> network = Trained(steps);
        double y = 3 * 2 * Input, dy = 2 * (y - Label);
        Assert.Equal(dy * 3 * Input, Gradient(network, "layers.0.weight_ih"), 1e-9);
        Assert.Equal(dy * 3, Gradient(network, "layers.0.bias"), 1e-9);
        Assert.Equal(dy * 2 * Input, Gradient(network, "head.weight"), 1e-9);
    }

    [Fact]
    public void The_first_of_the_steps_that_tie_has_it()
    {
        // Before the first step stands the state 0, before the others 2 x: the weight of the state tells them apart.
        Assert.Equal(0, Gradient(Trained(steps: 4), "layers.0.weight_hh"));
    }

    [Fact]
    public void The_largest_of_negative_numbers_is_the_largest()
    {
        Network<DoubleLane, double> network = NewNetwork(CellKind.Elman);
        network.Prepare([3], training: false);
        double[] steps = [-0.9, -0.2, -0.5];
        steps.CopyTo(new Span<double>(network.Features, 3));
        network.Forward(0, 1);
        Assert.Equal(3 * Math.Tanh(2 * -0.2), network.Outputs[0, 0], 1e-7);
    }

    private static Network<DoubleLane, double> Trained(int steps)
    {
        Network<DoubleLane, double> network = NewNetwork(CellKind.ElmanRectifier);
        network.Prepare([steps], training: true);
        new Span<double>(network.Features, steps).Fill(Input);
        Passes.Run(network, [(float)Label], [1]);
        return network;
    }

    private static Network<DoubleLane, double> NewNetwork(CellKind cell)
    {
        var network = new Network<DoubleLane,
            double>(BiasModel.Definition with { Layers = [Cells.Define(cell, 1)], Pooling = Pooling.Max, Head = HeadDefinition.Value });
        var parameters = new Parameters<double>(network.ParameterCount);
        network.Bind(parameters, training: true);
        parameters.Values.Span[Place(network, "layers.0.weight_ih")] = 2;
        parameters.Values.Span[Place(network, "head.weight")] = 3;
        return network;
    }

    private static double Gradient(Network<DoubleLane, double> network, string tensor) => network.Gradients.Span[Place(network, tensor)];

    private static int Place(Network<DoubleLane, double> network, string tensor) =>
        (int)network.Tensors.Single(found => found.Name == tensor).Position(0, 0);
}
