using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// Scores sequences with a trained network. Only one thread may use a scorer at a time, otherwise it throws; scorers can share a network.
/// </summary>
internal abstract class SequenceScorer
{
    /// <param name="network">The network.</param>
    /// <param name="inspections">The quantities to record in addition to the outputs.</param>
    public static SequenceScorer For(TrainedNetwork network, params IReadOnlyList<Inspection> inspections) =>
        Hardware.WithWidestVectors(new Factory(network, inspections));

    /// <summary>Scores every sequence of the set, in one batch.</summary>
    public void Run(SequenceSet sequences) => Run(sequences, 0, sequences.Count);

    /// <summary>Scores some sequences of the set, in one batch. The results of all others are discarded.</summary>
    /// <param name="sequences">The set.</param>
    /// <param name="first">The first sequence.</param>
    /// <param name="count">The number of sequences.</param>
    public abstract void Run(SequenceSet sequences, int first, int count);

    /// <summary>
    /// Scores the next steps of some sequences of the set, in one batch. A sequence that is scored in pieces, each from the final state of
    /// the piece before, has the same outputs, bit for bit, as in one piece.
    /// </summary>
    /// <param name="sequences">The set.</param>
    /// <param name="first">The first sequence.</param>
    /// <param name="count">The number of sequences.</param>
    /// <param name="initialStates">
    /// The state of each sequence before its first step [count, <see cref="NetworkDefinition.StateSize"/>]; none where all are zero, as at
    /// the beginning of a sequence.
    /// </param>
    /// <param name="finalStates">
    /// Takes the state of each sequence after its last step; may be the same memory. None where the states are not wanted.
    /// </param>
    /// <exception cref="InvalidOperationException">The network has no state that can be passed on.</exception>
    /// <exception cref="ArgumentException">The states are not those of so many sequences.</exception>
    public abstract void Run(
        SequenceSet sequences, int first, int count, ReadOnlySpan<float> initialStates, Span<float> finalStates);

    /// <summary>The outputs for a sequence of the last batch, by its number in the set; those of its steps one after the other.</summary>
    public abstract ReadOnlyMemory<float> Outputs(int sequence);

    /// <summary>Whether the outputs of a sequence of the last batch are finite numbers.</summary>
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
    /// A quantity inside the network, by name, for a sequence of the last batch [its steps, or 1, Width of the inspection].
    /// </summary>
    public abstract ReadOnlyMemory<float> Inspect(int sequence, string inspection);

    private sealed record Factory(TrainedNetwork Network, IReadOnlyList<Inspection> Inspections) : IWidthDependent<SequenceScorer>
    {
        public SequenceScorer Run<L>()
            where L : unmanaged, IFloatLanes<L> => new Scorer<L>(Network, Inspections);
    }

    private sealed unsafe class Scorer<L> : SequenceScorer
        where L : unmanaged, IFloatLanes<L>
    {
        private readonly ThreadGuard _guard = new();
        private readonly Network<L, float> _network;
        private readonly BatchLoader<L> _loader;
        private readonly InspectionBuffer<L>[] _inspections;
        private readonly int _stateSize;
        private int[] _indices = [];
        private int _first;
        private int[] _offsets = [];
        private float[] _outputs = [];

        public Scorer(TrainedNetwork trained, IReadOnlyList<Inspection> inspections)
        {
            _network = new(trained.Definition);
            _network.Bind(trained.Parameters, training: false);
            _loader = new(_network, trained.Normalization, TargetTransform.None);
            _stateSize = trained.Definition.StateSize;
            _inspections = [.. inspections.Select(inspection => new InspectionBuffer<L>(_network, inspection))];
        }

        public override void Run(SequenceSet sequences, int first, int count) => EnterAndScore(sequences, first, count, [], []);

        public override void Run(
            SequenceSet sequences, int first, int count, ReadOnlySpan<float> initialStates, Span<float> finalStates)
        {
            if (_stateSize == 0)
                throw new InvalidOperationException("The network has no state that one piece of a sequence can pass on to the next.");
            CheckStates(initialStates.Length, count, nameof(initialStates));
            CheckStates(finalStates.Length, count, nameof(finalStates));
            EnterAndScore(sequences, first, count, initialStates, finalStates);
        }

        private void CheckStates(int length, int count, string name)
        {
            if (length > 0 && length != (long)count * _stateSize)
            {
                throw new ArgumentException(
                    $"The states of {count} sequences are {(long)count * _stateSize} numbers, {_stateSize} for each; there are {length}.",
                    name);
            }
        }

        private void EnterAndScore(
            SequenceSet sequences, int first, int count, ReadOnlySpan<float> initialStates, Span<float> finalStates)
        {
            bool entered = _guard.Enter();
            try
            {
                Score(sequences, first, count, initialStates, finalStates);
            }
            finally
            {
                if (entered)
                    _guard.Leave();
            }
        }

        private void Score(
            SequenceSet sequences, int first, int count, ReadOnlySpan<float> initialStates, Span<float> finalStates)
        {
            MakeRoom(sequences, first, count);
            _loader.Load(sequences, _indices.AsSpan(0, count), training: false);
            for (int row = 0; row < count && !initialStates.IsEmpty; row++)
                SequenceState<L, float>.SetInitial(_network.Layers, row, initialStates.Slice(_loader.Order[row] * _stateSize, _stateSize));
            _network.CollectWords();
            _network.EncodeWords(WorkSlice.Whole);
            _network.Forward(0, count);
            for (int row = 0; row < count; row++)
            {
                int place = _loader.Order[row], start = _offsets[place] * PredictionSize, end = _offsets[place + 1] * PredictionSize;
                _network.Predict(row, _outputs.AsSpan(start, end - start));
            }
            for (int row = 0; row < count && !finalStates.IsEmpty; row++)
                SequenceState<L, float>.CopyFinal(_network.Layers, row, finalStates.Slice(_loader.Order[row] * _stateSize, _stateSize));
            foreach (InspectionBuffer<L> inspection in _inspections)
                inspection.Fill(_loader.Order);
        }

        public override ReadOnlyMemory<float> Outputs(int sequence)
        {
            int place = sequence - _first, start = _offsets[place] * PredictionSize;
            return _outputs.AsMemory(start, _offsets[place + 1] * PredictionSize - start);
        }

        public override ReadOnlyMemory<float> Inspect(int sequence, string inspection) =>
            Array.Find(_inspections, buffer => buffer.Inspection.Name == inspection)!.Of(sequence - _first);

        private int PredictionSize => _network.Head.PredictionSize;

        private void MakeRoom(SequenceSet sequences, int first, int count)
        {
            _first = first;
            if (_indices.Length < count)
            {
                _indices = new int[count];
                _offsets = new int[count + 1];
            }
            for (int i = 0; i < count; i++)
            {
                _indices[i] = first + i;
                _offsets[i + 1] = checked(_offsets[i] + _network.Definition.OutputRowsFor(sequences.Length(first + i)));
            }
            ScoredValues.MakeRoom(ref _outputs, PredictionSize, _offsets[count]);
        }
    }
}
