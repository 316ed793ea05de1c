using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>A small network in double precision with random weights and a batch of random sequences, for gradient checks.</summary>
internal sealed unsafe class NetworkCase
{
    private readonly int[] _lengths;
    private readonly double[] _features;
    private readonly int[] _tokens;
    private readonly float[] _labels;
    private readonly float[] _weights;
    private readonly double[] _known = [];

    public NetworkCase(NetworkDefinition definition, int[] lengths, int seed = 1)
    {
        var random = new Random(seed);
        _lengths = lengths;
        Network = new(definition);
        Network.Bind(Network.Initialize(seed), training: true);
        foreach (ParameterTensor tensor in Network.Tensors)
        {
            for (int row = 0; row < tensor.Rows; row++)
            {
                for (int column = 0; column < tensor.Columns; column++)
                    Network.Parameters.Values.Pointer[tensor.Position(row, column)] = random.NextDouble() - 0.5;
            }
        }
        int rows = lengths.Sum();
        _features = [.. Enumerable.Range(0, rows * definition.Features).Select(_ => 2 * random.NextDouble() - 1)];
        _tokens = [.. Enumerable.Range(0, rows).Select(_ => random.Next(Math.Max(1, definition.Tokens)))];
        int outputs = definition.EveryStep ? rows : lengths.Length;
        int labels = outputs * definition.LabelSize;
        _labels = [.. Enumerable.Range(0, labels).Select(_ => (float)random.Next(Math.Max(2, definition.Outputs)))];
        _weights = [.. Enumerable.Range(0, labels).Select(_ => (float)(0.5 + random.NextDouble()))];
        // Of labels with several values, some are missing.
        for (int i = 3; i < labels && definition.LabelSize > 1; i += 5)
            _weights[i] = 0;
        if (definition.Decoder is { } decoder)
            _known = [.. Enumerable.Range(0, rows * decoder.Horizon * decoder.Features).Select(_ => 2 * random.NextDouble() - 1)];
    }

    public Network<DoubleLane, double> Network { get; }

    /// <summary>
    /// Initial states of the first layer: h of each sequence and unit, then c of each where the cell has one. Empty means zero.
    /// </summary>
    public double[] InitialStates { get; init; } = [];

    /// <summary>Gives every row of the batch a token of its own.</summary>
    public bool TokensAreRows { get; init; }

    /// <summary>The mean loss of the batch; the network keeps the gradients, unless only the loss is wanted.</summary>
    public double Loss(bool only = false)
    {
        Network.Prepare(_lengths, training: true);
        if (Network.Definition.Tokens > 0)
            (TokensAreRows ? [.. Enumerable.Range(0, _tokens.Length)] : _tokens).CopyTo(Network.Tokens, 0);
        else
            _features.CopyTo(new Span<double>(Network.Features, _features.Length));
        if (_known.Length > 0)
            _known.CopyTo(new Span<double>(Network.Projection.KnownValues, _known.Length));
        if (InitialStates.Length > 0)
            SetInitialStates();
        Network.Seed = 1;
        return Passes.Run(Network, _labels, _weights, only) / Network.OutputShape.Rows;
    }

    /// <summary>The gradient of <see cref="InitialStates"/> after <see cref="Loss"/>.</summary>
    public double InitialStateGradient(int index)
    {
        Module<DoubleLane, double> layer = Network.Layers[0];
        (int sequence, int place) = PlaceOf(index);
        var gradient = new double[layer.StateSize];
        fixed (double* target = gradient)
            layer.CopyInitialStateGradient(sequence, target);
        return gradient[place];
    }

    private void SetInitialStates()
    {
        Module<DoubleLane, double> layer = Network.Layers[0];
        layer.InitialStateGradientWanted = true;
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            var state = new double[layer.StateSize];
            for (int index = 0; index < InitialStates.Length; index++)
            {
                if (PlaceOf(index) is var (other, place) && other == sequence)
                    state[place] = InitialStates[index];
            }
            fixed (double* source = state)
                layer.SetInitialState(sequence, source);
        }
    }

    /// <summary>The sequence that an initial state belongs to, and its place in the state of the layer.</summary>
    private (int Sequence, int Place) PlaceOf(int index)
    {
        Module<DoubleLane, double> layer = Network.Layers[0];
        (int part, int rest) = Math.DivRem(index, _lengths.Length * layer.Size);
        (int sequence, int unit) = Math.DivRem(rest, layer.Size);
        return (sequence, part * layer.PaddedSize + unit);
    }
}
