using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Holds the stack layer against the equations of the paper, written down plainly with whole stacks.</summary>
public sealed unsafe class StackLayerTests
{
    private const int Features = 3, Units = 5;

    public static TheoryData<int, int, int, bool, bool, bool, bool> Cases => new()
    {
        // Stacks, elements, depth read, NO-OP, recurrent weights, biases, rounding.
        { 10, 200, 2, false, false, false, false },
        { 10, 200, 2, false, false, false, true },
        { 3, 4, 2, true, true, true, false },
        { 17, 3, 3, true, true, true, true },
        { 2, 1, 4, true, false, true, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hidden_units_equal_those_of_the_papers_equations(
        int stacks, int elements, int depth, bool noOp, bool recurrent, bool bias, bool rounding)
    {
        var definition = new StackShape
        {
            NumberOfStacks = stacks,
            StackSize = elements,
            Depth = depth,
            HasNoOp = noOp,
            HasRecurrentWeights = recurrent,
            HasBias = bias,
            RoundsActions = rounding,
        };
        LayerDefinition[] layers = [new StackLayerDefinition(Units) { Stacks = definition }];
        var network = new Network<DoubleLane, double>(new NetworkDefinition { Features = Features, Layers = layers, Outputs = 2 });
        network.Bind(network.Initialize(1), training: false);
        var random = new Random(2);
        foreach (ParameterTensor tensor in network.Tensors)
        {
            foreach ((int row, int column) in Elements(tensor))
                network.Parameters.Values.Pointer[tensor.Position(row, column)] = 4 * random.NextDouble() - 2;
        }
        int[] lengths = [12, 7, 1];
        network.Prepare(lengths, training: false);
        var x = new double[lengths.Length][][];
        for (int sequence = 0; sequence < lengths.Length; sequence++)
        {
            double[] Step() => [.. Enumerable.Range(0, Features).Select(_ => random.NextDouble() - 0.5)];
            x[sequence] = [.. Enumerable.Range(0, lengths[sequence]).Select(_ => Step())];
            for (int t = 0; t < lengths[sequence]; t++)
                x[sequence][t].CopyTo(new Span<double>(network.Features + network.Shape.Row(t, sequence) * Features, Features));
        }
        network.Forward(0, lengths.Length);
        for (int sequence = 0; sequence < lengths.Length; sequence++)
        {
            double[][] expected = Reference(network, definition, x[sequence]);
            for (int t = 0; t < lengths[sequence]; t++)
            {
                for (int unit = 0; unit < Units; unit++)
                    Assert.Equal(expected[t][unit], network.Layers[0].Outputs.Row(network.Shape.Row(t, sequence))[unit], 1e-12);
            }
        }
    }

    private static double[][] Reference(Network<DoubleLane, double> network, StackShape definition, double[][] x)
    {
        double[,] u = Read("weight_ih"), p = Read("weight_sh"), a = Read("weight_sa"), d = Read("weight_sv");
        double[,]? r = definition.HasRecurrentWeights ? Read("weight_hh") : null;
        double[,]? b = definition.HasBias ? Read("bias") : null;
        double[,]? ba = definition.HasBias ? Read("bias_sa") : null, bd = definition.HasBias ? Read("bias_sv") : null;
        int stacks = definition.NumberOfStacks;
        double[] h = new double[Units];
        var stack = new double[stacks][];
        for (int s = 0; s < stacks; s++)
            stack[s] = [.. Enumerable.Repeat(-1.0, definition.StackSize)];
        var states = new List<double[]>();
        foreach (double[] input in x)
        {
            double[] before = h;
            h = [.. Enumerable.Range(0, Units).Select(unit => Sigmoid(
                Enumerable.Range(0, Features).Sum(i => u[unit, i] * input[i])
                + (r is null ? 0 : Enumerable.Range(0, Units).Sum(i => r[unit, i] * before[i]))
                + Enumerable.Range(0, definition.Depth * stacks).Sum(i => p[unit, i] * Element(stack[i % stacks], i / stacks))
                + (b?[unit, 0] ?? 0)))];
            for (int s = 0; s < stacks; s++)
            {
                double Preactivation(int action) => Dot(a, action * stacks + s, h) + (ba?[action * stacks + s, 0] ?? 0);
                double[] actions = Softmax([.. Enumerable.Range(0, definition.NumberOfActions).Select(Preactivation)]);
                if (definition.RoundsActions)
                    actions = [.. actions.Select((value, i) => i == Array.IndexOf(actions, actions.Max()) ? 1.0 : 0.0)];
                double pushed = Sigmoid(Dot(d, s, h) + (bd?[s, 0] ?? 0));
                double[] old = stack[s];
                stack[s] = [.. Enumerable.Range(0, old.Length).Select(i =>
                    actions[0] * (i == 0 ? pushed : old[i - 1]) + actions[1] * Element(old, i + 1)
                    + (definition.HasNoOp ? actions[2] * old[i] : 0))];
            }
            states.Add(h);
        }
        return [.. states];

        double[,] Read(string name)
        {
            ParameterTensor tensor = network.Tensors.Single(tensor => tensor.Name == $"layers.0.{name}");
            var values = new double[tensor.Rows, tensor.Columns];
            foreach ((int row, int column) in Elements(tensor))
                values[row, column] = network.Parameters.Values.Pointer[tensor.Position(row, column)];
            return values;
        }
    }

    private static double Element(double[] stack, int index) => index < stack.Length ? stack[index] : -1;

    private static double Dot(double[,] matrix, int row, double[] x) => Enumerable.Range(0, x.Length).Sum(i => matrix[row, i] * x[i]);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Softmax(double[] x) => [.. x.Select(value => Math.Exp(value) / x.Sum(Math.Exp))];

    private static IEnumerable<(int Row, int Column)> Elements(ParameterTensor tensor) =>
        Enumerable.Range(0, tensor.Rows).SelectMany(row => Enumerable.Range(0, tensor.Columns).Select(column => (row, column)));
}
