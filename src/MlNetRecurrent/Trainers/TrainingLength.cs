namespace MlNetRecurrent.Trainers;

/// <summary>Chooses the number of epochs: at least so many updates of the weights, and at most so much work.</summary>
internal static class TrainingLength
{
    /// <summary>The updates and epochs of a training where the limit of work allows them.</summary>
    private const int Updates = 1500, Epochs = 20;

    /// <summary>The same for rare tokens: networks overfit a small collection of texts quickly.</summary>
    private const int UpdatesOfTexts = 200, EpochsOfTexts = 8, UpdatesOfTags = 300, EpochsOfTags = 12;

    /// <summary>The fewest updates and epochs of a training.</summary>
    private const int FewestUpdates = 400, FewestEpochs = 3;

    /// <summary>
    /// Multiplications of the forward pass, for each layer: 5 to 10 seconds on two cores. For more than <see cref="RowsOfWork"/> it rises
    /// with the square root of the rows.
    /// </summary>
    private const double Work = 1.3e11, RowsOfWork = 1000;

    /// <summary>The cost of an update of a weight, above all of its noise, in multiplications of the forward pass.</summary>
    private const double WorkOfAWeight = 1000;

    /// <param name="data">The figures of the training part.</param>
    /// <param name="network">The network.</param>
    /// <param name="batchSize">Sequences of a batch.</param>
    /// <param name="rowsAreAlike">Whether windows overlap and nothing validates.</param>
    public static int EpochsFor(DataStatistics data, NetworkDefinition network, int batchSize, bool rowsAreAlike)
    {
        int batches = Math.Max(1, (data.Count - 1) / batchSize + 1);
        double work = Work * network.Layers.Count * Math.Sqrt(Math.Max(1, data.Count / RowsOfWork));
        double perStep = MultiplicationsOfAStep(network);
        double workOfEpoch = Math.Max(1, data.Steps) * perStep + batches * perStep * WorkOfAWeight;
        (int epochs, int updates) = !RareTokens.AreIn(data) ? (Epochs, rowsAreAlike ? FewestUpdates : Updates)
            : network.EveryStep ? (EpochsOfTags, UpdatesOfTags)
            : (EpochsOfTexts, UpdatesOfTexts);
        int wanted = Math.Max(epochs, Ratio(updates, batches));
        int fewest = Math.Min(wanted, Math.Max(FewestEpochs, Ratio(FewestUpdates, batches)));
        return (int)Math.Clamp(work / workOfEpoch, fewest, wanted);
    }

    private static int Ratio(int updates, int batches) => (updates - 1) / batches + 1;

    /// <summary>The weights of the layers, each multiplied by its uses at a step of the input.</summary>
    private static double MultiplicationsOfAStep(NetworkDefinition network)
    {
        double sum = 0, part = 1;
        int inputs = network.Features;
        foreach (LayerDefinition layer in network.Layers)
        {
            part /= layer.TimeReduction;
            sum += part * layer.CountMultiplications(inputs);
            inputs = layer.OutputSize;
        }
        return sum;
    }
}
