using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Trainers;

/// <summary>
/// Chooses the options that were not set, from the size of the data and of the network. Pooling, rates, noise and smoothing were chosen by
/// cross-validation on the training parts of nine of the sets that the reproductions compare the defaults on; the limits of rows and of
/// work are judgments.
/// </summary>
internal static class TrainingDefaults
{
    /// <summary>The batch size of earlier versions, on which trainings with all options set rely.</summary>
    private const int PlainBatchSize = 32;

    /// <summary>Rows from which on a part is set aside for validation, and that part.</summary>
    private const int RowsToValidate = 300;

    /// <summary>The same for texts with rare words: a few hundred rows are too few to set some aside.</summary>
    private const int TextsToValidate = 2000;

    private const double ValidationFraction = 0.1;

    /// <summary>
    /// Values are noisier than classes, so that validation pays from fewer rows on. A tenth of so few rows would be too small a sample.
    /// </summary>
    private const int FewValues = 100, ManyValues = 1000;

    private const double FractionOfFewValues = 0.2;

    /// <summary>Rows up to which the regularization is at its full strength; beyond, it falls with their square root.</summary>
    private const double RowsOfFullStrength = 2000;

    /// <summary>
    /// The most noise of the weights of units that add up no more than <see cref="UsualSummands"/>, for classes and for values.
    /// </summary>
    private const double ClassNoise = 0.1, ValueNoise = 0.03;

    private const double LabelSmoothing = 0.1, RareTokenDropout = 0.25;

    private const int UsualUnits = 64, UsualSummands = 2 * UsualUnits;

    /// <summary>Chooses what does not depend on the data: the validation part where the other options ask for one.</summary>
    /// <param name="given">The options of the user, which do not change.</param>
    /// <param name="task">The task.</param>
    /// <param name="hasValidationView">Whether there is a separate validation view.</param>
    public static RecurrentOptions Begin(RecurrentOptions given, RecurrentTask task, bool hasValidationView)
    {
        RecurrentOptions options = given.Copy();
        bool validatesOnPart = options.EarlyStoppingPatience > 0 || (options.ValidateOnLastRows && !IsPlanned(given, task));
        if (hasValidationView)
            options.ValidationFraction = 0;
        else if (!options.HasValidationFraction && validatesOnPart)
            options.ValidationFraction = ValidationFraction;
        return options;
    }

    /// <summary>Chooses the validation part, where <see cref="Begin"/> did not, before the data is measured.</summary>
    /// <param name="given">The options of the user, which do not change.</param>
    /// <param name="begun">The options from <see cref="Begin"/>, which are completed.</param>
    /// <param name="task">The task.</param>
    /// <param name="hasRows">Whether the data has so many rows to learn from.</param>
    /// <param name="meanTokenCount">Computes the mean number of occurrences of a token; null where steps are numbers.</param>
    /// <param name="windowsOverlap">Whether adjacent rows share steps, so that a random part is no test.</param>
    public static void ChooseSplit(
        RecurrentOptions given, RecurrentOptions begun, RecurrentTask task, Func<int, bool> hasRows,
        Func<double>? meanTokenCount, bool windowsOverlap)
    {
        bool isAsked = begun.HasValidationFraction && !given.HasValidationFraction && begun.ValidationFraction > 0;
        if ((begun.HasValidationFraction && !isAsked) || IsPlanned(given, task) || (windowsOverlap && !isAsked))
            return;
        double fraction = FractionFor(task, hasRows, meanTokenCount, isAsked);
        if (fraction > 0)
            begun.ValidationFraction = fraction;
    }

    /// <summary>Chooses how a sequence becomes one vector, before the network is made.</summary>
    /// <param name="split">The options from <see cref="ChooseSplit"/>, which are completed.</param>
    /// <param name="task">The task.</param>
    /// <param name="data">The figures of the training part.</param>
    /// <param name="previous">The network that the training continues, or null.</param>
    public static void ChoosePooling(RecurrentOptions split, RecurrentTask task, DataStatistics data, NetworkDefinition? previous)
    {
        if (split.Pooling == SequencePooling.Automatic)
            split.Pooling = PoolingFor(split, task, data, previous);
    }

    /// <summary>The name of the option because of which a part of the rows is set aside.</summary>
    public static string WhyItValidates(RecurrentOptions given) =>
        given.HasValidationFraction ? nameof(RecurrentOptions.ValidationFraction)
        : given.EarlyStoppingPatience > 0 ? nameof(RecurrentOptions.EarlyStoppingPatience)
        : nameof(RecurrentOptions.ValidateOnLastRows);

    /// <summary>Chooses everything else.</summary>
    /// <param name="given">The options of the user, which do not change.</param>
    /// <param name="split">The options from <see cref="ChooseSplit"/>, which are completed.</param>
    /// <param name="task">The task.</param>
    /// <param name="data">The figures of the training part.</param>
    /// <param name="network">The network.</param>
    /// <param name="goesOn">Whether the training begins with the weights of a previous model, which a high rate would undo.</param>
    /// <param name="rowsAreAlike">Whether windows overlap and nothing validates. Such data overfits sooner.</param>
    public static void Complete(
        RecurrentOptions given, RecurrentOptions split, RecurrentTask task, DataStatistics data, NetworkDefinition network,
        bool goesOn, bool rowsAreAlike)
    {
        bool isPlanned = IsPlanned(given, task);
        double strength = isPlanned ? 0 : Math.Min(1, Math.Sqrt(RowsOfFullStrength / Math.Max(1, data.Count)));
        if (split.Schedule == LearningRateSchedule.Automatic)
            split.Schedule = LearningRateSchedule.OneCycle;
        if (!split.HasBatchSize)
            split.BatchSize = isPlanned ? PlainBatchSize : ChooseBatchSize(data.Count);
        if (!split.HasLearningRate)
            split.LearningRate = (float)(ChooseRate(split, network) / (goesOn ? 10 : 1));
        // Noise makes the loss fluctuate, and each fluctuation would halve the rate.
        if (!split.HasWeightNoise && split.Schedule != LearningRateSchedule.HalveOnPlateau)
            split.WeightNoise = (float)(strength * ChooseNoise(network, task.HasClasses));
        if (!split.HasLabelSmoothing)
            split.LabelSmoothing = task.HasClasses && network.Head.CanSmooth ? (float)(strength * LabelSmoothing) : 0;
        if (!split.HasRareTokenDropout)
            split.RareTokenDropout = network.HasTokens && !isPlanned ? (float)RareTokenDropout : 0;
        if (split.HasNumberOfEpochs)
            return;
        split.NumberOfEpochs = TrainingLength.EpochsFor(data, network, split.BatchSize, rowsAreAlike);
        if (!given.HasValidationFraction && !given.HasEarlyStoppingPatience && split.ValidationFraction > 0)
            split.EarlyStoppingPatience = (split.NumberOfEpochs + 1) / 2;
    }

    /// <summary>Whether the noise decays with the learning rate and the error, which makes predicted values more accurate.</summary>
    public static bool NoiseFalls(bool noiseIsChosen, NetworkDefinition network) => noiseIsChosen && network.Head.HasValues;

    /// <summary>The warm-up epochs of a chosen schedule, in which a rising loss is no reason to stop.</summary>
    /// <param name="given">The options of the user.</param>
    /// <param name="used">The options of the training.</param>
    public static int EpochsBeforePatience(RecurrentOptions given, RecurrentOptions used) =>
        given.Schedule == LearningRateSchedule.Automatic && given.EarlyStoppingPatience > 0 ? (3 * used.NumberOfEpochs + 9) / 10 : 0;

    private static double FractionFor(RecurrentTask task, Func<int, bool> hasRows, Func<double>? meanTokenCount, bool isAsked)
    {
        if (!task.HasClasses && !hasRows(ManyValues))
            return isAsked || hasRows(FewValues) ? FractionOfFewValues : 0;
        if (isAsked || !task.HasClasses)
            return ValidationFraction;
        bool isText = meanTokenCount is not null && !task.EveryStep && !hasRows(TextsToValidate) && RareTokens.Are(meanTokenCount());
        return !isText && hasRows(RowsToValidate) ? ValidationFraction : 0;
    }

    /// <summary>Whether the user has planned the training, so that no other defaults are added.</summary>
    private static bool IsPlanned(RecurrentOptions given, RecurrentTask task) =>
        given.HasNumberOfEpochs && given.HasLearningRate && given.Schedule != LearningRateSchedule.Automatic
        && (task.EveryStep || given.Pooling != SequencePooling.Automatic);

    private static SequencePooling PoolingFor(
        RecurrentOptions options, RecurrentTask task, DataStatistics data, NetworkDefinition? previous)
    {
        if (options.TruncatedBpttSteps > 0 || task.EveryStep)
            return SequencePooling.Last;
        if (previous is not null)
            return (SequencePooling)previous.Pooling;
        // A few words decide the class of a text. The last state of an Elman cell holds too much of the last steps and little of the first.
        return task.HasClasses && (RareTokens.AreIn(data) || !options.Layers[^1].Definition.HasGates)
            ? SequencePooling.Max
            : SequencePooling.LastMeanMax;
    }

    private static int ChooseBatchSize(int rows) => rows switch
    {
        < 20_000 => 32,
        < 100_000 => 64,
        _ => 128,
    };

    /// <summary>The rate falls with the number of layers and with their width, as is usual for Adam (Yang and Hu, 2021).</summary>
    private static double ChooseRate(RecurrentOptions options, NetworkDefinition network)
    {
        double rate = OptimizerSettings.UsualLearningRate((OptimizerKind)options.Optimizer, network.Head.HasValues);
        if (network.Layers.Any(layer => !layer.HasGates))
            rate /= 3;
        return rate * Narrowness(network) / network.Layers.Count;
    }

    /// <summary>Cells without gates tolerate less noise, since its effect on the state accumulates over the steps.</summary>
    private static double ChooseNoise(NetworkDefinition network, bool hasClasses)
    {
        double noise = (hasClasses ? ClassNoise : ValueNoise) * Math.Sqrt(Math.Min(1, (double)UsualSummands / MostSummands(network)));
        double withoutGates = hasClasses ? 0.01 : 0.03;
        return network.Layers.Min(layer =>
        {
            bool accumulates = !layer.HasGates && layer.TimeReduction == 1;
            return Math.Min(accumulates ? Math.Min(noise, withoutGates) : noise, layer.MostWeightNoise);
        });
    }

    /// <summary>The largest number of inputs of a unit, features and state together. The effect of weight noise grows with it.</summary>
    private static int MostSummands(NetworkDefinition network)
    {
        int most = 0, inputs = network.Features;
        foreach (LayerDefinition layer in network.Layers)
        {
            most = Math.Max(most, inputs * layer.TimeReduction + layer.Size);
            inputs = layer.OutputSize;
        }
        return most;
    }

    /// <summary>1 for layers of the usual size, less for wider ones.</summary>
    private static double Narrowness(NetworkDefinition network) =>
        Math.Min(1, (double)UsualUnits / network.Layers.Max(layer => layer.Size));
}
