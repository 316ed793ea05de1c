using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// Scores sequences with a trained network. One thread uses a scorer at a time, or it throws; many scorers share one network.
/// </summary>
internal abstract class SequenceScorer
{
    /// <param name="network">The network.</param>
    /// <param name="parts">What is wanted beside the outputs.</param>
    public static SequenceScorer For(TrainedNetwork network, ScoredParts parts = ScoredParts.None) => Hardware.WithWidestVectors(new Factory(network, parts));

    /// <summary>Scores every sequence of the set, in one batch.</summary>
    public void Run(SequenceSet sequences) => Run(sequences, 0, sequences.Count);

    /// <summary>Scores some sequences of the set, in one batch; nothing is known of the others then.</summary>
    /// <param name="sequences">The set.</param>
    /// <param name="first">The first sequence.</param>
    /// <param name="count">How many follow, with it.</param>
    public abstract void Run(SequenceSet sequences, int first, int count);

    /// <summary>
    /// What the network says of a sequence that was scored last, by its number in the set: its outputs, or those of each step, one after
    /// the other.
    /// </summary>
    public abstract ReadOnlyMemory<float> Outputs(int sequence);

    /// <summary>Whether the outputs of a sequence that was scored last are finite numbers.</summary>
    public bool IsFinite(int sequence)
    {
        foreach (float output in Outputs(sequence).Span)
        {
            if (!float.IsFinite(output))
                return false;
        }
        return true;
    }

    /// <summary>
    /// What the head of the network read of a sequence that was scored last: the units of the last layer, pooled, or those of each step.
    /// </summary>
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
        private readonly Head<float> _head;
        private readonly bool _encodes;
        private readonly StackRecurrence<L, float>? _stack;
        private int[] _indices = [];
        private int _first;
        private int[] _offsets = [];
        private float[] _outputs = [];
        private float[] _encoding = [];
        private float[][] _actions = [];

        public Scorer(TrainedNetwork trained, ScoredParts parts)
        {
            _network = new(trained.Definition);
            _network.Bind(trained.Parameters, training: false);
            _loader = new(_network, trained.Normalization, TargetTransform.None);
            _head = trained.Definition.Head.Create<float>();
            _encodes = parts.HasFlag(ScoredParts.Encoding);
            if (!parts.HasFlag(ScoredParts.StackActions))
                return;
            _stack = _network.Layers.OfType<StackRecurrence<L, float>>().Last();
            _stack.RecordsActions = true;
        }

        public override void Run(SequenceSet sequences, int first, int count)
        {
            bool entered = _guard.Enter();
            try
            {
                Score(sequences, first, count);
            }
            finally
            {
                if (entered)
                    _guard.Leave();
            }
        }

        private void Score(SequenceSet sequences, int first, int count)
        {
            MakeRoom(sequences, first, count);
            _loader.Load(sequences, _indices.AsSpan(0, count), training: false);
            _network.Forward(0, count);
            for (int row = 0; row < count; row++)
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

        public override ReadOnlyMemory<float> StackActions(int sequence) => _actions[sequence - _first];

        private ReadOnlyMemory<float> Part(float[] values, int sequence, int size)
        {
            int place = sequence - _first;
            return values.AsMemory(_offsets[place] * size, (_offsets[place + 1] - _offsets[place]) * size);
        }

        private void Copy(int row, int place)
        {
            _head.Predict(_network.Outputs, row, _outputs.AsSpan(place * _network.Definition.Outputs, _network.Definition.Outputs));
            if (_encodes)
                new ReadOnlySpan<float>(_network.Encoding.Row(row), _network.EncodingSize).CopyTo(_encoding.AsSpan(place * _network.EncodingSize));
        }

        private void CopyActions(StackRecurrence<L, float> stack, int row, int place)
        {
            int steps = stack.OutputShape.Lengths[row], width = (int)stack.Actions.Stride;
            _actions[place] = new float[steps * width];
            for (int t = 0; t < steps; t++)
                new ReadOnlySpan<float>(stack.Actions.Row(stack.OutputShape.Row(t, row)), width).CopyTo(_actions[place].AsSpan(t * width));
        }

        private void MakeRoom(SequenceSet sequences, int first, int count)
        {
            _first = first;
            if (_indices.Length < count)
            {
                _indices = new int[count];
                _offsets = new int[count + 1];
                _actions = new float[count][];
            }
            for (int i = 0; i < count; i++)
            {
                _indices[i] = first + i;
                _offsets[i + 1] = checked(_offsets[i] + (_network.Definition.EveryStep ? sequences.Length(first + i) : 1));
            }
            MakeRoom(ref _outputs, _network.Definition.Outputs, _offsets[count]);
            if (_encodes)
                MakeRoom(ref _encoding, _network.EncodingSize, _offsets[count]);
        }

        private static void MakeRoom(ref float[] values, int size, int rows)
        {
            long length = (long)rows * size;
            if (length > Array.MaxLength)
                throw new InvalidOperationException($"The outputs of {rows} steps, {size} for each, are more than the {Array.MaxLength} numbers that are possible. Shorter sequences have fewer.");
            if (values.Length < length)
                values = new float[length];
        }
    }
}
