using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Losses;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Scores sequences with a trained network. One thread uses a scorer at a time; many scorers share one network.</summary>
internal abstract class SequenceScorer
{
    public static SequenceScorer For(TrainedNetwork network) => Hardware.WithWidestVectors(new Factory(network));

    /// <summary>The class probabilities of every sequence of the set: [Count, classes], one row after the other.</summary>
    public abstract void Probabilities(SequenceSet sequences, Span<float> probabilities);

    private sealed record Factory(TrainedNetwork Network) : IWidthDependent<SequenceScorer>
    {
        public SequenceScorer Run<L>()
            where L : unmanaged, IFloatLanes<L> => new Scorer<L>(Network);
    }

    private sealed class Scorer<L> : SequenceScorer
        where L : unmanaged, IFloatLanes<L>
    {
        private readonly Network<L, float> _network;
        private readonly BatchLoader<L> _loader;
        private int[] _all = [];

        public Scorer(TrainedNetwork trained)
        {
            _network = new(trained.Definition);
            _network.Bind(trained.Parameters, training: false);
            _loader = new(_network, trained.Normalization);
        }

        public override void Probabilities(SequenceSet sequences, Span<float> probabilities)
        {
            if (_all.Length < sequences.Count)
                _all = [.. Enumerable.Range(0, sequences.Count)];
            _loader.Load(sequences, _all.AsSpan(0, sequences.Count), training: false);
            _network.Forward(0, sequences.Count);
            int classes = _network.Definition.Outputs;
            for (int row = 0; row < sequences.Count; row++)
                SoftmaxCrossEntropy<float>.Probabilities(_network.Outputs, row, probabilities.Slice(_loader.Order[row] * classes, classes));
        }
    }
}
