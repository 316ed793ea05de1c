using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests.Forecasting;

/// <summary>Long sequences are scored in pieces that pass on their states.</summary>
public sealed class ScoringInPiecesTests
{
    private const int Features = 3;

    private static readonly int[] _lengths = [7, 30, 0, 12, 30, 1, 19];

    private static readonly StackShape _stacks = new() { NumberOfStacks = 2, StackSize = 3, Depth = 2 };

    private static readonly Dictionary<string, LayerDefinition[]> _layers = new()
    {
        ["lstm"] = [new LstmDefinition(20)],
        ["gru, lstm"] = [new GruDefinition(17) { Dropout = 0.3f }, new LstmDefinition(33) { Dropout = 0.2f }],
        ["reset before, elman"] = [new GruResetBeforeDefinition(5), new ElmanDefinition(40)],
    };

    public static TheoryData<string, int> Pieces
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string layers in _layers.Keys)
                data.AddRange((layers, 1), (layers, 4), (layers, 29), (layers, 100));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Pieces_have_the_outputs_of_the_whole_bit_for_bit(string layers, int steps)
    {
        NetworkDefinition definition = Definition(_layers[layers]);
        TrainedNetwork network = Network(definition);
        float[][] sequences = Sequences();
        SequenceScorer scorer = SequenceScorer.For(network), inPieces = SequenceScorer.For(network);
        scorer.Run(Set(sequences, 0, int.MaxValue));
        var states = new float[_lengths.Length * definition.StateSize];
        var found = sequences.Select(_ => new List<float>()).ToArray();
        for (int start = 0; start < _lengths.Max(); start += steps)
        {
            SequenceSet piece = Set(sequences, start, steps);
            inPieces.Run(piece, 0, piece.Count, states, states);
            for (int i = 0; i < piece.Count; i++)
                found[i].AddRange(inPieces.Outputs(i).ToArray());
        }
        for (int i = 0; i < sequences.Length; i++)
            Assert.Equal(scorer.Outputs(i).ToArray(), found[i]);
        var final = new float[states.Length];
        scorer.Run(Set(sequences, 0, int.MaxValue), 0, _lengths.Length, [], final);
        Assert.Equal(final, states);
        Assert.Contains(states, value => value != 0);
    }

    [Fact]
    public void The_last_output_of_a_sequence_is_that_of_its_last_piece()
    {
        NetworkDefinition definition = Definition([new LstmDefinition(9)]) with { EveryStep = false };
        TrainedNetwork network = Network(definition);
        float[][] sequences = Sequences();
        SequenceScorer scorer = SequenceScorer.For(network), inPieces = SequenceScorer.For(network);
        SequenceSet whole = Set(sequences, 0, int.MaxValue), begin = Set(sequences, 0, 9), end = Set(sequences, 9, int.MaxValue);
        scorer.Run(whole);
        // Only some of the sequences, from a place in the set.
        float[] states = new float[4 * definition.StateSize];
        inPieces.Run(begin, 2, 4, [], states);
        inPieces.Run(end, 2, 4, states, []);
        for (int i = 2; i < 6; i++)
            Assert.Equal(scorer.Outputs(i).ToArray(), inPieces.Outputs(i).ToArray());
    }

    [Fact]
    public void A_network_that_cannot_be_cut_has_no_state_to_pass_on()
    {
        NetworkDefinition lstm = Definition([new LstmDefinition(20), new GruDefinition(5)]);
        Assert.Equal(32 + 32 + 16, lstm.StateSize);
        NetworkDefinition[] without =
        [
            Definition([new LstmDefinition(20), new GruDefinition(5) { Bidirectional = true }]),
            Definition([new LstmDefinition(20) { TimeReduction = 2 }]) with { EveryStep = false },
            Definition([new StackLayerDefinition(5) { Stacks = _stacks }]),
            lstm with { EveryStep = false, Pooling = Pooling.Mean },
            lstm with { Head = new CrfDefinition() },
        ];
        Assert.All(without, network => Assert.Equal(0, network.StateSize));
        var scorer = SequenceScorer.For(Network(without[0]));
        Assert.Throws<InvalidOperationException>(() => scorer.Run(Set(Sequences(), 0, 3), 0, 1, [], []));
    }

    [Fact]
    public void States_of_another_number_of_sequences_are_refused()
    {
        NetworkDefinition network = Definition([new GruDefinition(5)]);
        var scorer = SequenceScorer.For(Network(network));
        SequenceSet set = Set(Sequences(), 0, 3);
        Assert.Throws<ArgumentException>("initialStates", () => scorer.Run(set, 0, 2, new float[network.StateSize], []));
        Assert.Throws<ArgumentException>("finalStates", () => scorer.Run(set, 0, 2, [], new float[3 * network.StateSize]));
    }

    private static NetworkDefinition Definition(LayerDefinition[] layers) =>
        new() { Features = Features, Layers = layers, Outputs = 2, EveryStep = true, Head = HeadDefinition.Value };

    private static TrainedNetwork Network(NetworkDefinition definition) => new(
        definition, FeatureNormalization.None(Features), new Network<ScalarLane, float>(definition).Initialize(seed: 1));

    private static float[][] Sequences()
    {
        var random = new Random(1);
        return [.. _lengths.Select(length => Enumerable.Range(0, length * Features).Select(_ => random.NextSingle() - 0.5f).ToArray())];
    }

    /// <summary>Some steps of each sequence, as far as it has them.</summary>
    private static SequenceSet Set(float[][] sequences, int start, int steps)
    {
        var set = new SequenceSet(Features);
        foreach (float[] sequence in sequences)
        {
            int from = Math.Min(start * Features, sequence.Length);
            int count = (int)Math.Min((long)steps * Features, sequence.Length - from);
            set.Add(sequence.AsSpan(from, count), []);
        }
        return set;
    }
}
