using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class TimeWindowTests
{
    private const int Features = 3, Window = 4;

    private static readonly int[] _lengths = [14, 12, 9, 8, 4, 3, 1, 0];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(100)]
    public void Windows_follow_one_another_to_the_end_of_every_sequence(int steps)
    {
        foreach (int length in _lengths)
        {
            int windows = TimeWindow.CountFor(_lengths[0], steps), next = 0;
            for (int left = windows - 1; left >= 0; left--)
            {
                (int start, int part) = new TimeWindow(steps, left).Of(length);
                Assert.Equal(next, start);
                Assert.InRange(part, 0, steps);
                Assert.True(start == 0 || part == steps);
                next = start + part;
            }
            Assert.Equal(length, next);
        }
    }

    [Theory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Lstm, true)]
    [InlineData(CellKind.Gru, false)]
    [InlineData(CellKind.GruResetBefore, false)]
    [InlineData(CellKind.Elman, true)]
    internal void Outputs_of_windows_are_those_of_the_whole_sequences(CellKind cell, bool everyStep)
    {
        Network<DoubleLane, double> network = NewNetwork(cell, everyStep);
        Load(network, TimeWindow.Whole);
        network.Forward(0, _lengths.Length);
        double[] whole = Outputs(network);
        var inWindows = new List<double>();
        for (int left = 3; left >= 0; left--)
        {
            GoTo(network, left);
            if (left == 0 || everyStep)
                inWindows.AddRange(Outputs(network));
        }
        if (everyStep)
        {
            // The steps lie in another order; their sum over all is the same.
            Assert.Equal(whole.Length, inWindows.Count);
            Assert.Equal(whole.Order(), inWindows.Order());
        }
        else
        {
            Assert.Equal(whole, inWindows);
        }
    }

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.GruResetBefore)]
    [InlineData(CellKind.Elman)]
    internal void Gradients_are_those_of_a_window_that_begins_with_the_states_as_they_are(CellKind cell)
    {
        Network<DoubleLane, double> network = NewNetwork(cell, everyStep: false);
        for (int left = 3; left > 0; left--)
            GoTo(network, left);
        network.KeepStates();
        float[] labels = [.. _lengths.Select((_, i) => (float)(i % 2))], weights = [.. _lengths.Select(_ => 1f)];
        double Loss(bool only)
        {
            Load(network, new(Window, 0));
            network.RestoreStates();
            return Passes.Run(network, labels, weights, only) / _lengths.Length;
        }
        Loss(only: false);
        foreach (ParameterTensor tensor in network.Tensors)
        {
            nint Place(int i) => tensor.Position(i / tensor.Columns, i % tensor.Columns);
            nint[] places = [.. Enumerable.Range(0, (int)tensor.Count).Select(Place)];
            CentralDifference.AssertEqual(
                tensor.Name, [.. places.Select(place => network.Gradients.Pointer[place])],
                i => network.Parameters.Values.Pointer[places[i]], (i, value) => network.Parameters.Values.Pointer[places[i]] = value,
                () => Loss(only: true));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_window_that_holds_all_steps_changes_nothing_and_a_shorter_one_does(bool everyStep)
    {
        float[] Train(int steps, int workers = 1)
        {
            var network = new Network<Lanes256, float>(Definition(CellKind.Lstm, everyStep));
            network.Bind(network.Initialize(seed: 1), training: true);
            var settings = new TrainingSettings
            {
                NumberOfEpochs = 2,
                BatchSize = 40,
                LearningRate = 0.01,
                GradientClipNorm = 1,
                TruncatedSteps = steps,
                Seed = 1,
            };
            using var team = new WorkerTeam(workers);
            new TrainingLoop<Lanes256>(network, Jobs.Of(network.Definition, Data(everyStep), settings), team).Run();
            return network.Parameters.Values.Span.ToArray();
        }
        Assert.Equal(Train(0), Train(20));
        Assert.NotEqual(Train(0), Train(5));
        Assert.Equal(Train(5), Train(5, workers: 2));
        Assert.Equal(Train(5), Train(5, workers: 3));
    }

    [Fact]
    public void What_came_long_before_the_window_is_still_known()
    {
        // The class is the sign of the first step, of the state that the windows carry; a gradient reaches it in short sequences only.
        var random = new Random(1);
        var data = new SequenceSet(1);
        for (int i = 0; i < 600; i++)
        {
            float first = random.Next(2) == 0 ? -1 : 1;
            data.Add([first, .. new float[i % 2 == 0 ? 3 : 11]], label: first > 0 ? 1 : 0);
        }
        var definition = new NetworkDefinition { Features = 1, Layers = [new LstmDefinition(16)], Outputs = 2 };
        var settings = new TrainingSettings
        {
            NumberOfEpochs = 20,
            BatchSize = 16,
            LearningRate = 0.01,
            GradientClipNorm = 1,
            TruncatedSteps = 4,
            Seed = 1,
        };
        TrainedNetwork network = TrainedNetwork.Train(Jobs.Of(definition, data, settings)).Network;
        SequenceScorer scorer = SequenceScorer.For(network);
        scorer.Run(data);
        int correct = Enumerable.Range(0, data.Count).Count(i => scorer.Outputs(i).Span[(int)data.Labels(i)[0]] > 0.5f);
        Assert.InRange(correct / (double)data.Count, 0.95, 1);
    }

    private static NetworkDefinition Definition(CellKind cell, bool everyStep) => new()
    {
        Features = Features,
        Layers = [Cells.Define(cell, 6), Cells.Define(cell, 5)],
        Outputs = 2,
        EveryStep = everyStep,
    };

    private static Network<DoubleLane, double> NewNetwork(CellKind cell, bool everyStep)
    {
        var network = new Network<DoubleLane, double>(Definition(cell, everyStep));
        network.Bind(network.Initialize(seed: 1), training: true);
        return network;
    }

    /// <summary>Goes through the window with so many left, with the states of the one before.</summary>
    private static void GoTo(Network<DoubleLane, double> network, int left)
    {
        if (left < 3)
            network.KeepStates();
        Load(network, new(Window, left));
        if (left < 3)
            network.RestoreStates();
        network.Forward(0, _lengths.Length);
    }

    private static void Load(Network<DoubleLane, double> network, TimeWindow window)
    {
        network.Prepare([.. _lengths.Select(length => window.Of(length).Length)], training: true);
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            (int start, int length) = window.Of(_lengths[sequence]);
            for (int t = 0; t < length; t++)
            {
                for (int i = 0; i < Features; i++)
                    network.Features[network.Shape.Row(t, sequence) * Features + i] = Math.Sin(1 + 100 * sequence + 10 * (start + t) + i);
            }
        }
    }

    private static double[] Outputs(Network<DoubleLane, double> network) =>
        [.. Enumerable.Range(0, network.OutputShape.Rows).SelectMany(row => (double[])[network.Outputs[row, 0], network.Outputs[row, 1]])];

    private static SequenceSet Data(bool everyStep)
    {
        var random = new Random(1);
        var data = new SequenceSet(Features);
        for (int i = 0; i < 100; i++)
        {
            int steps = random.Next(0, 18);
            float[] values = [.. Enumerable.Range(0, steps * Features).Select(_ => (float)random.NextDouble())];
            float[] labels = [.. Enumerable.Range(0, everyStep ? steps : 1).Select(_ => (float)random.Next(2))];
            if (labels.Length > 0)
                data.Add(values, labels);
        }
        return data;
    }
}
