using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Layers;
using MlNetRecurrent.Engine.Losses;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Scores sequences with a trained network. One thread uses a scorer at a time, or it throws; many scorers share one network.</summary>
internal abstract class SequenceScorer
{
    /// <param name="network">The network.</param>
    /// <param name="parts">What is wanted beside the outputs.</param>
    public static SequenceScorer For(TrainedNetwork network, ScoredParts parts = ScoredParts.None) => Hardware.WithWidestVectors(new Factory(network, parts));

    /// <summary>Scores every sequence of the set, in one batch.</summary>
    public abstract void Run(SequenceSet sequences);

    /// <summary>What the network says of a sequence of the last set: its outputs, or those of each step, one after the other.</summary>
    public abstract ReadOnlyMemory<float> Outputs(int sequence);

    /// <summary>Whether the outputs of a sequence of the last set are finite numbers.</summary>
    public bool IsFinite(int sequence)
    {
        foreach (float output in Outputs(sequence).Span)
        {
            if (!float.IsFinite(output))
                return false;
        }
        return true;
    }

    /// <summary>What the head of the network read of a sequence of the last set: the units of the last layer, pooled, or those of each step.</summary>
    public abstract ReadOnlyMemory<float> Encoding(int sequence);

    /// <summary>What the last layer with stacks did at each step: [steps, stacks, actions].</summary>
    public abstract ReadOnlyMemory<float> StackActions(int sequence);

    private sealed record Factory(TrainedNetwork Network, ScoredParts Parts) : IWidthDependent<SequenceScorer>
    {
        public SequenceScorer Run<L>()
            where L : unmanaged, IFloatLanes<L> => new Scorer<L>(Network, Parts);
    }

    private sealed unsafe class Scorer<L> : SequenceScorer
        where L : unmanaged, IFloatLanes<L>
    {
        private readonly ThreadGuard _guard = new();
        private readonly Network<L, float> _network;
        private readonly BatchLoader<L> _loader;
        private readonly Loss<float> _loss;
        private readonly bool _encodes;
        private readonly StackLayer<L, float>? _stack;
        private int[] _all = [];
        private int[] _offsets = [];
        private float[] _outputs = [];
        private float[] _encoding = [];
        private float[][] _actions = [];

        public Scorer(TrainedNetwork trained, ScoredParts parts)
        {
            _network = new(trained.Definition);
            _network.Bind(trained.Parameters, training: false);
            _loader = new(_network, trained.Normalization, TargetTransform.None);
            _loss = Loss<float>.Of(trained.Definition.Loss);
            _encodes = parts.HasFlag(ScoredParts.Encoding);
            if (!parts.HasFlag(ScoredParts.StackActions))
                return;
            _stack = _network.Layers.OfType<StackLayer<L, float>>().Last();
            _stack.RecordsActions = true;
        }

        public override void Run(SequenceSet sequences)
        {
            bool entered = _guard.Enter();
            try
            {
                Score(sequences);
            }
            finally
            {
                if (entered)
                    _guard.Leave();
            }
        }

        private void Score(SequenceSet sequences)
        {
            MakeRoom(sequences);
            _loader.Load(sequences, _all.AsSpan(0, sequences.Count), training: false);
            _network.Forward(0, sequences.Count);
            for (int row = 0; row < sequences.Count; row++)
            {
                int place = _loader.Order[row], rows = _offsets[place + 1] - _offsets[place];
                if (_stack is not null)
                    CopyActions(_stack, row, place);
                for (int t = 0; t < rows; t++)
                    Copy(_network.Definition.EveryStep ? _network.Shape.Row(t, row) : row, _offsets[place] + t);
            }
        }

        public override ReadOnlyMemory<float> Outputs(int sequence) => Part(_outputs, sequence, _network.Definition.Outputs);

        public override ReadOnlyMemory<float> Encoding(int sequence) => Part(_encoding, sequence, _network.EncodingSize);

        public override ReadOnlyMemory<float> StackActions(int sequence) => _actions[sequence];

        private ReadOnlyMemory<float> Part(float[] values, int sequence, int size) =>
            values.AsMemory(_offsets[sequence] * size, (_offsets[sequence + 1] - _offsets[sequence]) * size);

        private void Copy(int row, int place)
        {
            _loss.Predict(_network.Outputs, row, _outputs.AsSpan(place * _network.Definition.Outputs, _network.Definition.Outputs));
            if (_encodes)
                new ReadOnlySpan<float>(_network.Encoding.Row(row), _network.EncodingSize).CopyTo(_encoding.AsSpan(place * _network.EncodingSize));
        }

        private void CopyActions(StackLayer<L, float> stack, int row, int place)
        {
            int steps = stack.OutputShape.Lengths[row], width = (int)stack.Actions.Stride;
            _actions[place] = new float[steps * width];
            for (int t = 0; t < steps; t++)
                new ReadOnlySpan<float>(stack.Actions.Row(stack.OutputShape.Row(t, row)), width).CopyTo(_actions[place].AsSpan(t * width));
        }

        private void MakeRoom(SequenceSet sequences)
        {
            if (_all.Length < sequences.Count)
            {
                _all = [.. Enumerable.Range(0, sequences.Count)];
                _offsets = new int[sequences.Count + 1];
                _actions = new float[sequences.Count][];
            }
            for (int i = 0; i < sequences.Count; i++)
                _offsets[i + 1] = checked(_offsets[i] + (_network.Definition.EveryStep ? sequences.Length(i) : 1));
            int rows = _offsets[sequences.Count];
            if (_outputs.Length < rows * _network.Definition.Outputs)
                _outputs = new float[checked(rows * _network.Definition.Outputs)];
            if (_encodes && _encoding.Length < rows * _network.EncodingSize)
                _encoding = new float[checked(rows * _network.EncodingSize)];
        }
    }
}
