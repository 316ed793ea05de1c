namespace MlNetRecurrent.Options;

/// <summary>The options of the trainers that the catalogs offer by name.</summary>
internal static class TrainerOptions
{
    public static RecurrentOptions For(
        RecurrentLayer[] layers, string labelColumnName, string featureColumnName, string? exampleWeightColumnName, int numberOfEpochs, float learningRate)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(featureColumnName);
        if (exampleWeightColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(exampleWeightColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfEpochs, 1);
        OptionCheck.That(float.IsFinite(learningRate) && learningRate > 0, nameof(learningRate), learningRate, "a finite number above 0");
        return new()
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            Layers = layers,
            NumberOfEpochs = numberOfEpochs,
            LearningRate = learningRate,
        };
    }

    /// <summary>A bidirectional layer, and on it levels that each halve the number of steps.</summary>
    public static RecurrentLayer[] Pyramid(int hiddenSize, int numberOfLevels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numberOfLevels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numberOfLevels, 30);
        var plain = new LstmLayer(CheckSize(hiddenSize)) { Bidirectional = true };
        return [plain, .. Enumerable.Repeat(plain with { TimeReduction = 2 }, numberOfLevels)];
    }

    /// <summary>One layer with stacks.</summary>
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
