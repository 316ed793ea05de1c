using MlNetRecurrent.Checks;

namespace MlNetRecurrent.Options;

/// <summary>Checks the arguments of the catalog methods and converts them to <see cref="RecurrentOptions"/>.</summary>
internal static class TrainerOptions
{
    public static RecurrentOptions For(
        RecurrentLayer[] layers, string labelColumnName, string featureColumnName, string? exampleWeightColumnName, int? numberOfEpochs,
        float? learningRate, SequencePooling pooling, int? batchSize, double? validationFraction,
        IProgress<TrainingProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(featureColumnName);
        OptionCheck.ThatNameIsNotEmpty(exampleWeightColumnName);
        OptionCheck.That(numberOfEpochs is null or >= 1, nameof(numberOfEpochs), numberOfEpochs, "at least 1");
        bool canLearn = learningRate is null || (float.IsFinite(learningRate.Value) && learningRate > 0);
        OptionCheck.That(canLearn, nameof(learningRate), learningRate, "a finite number above 0");
        OptionCheck.That(Enum.IsDefined(pooling), nameof(pooling), pooling, "Last, Mean, Max, LastMeanMax or Automatic");
        OptionCheck.That(batchSize is null or (>= 1 and <= 1 << 20), nameof(batchSize), batchSize, "between 1 and 1048576");
        bool isFraction = validationFraction is null or (>= 0 and < 1);
        OptionCheck.That(isFraction, nameof(validationFraction), validationFraction, "at least 0 and below 1");
        var options = new RecurrentOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            Layers = layers,
            Pooling = pooling,
            Progress = progress,
        };
        if (numberOfEpochs is { } epochs)
            options.NumberOfEpochs = epochs;
        if (learningRate is { } rate)
            options.LearningRate = rate;
        if (batchSize is { } size)
            options.BatchSize = size;
        if (validationFraction is { } fraction)
            options.ValidationFraction = fraction;
        return options;
    }

    /// <summary>Copies the layers with the given direction and dropout.</summary>
    public static RecurrentLayer[] With(RecurrentLayer[] layers, bool bidirectional, float dropout)
    {
        OptionCheck.That(dropout is >= 0 and < 1, nameof(dropout), dropout, "at least 0 and below 1");
        return Array.ConvertAll(layers, layer => layer with { Bidirectional = bidirectional, Dropout = dropout });
    }

    /// <summary>Creates a bidirectional LSTM layer, followed by levels that each halve the number of steps.</summary>
    public static RecurrentLayer[] Pyramid(int hiddenSize, int numberOfLevels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numberOfLevels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numberOfLevels, 30);
        var plain = new LstmLayer(CheckSize(hiddenSize)) { Bidirectional = true };
        return [plain, .. Enumerable.Repeat(plain with { TimeReduction = 2 }, numberOfLevels)];
    }

    public static RecurrentLayer[] Stack(int hiddenSize, int numberOfStacks, int stackSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfStacks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numberOfStacks, 1 << 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(stackSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stackSize, 1 << 20);
        return [new StackLayer(CheckSize(hiddenSize)) { NumberOfStacks = numberOfStacks, StackSize = stackSize }];
    }

    public static int CheckSize(int hiddenSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hiddenSize, 1 << 16);
        return hiddenSize;
    }
}
