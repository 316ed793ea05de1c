using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class GradientTests
{
    private static readonly int[] _lengths = [6, 5, 5, 3, 1];

    [Theory]
    [InlineData(Pooling.Last, CellKind.Lstm)]
    [InlineData(Pooling.Mean, CellKind.Lstm)]
    [InlineData(Pooling.Max, CellKind.Lstm)]
    [InlineData(Pooling.LastMeanMax, CellKind.Lstm)]
    [InlineData(Pooling.LastMeanMax, CellKind.Gru, CellKind.Elman)]
    [InlineData(Pooling.Last, CellKind.Lstm, CellKind.Lstm)]
    [InlineData(Pooling.Last, CellKind.Gru)]
    [InlineData(Pooling.Last, CellKind.GruResetBefore)]
    [InlineData(Pooling.Last, CellKind.Elman)]
    [InlineData(Pooling.Last, CellKind.ElmanRectifier)]
    [InlineData(Pooling.Mean, CellKind.Gru, CellKind.Elman, CellKind.GruResetBefore, CellKind.Lstm)]
    internal void Gradients_of_all_weights_equal_central_differences(Pooling pooling, params CellKind[] cells)
    {
        var test = new NetworkCase(Definition(pooling, cells), _lengths);
        AssertGradients(test, test.Network.Tensors);
    }

    [Theory]
    [InlineData(Pooling.Last, CellKind.Lstm)]
    [InlineData(Pooling.Mean, CellKind.Gru)]
    [InlineData(Pooling.Max, CellKind.GruResetBefore)]
    [InlineData(Pooling.LastMeanMax, CellKind.Gru)]
    [InlineData(Pooling.Last, CellKind.Elman, CellKind.Gru)]
    internal void Gradients_of_layers_in_both_directions_equal_central_differences(Pooling pooling, params CellKind[] cells)
    {
        NetworkDefinition oneWay = Definition(pooling, cells);
        LayerDefinition[] layers = [.. oneWay.Layers.Select(layer => layer with { Bidirectional = true }), new LstmDefinition(5)];
        var test = new NetworkCase(oneWay with { Layers = layers }, _lengths);
        AssertGradients(test, test.Network.Tensors);
    }

    [Theory]
    [InlineData(Pooling.Last, 2)]
    [InlineData(Pooling.Mean, 3)]
    [InlineData(Pooling.Max, 2)]
    [InlineData(Pooling.LastMeanMax, 2)]
    internal void Gradients_of_a_mixed_pyramid_equal_central_differences(Pooling pooling, int factor)
    {
        LayerDefinition[] layers =
        [
            new GruDefinition(6) { Bidirectional = true },
            new LstmDefinition(5) { TimeReduction = factor, Bidirectional = true },
            new ElmanDefinition(7) { TimeReduction = 2 },
        ];
        var test = new NetworkCase(Definition(pooling) with { Layers = layers }, [13, 9, 6, 1]);
        AssertGradients(test, test.Network.Tensors);
    }

    public static TheoryData<int, int, int, bool, bool, bool> Stacks => new()
    {
        // Stacks, elements, depth read, NO-OP, recurrent weights, biases.
        { 3, 20, 2, false, false, false },
        { 3, 20, 2, true, true, true },
        { 17, 2, 2, true, false, true },
        { 5, 3, 4, false, true, true },
        { 6, 1, 1, true, true, false },
    };

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Gradients_of_stack_layers_equal_central_differences(
        int stacks, int elements, int depth, bool noOp, bool recurrent, bool bias)
    {
        var shape = new StackShape
        {
            NumberOfStacks = stacks,
            StackSize = elements,
            Depth = depth,
            HasNoOp = noOp,
            HasRecurrentWeights = recurrent,
            HasBias = bias,
        };
        LayerDefinition[] layers = [new StackLayerDefinition(10) { Stacks = shape }];
        NetworkDefinition network = Definition(Pooling.Mean) with { Layers = layers, HasOutputBias = bias };
        var test = new NetworkCase(network, [18, 9, 8, 3, 1]);
        AssertGradients(test, test.Network.Tensors);
        var tagger = new NetworkCase(network with { EveryStep = true, Tokens = 7 }, [18, 9, 8, 3, 1]);
        AssertGradients(tagger, tagger.Network.Tensors.Where(tensor => tensor.Name != "embedding.weight"));
    }

    [Theory]
    [InlineData(Pooling.Last)]
    [InlineData(Pooling.Max)]
    [InlineData(Pooling.LastMeanMax)]
    internal void Gradients_of_a_bidirectional_GRU_a_pyramidal_LSTM_and_a_stack_layer_equal_central_differences(Pooling pooling)
    {
        LayerDefinition[] layers =
        [
            new GruDefinition(6) { Bidirectional = true },
            new LstmDefinition(5) { TimeReduction = 2, Bidirectional = true },
            new StackLayerDefinition(7)
            {
                Stacks = new()
                {
                    NumberOfStacks = 4, StackSize = 5, Depth = 2, HasNoOp = true, HasRecurrentWeights = true, HasBias = true,
                },
            },
        ];
        var test = new NetworkCase(Definition(pooling) with { Layers = layers }, [13, 9, 6, 1]);
        AssertGradients(test, test.Network.Tensors);
    }

    [Theory]
    [InlineData("SoftmaxCrossEntropy", 4)]
    [InlineData("SigmoidCrossEntropy", 1)]
    [InlineData("SquaredError", 1)]
    public void Gradients_of_every_loss_equal_central_differences_for_sequences_and_for_steps(string loss, int outputs)
    {
        HeadDefinition[] heads = [HeadDefinition.Categorical, HeadDefinition.Bernoulli, HeadDefinition.Value];
        HeadDefinition head = heads.Single(head => head.Name == loss);
        NetworkDefinition definition = Definition(Pooling.Last, CellKind.Gru, CellKind.Elman) with { Head = head, Outputs = outputs };
        foreach (bool everyStep in (bool[])[false, true])
        {
            var test = new NetworkCase(definition with { EveryStep = everyStep }, _lengths);
            AssertGradients(test, test.Network.Tensors);
        }
    }

    [Theory]
    [InlineData(Pooling.Last, false)]
    [InlineData(Pooling.Max, false)]
    [InlineData(Pooling.LastMeanMax, false)]
    [InlineData(Pooling.Last, true)]
    internal void Gradients_where_units_are_left_out_equal_central_differences(Pooling pooling, bool everyStep)
    {
        LayerDefinition[] layers =
        [
            new GruDefinition(18) { Dropout = 0.3f },
            new LstmDefinition(9) { Bidirectional = true, Dropout = 0.5f },
        ];
        var test = new NetworkCase(Definition(pooling) with { Layers = layers, EveryStep = everyStep }, _lengths);
        AssertGradients(test, test.Network.Tensors);
    }

    [Fact]
    public void Gradients_of_what_is_known_at_both_ends_equal_central_differences()
    {
        int rows = _lengths.Sum();
        LayerDefinition[] layers = [new GruDefinition(18) { Bidirectional = true }];
        NetworkDefinition definition = Definition(Pooling.Last) with { Features = 5, Tokens = rows, Layers = layers };
        var test = new NetworkCase(definition, _lengths) { TokensAreRows = true };
        AssertGradients(test, test.Network.Tensors);
    }

    [Fact]
    public void Gradients_of_embedded_tokens_equal_central_differences()
    {
        var test = new NetworkCase(Definition(Pooling.Last, CellKind.Lstm) with { Features = 4, Tokens = 6 }, _lengths);
        AssertGradients(test, [test.Network.Tensors.First(tensor => tensor.Name == "embedding.weight")]);
    }

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.GruResetBefore)]
    [InlineData(CellKind.Elman)]
    internal void Gradients_of_initial_states_equal_central_differences(CellKind cell)
    {
        const int units = 18;
        var random = new Random(5);
        int count = (cell == CellKind.Lstm ? 2 : 1) * units * _lengths.Length;
        double[] states = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        var test = new NetworkCase(Definition(Pooling.Mean, cell), _lengths) { InitialStates = states };
        test.Loss();
        double[] gradients = [.. Enumerable.Range(0, states.Length).Select(test.InitialStateGradient)];
        CentralDifference.AssertEqual(
            "initial states", gradients, i => states[i], (i, value) => states[i] = value, () => test.Loss(only: true));
    }

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.GruResetBefore)]
    [InlineData(CellKind.Elman)]
    internal void Gradients_of_the_input_equal_central_differences(CellKind cell)
    {
        // With a token of its own for every step, the table of vectors is the input of the layer.
        int rows = _lengths.Sum();
        var test = new NetworkCase(Definition(Pooling.Last, cell) with { Features = 5, Tokens = rows }, _lengths) { TokensAreRows = true };
        AssertGradients(test, [test.Network.Tensors.First(tensor => tensor.Name == "embedding.weight")]);
    }

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.GruResetBefore)]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Stack)]
    [InlineData(CellKind.Lstm, Pooling.LastMeanMax)]
    internal void Padding_of_weights_has_no_gradient(CellKind cell, Pooling pooling = Pooling.Mean)
    {
        var stacks = new StackShape
        {
            NumberOfStacks = 17,
            StackSize = 3,
            Depth = 2,
            HasNoOp = true,
            HasRecurrentWeights = true,
            HasBias = true,
        };
        LayerDefinition layer = Cells.Define(cell, 18, stacks);
        var test = new NetworkCase(Definition(pooling) with { Layers = [layer, layer] }, _lengths);
        test.Loss();
        Span<double> gradients = test.Network.Gradients.Span;
        foreach (ParameterTensor tensor in test.Network.Tensors)
        {
            for (int row = 0; row < tensor.Rows; row++)
            {
                for (int column = 0; column < tensor.Columns; column++)
                    gradients[(int)tensor.Position(row, column)] = 0;
            }
        }
        Assert.Equal(-1, gradients.IndexOfAnyExcept(0.0));
    }

    private static void AssertGradients(NetworkCase test, IEnumerable<ParameterTensor> tensors)
    {
        test.Loss();
        double[] gradients = test.Network.Gradients.Span.ToArray();
        foreach (ParameterTensor tensor in tensors)
            AssertGradients(test, tensor, gradients);
    }

    private static void AssertGradients(NetworkCase test, ParameterTensor tensor, double[] gradients)
    {
        double[] analytic = [.. Enumerable.Range(0, (int)tensor.Count).Select(i => gradients[Position(i)])];
        CentralDifference.AssertEqual(
            tensor.Name, analytic, i => test.Network.Parameters.Values.Pointer[Position(i)],
            (i, value) => test.Network.Parameters.Values.Pointer[Position(i)] = value, () => test.Loss(only: true));

        nint Position(int i) => tensor.Position(i / tensor.Columns, i % tensor.Columns);
    }

    private static NetworkDefinition Definition(Pooling pooling, params IEnumerable<CellKind> cells) => new()
    {
        Features = 3,
        Layers = [.. cells.Select(cell => Cells.Define(cell, 18))],
        Pooling = pooling,
        Outputs = 4,
    };
}
