using System.Globalization;

namespace MlNetRecurrent.Trainers;

/// <summary>Describes the training for the log, and marks the options that the user did not set.</summary>
internal static class ChosenOptions
{
    private const char ChosenMark = '*';

    /// <param name="given">The options of the user.</param>
    /// <param name="used">The options of the training.</param>
    /// <param name="network">The network.</param>
    public static string Describe(RecurrentOptions given, RecurrentOptions used, NetworkDefinition network)
    {
        List<string> parts =
        [
            Part(given.HasNumberOfEpochs, CultureInfo.InvariantCulture, $"{used.NumberOfEpochs} epochs"),
            Part(given.HasBatchSize, CultureInfo.InvariantCulture, $"batches of {used.BatchSize}"),
            Part(given.HasLearningRate, CultureInfo.InvariantCulture, $"learning rate {Number(used.LearningRate)}"),
            Part(given.Schedule != LearningRateSchedule.Automatic, CultureInfo.InvariantCulture, $"schedule {used.Schedule}"),
        ];
        if (!network.EveryStep)
            parts.Add(Part(given.Pooling != SequencePooling.Automatic, CultureInfo.InvariantCulture, $"pooling {used.Pooling}"));
        Add(used.WeightNoise, given.HasWeightNoise, "weight noise");
        Add(used.LabelSmoothing, given.HasLabelSmoothing, "label smoothing");
        Add(network.HasTokens ? used.TokenDropout : 0, isGiven: true, "token dropout");
        Add(network.HasTokens ? used.RareTokenDropout : 0, given.HasRareTokenDropout, "dropout of rare tokens");
        Add(used.ValidationFraction, given.HasValidationFraction, "validation fraction");
        Add(used.EarlyStoppingPatience, given.HasEarlyStoppingPatience, "early stopping patience");
        string legend = parts.Exists(part => part.EndsWith(ChosenMark)) ? $" {ChosenMark} chosen by the trainer." : "";
        return $"Training: {string.Join(", ", parts)}.{legend}";

        void Add(double value, bool isGiven, string name)
        {
            if (value > 0)
                parts.Add(Part(isGiven, CultureInfo.InvariantCulture, $"{name} {Number(value)}"));
        }
    }

    /// <summary>Three digits of a fraction, all digits of a whole number.</summary>
    private static string Number(double value) => value.ToString(value < 1 ? "G3" : "0.###", CultureInfo.InvariantCulture);

    private static string Part(bool isGiven, IFormatProvider culture, FormattableString text) =>
        text.ToString(culture) + (isGiven ? "" : ChosenMark.ToString());
}
