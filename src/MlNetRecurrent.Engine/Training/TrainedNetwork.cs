namespace MlNetRecurrent.Engine.Training;

/// <summary>A trained network: its architecture, the normalization of its input, and its weights. It does not change.</summary>
internal sealed record TrainedNetwork(NetworkDefinition Definition, FeatureNormalization Normalization, Parameters<float> Parameters)
{
    /// <summary>Trains a network, on the widest vectors that the processor has.</summary>
    /// <exception cref="InvalidOperationException">The training diverged, or a checkpoint is of another training.</exception>
    /// <exception cref="InvalidDataException">A checkpoint is damaged.</exception>
    public static TrainingOutcome Train(TrainingJob job) => Hardware.WithWidestVectors(new Training(job));

    /// <exception cref="InvalidOperationException">The network has too many parameters.</exception>
    private static Network<L, float> Create<L>(NetworkDefinition definition)
        where L : unmanaged, IFloatLanes<L>
    {
        try
        {
            var network = new Network<L, float>(definition);
            nint count = network.ParameterCount;
            // Weights, gradients and the optimizer's two moments each take as much.
            return count <= NetworkDefinition.MostParameters
                ? network
                : throw TooLarge($"{count} parameters ({count >> 26} GiB in training)", inner: null);
        }
        catch (OverflowException e)
        {
            throw TooLarge("more parameters than can be counted", e);
        }
    }

    private static InvalidOperationException TooLarge(string size, Exception? inner) => new(
        $"The network would have {size}; at most {NetworkDefinition.MostParameters} are possible. "
        + "Make the layers, the embedding or the number of tokens smaller.",
        inner);

    private sealed record Training(TrainingJob Job) : IWidthDependent<TrainingOutcome>
    {
        public TrainingOutcome Run<L>()
            where L : unmanaged, IFloatLanes<L>
        {
            Network<L, float> network = Create<L>(Job.Definition);
            Parameters<float> parameters = Job.Start?.Copy() ?? Initialize(network);
            network.Bind(parameters, training: true);
            double stepsOfASequence = (double)Job.Statistics.Steps / Job.Statistics.Count;
            if (Job.Settings.TruncatedSteps > 0)
                stepsOfASequence = Math.Min(stepsOfASequence, Job.Settings.TruncatedSteps);
            double stepsOfABatch = stepsOfASequence * Math.Min(Job.Settings.BatchSize, Job.Statistics.Count);
            int workers = WorkerTeam.CountFor(stepsOfABatch * network.MultiplicationsOfAStep, Job.Settings.NumberOfThreads);
            using var team = new WorkerTeam(workers);
            (TrainingState last, bool isCancelled) = new TrainingLoop<L>(network, Job, team).Run();
            return new(new(Job.Definition, Job.Normalization, parameters), last, isCancelled);
        }

        private Parameters<float> Initialize<L>(Network<L, float> network)
            where L : unmanaged, IFloatLanes<L>
        {
            int units = Job.Definition.Layers.Max(layer => layer.Size);
            if (units >= WeightInitializer.SlowUnits)
                Job.Observer.InitializingWeights(units);
            int seed = SeedSequence.Derive(Job.Settings.Seed, SeedSequence.Weights);
            return network.Initialize(seed, Job.Observer.Working, Job.Settings.NumberOfThreads);
        }
    }
}
