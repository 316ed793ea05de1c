using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Engine.Training;

/// <summary>A network that has learnt: its architecture, what is done to its input, and its weights. It does not change.</summary>
internal sealed record TrainedNetwork(NetworkDefinition Definition, FeatureNormalization Normalization, Parameters<float> Parameters)
{
    /// <summary>Trains a network, on the widest vectors that the processor has.</summary>
    /// <param name="definition">The architecture.</param>
    /// <param name="data">What to learn from.</param>
    /// <param name="normalization">What is done to the features.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="report">Called after every batch; it may throw to end the training.</param>
    /// <param name="whileInitializing">Called now and then before the first batch; it may throw to end the training.</param>
    /// <param name="start">The weights to begin with, which are left as they are, or null for new ones.</param>
    public static (TrainedNetwork Network, TrainingState Last) Train(
        NetworkDefinition definition, SequenceSet data, FeatureNormalization normalization, TrainingSettings settings,
        Action<TrainingState> report, Action? whileInitializing = null, Parameters<float>? start = null) =>
        Hardware.WithWidestVectors(new Training(definition, data, normalization, settings, report, whileInitializing, start));

    /// <summary>Weights, gradients and the optimiser's two moments each take as much.</summary>
    private static void ThrowIfTooLarge(nint parameters)
    {
        const int most = 1 << 30;
        if (parameters > most)
            throw new InvalidOperationException($"The network would have {parameters} parameters ({parameters * 16L >> 30} GiB in training); at most {most} are possible. Make the layers, the embedding or the number of tokens smaller.");
    }

    private sealed record Training(
        NetworkDefinition Definition, SequenceSet Data, FeatureNormalization Normalization, TrainingSettings Settings,
        Action<TrainingState> Report, Action? WhileInitializing, Parameters<float>? Start)
        : IWidthDependent<(TrainedNetwork, TrainingState)>
    {
        public (TrainedNetwork, TrainingState) Run<L>()
            where L : unmanaged, IFloatLanes<L>
        {
            var network = new Network<L, float>(Definition);
            ThrowIfTooLarge(network.ParameterCount);
            Parameters<float> parameters = Start?.Copy() ?? network.Initialize(SeedSequence.Derive(Settings.Seed, SeedSequence.Weights), WhileInitializing);
            network.Bind(parameters, training: true);
            double stepsOfABatch = (double)Data.Steps / Data.Count * Math.Min(Settings.BatchSize, Data.Count);
            using var team = new WorkerTeam(WorkerTeam.CountFor(stepsOfABatch * network.MultiplicationsOfAStep, Settings.NumberOfThreads));
            TrainingState last = new TrainingLoop<L>(network, Data, Normalization, Settings, team, Report).Run();
            return (new(Definition, Normalization, parameters), last);
        }
    }
}
