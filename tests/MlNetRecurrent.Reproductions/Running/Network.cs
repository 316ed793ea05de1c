namespace MlNetRecurrent.Reproductions.Running;

/// <summary>A network and how it is trained, under the name of the system that it is one of.</summary>
/// <param name="Name">The name of the system, that of the method of the catalogs.</param>
/// <param name="Layers">The layers, the one that reads the input first.</param>
internal sealed record Network(string Name, params RecurrentLayer[] Layers)
{
    /// <summary>Null where every step has an output.</summary>
    public SequencePooling? Pooling { get; init; } = SequencePooling.Last;

    public required int Epochs { get; init; }

    public required float LearningRate { get; init; }

    public int BatchSize { get; init; } = 32;

    public int EmbeddingSize { get; init; } = 64;

    /// <summary>With <see cref="LearningRateSchedule.Automatic"/> the trainer chooses noise and smoothing, too.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The options of a training on the columns <c>Features</c> and <c>Label</c>.</summary>
    public RecurrentOptions Options(RunSettings settings, int seed, TrainingBar bar) => new()
    {
        Layers = Layers,
        Pooling = Pooling ?? SequencePooling.Last,
        NumberOfEpochs = settings.Epochs(Epochs),
        LearningRate = LearningRate,
        Schedule = Schedule,
        BatchSize = BatchSize,
        EmbeddingSize = EmbeddingSize,
        Seed = seed,
        Progress = bar,
    };

    /// <summary>The same layers, none of which joins steps.</summary>
    public Network AtFullLength() => this with
    {
        Name = $"{Name} at full length",
        Layers = [.. Layers.Select(layer => layer with { TimeReduction = 1 })],
    };

    /// <summary>The network and its training in a line, for a table.</summary>
    public string Describe(RunSettings settings)
    {
        string pooled = Pooling is { } pooling ? $"{pooling.ToString().ToLowerInvariant()} pooling, " : "";
        string training = $"{settings.Epochs(Epochs)} epochs, rate {LearningRate}, batch {BatchSize}";
        return $"{string.Join(" + ", Layers.Select(Describe))}; {pooled}{training}";
    }

    private static string Describe(RecurrentLayer layer)
    {
        string stacks = layer is StackLayer stack ? $" with {stack.NumberOfStacks} stacks of {stack.StackSize}" : "";
        string directions = layer.Bidirectional ? " both ways" : "";
        string reduction = layer.TimeReduction > 1 ? $" of {layer.TimeReduction} steps" : "";
        string dropout = layer.Dropout > 0 ? $" dropout {layer.Dropout}" : "";
        return $"{layer.GetType().Name.Replace("Layer", "")} {layer.Size}{stacks}{directions}{reduction}{dropout}";
    }
}
