using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Holds analytic gradients against (f(x + ε) - f(x - ε)) / 2ε.</summary>
internal static unsafe class CentralDifference
{
    private const double Step = 1e-5;

    /// <summary>Relative to the largest gradient of the array, since a difference quotient cannot resolve what is far below it.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>
    /// Of larger arrays every seventh element is checked. This covers each row and column: no layer here has a multiple of seven units.
    /// </summary>
    private const int Many = 600;

    public static void AssertEqual(string name, double[] analytic, Func<int, double> read, Action<int, double> write, Func<double> loss)
    {
        double scale = analytic.Max(Math.Abs);
        Assert.True(scale > 1e-4, $"{name}: all gradients are nearly zero, so that the check would say nothing");
        for (int i = 0; i < analytic.Length; i += analytic.Length > Many ? 7 : 1)
        {
            double value = read(i);
            write(i, value + Step);
            double above = loss();
            write(i, value - Step);
            double below = loss();
            write(i, value);
            double numeric = (above - below) / (2 * Step);
            Assert.True(
                Math.Abs(numeric - analytic[i]) <= Tolerance * scale,
                $"{name}[{i}]: gradient {analytic[i]:R}, central difference {numeric:R}, largest gradient {scale:R}");
        }
    }

    /// <summary>The gradients of all weights of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">Computes the loss, and unless only the loss is wanted, the gradients.</param>
    public static void AssertAllEqual(Network<DoubleLane, double> network, Func<bool, double> loss)
    {
        loss(false);
        double[] gradients = network.Gradients.Span.ToArray();
        double* weights = network.Parameters.Values.Pointer;
        foreach (ParameterTensor tensor in network.Tensors)
        {
            nint Place(int i) => tensor.Position(i / tensor.Columns, i % tensor.Columns);
            AssertEqual(
                tensor.Name, [.. Enumerable.Range(0, (int)tensor.Count).Select(i => gradients[Place(i)])],
                i => weights[Place(i)], (i, value) => weights[Place(i)] = value, () => loss(true));
        }
    }
}
