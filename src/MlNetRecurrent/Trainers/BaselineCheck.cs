using System.Globalization;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>Finds trainings that did not diverge but ended with a loss above that of a constant prediction.</summary>
internal static class BaselineCheck
{
    /// <summary>Losses of batches vary, and the labels of the validation part may be harder.</summary>
    private const double Margin = 1.5;

    /// <param name="warnings">The log.</param>
    /// <param name="last">The state at the end.</param>
    /// <param name="baseline">The mean loss of a network that predicts the same for every row.</param>
    /// <param name="unit">The size of a loss of 1 in the unit of the labels.</param>
    /// <param name="options">The options.</param>
    /// <param name="goesOn">Whether the training began with the weights of a previous model.</param>
    public static void Warn(WarningLog warnings, TrainingState last, double baseline, double unit, RecurrentOptions options, bool goesOn)
    {
        // Labels of the validation part may differ from the others so much that its loss alone says nothing.
        double loss = last.BestEpoch > 0 ? Math.Min(last.Loss, last.BestLoss) : last.Loss;
        // Random weights may begin far above the baseline: a training that was too short to come down does not show a wrong rate. Trained
        // weights do so only where the labels have changed their meaning.
        if (baseline == 0 || loss <= Margin * Math.Max(baseline, goesOn ? 0 : last.FirstLoss ?? 0))
            return;
        string advice = goesOn
            ? "The previous model may have learned labels of another unit"
            : string.Create(CultureInfo.InvariantCulture, $"Try a learning rate below {options.LearningRate:G4}");
        warnings.Warn(RecurrentWarning.LossAboveBaseline, MessageSensitivity.None, string.Create(
            CultureInfo.InvariantCulture,
            $"After the training the loss is {loss * unit:G4}, above the {baseline * unit:G4} of a network that predicts the same "
            + $"for every row. {advice}{(options.NormalizeFeatures ? "" : ", or normalize the features")}."));
    }
}
