using System.Globalization;

namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// Detects a training that has diverged and says what to try: numbers that are not finite, or a loss far beyond that of outputs of zero.
/// </summary>
internal sealed class DivergenceCheck(TrainingJob job)
{
    /// <summary>A network that learns never has this many times the loss of outputs of zero.</summary>
    private const double MostTimes = 1000;

    private readonly double _lossOfZeros = job.Definition.Head.LossOfZeros(job.Definition.Outputs, job.Statistics, job.Targets);

    /// <summary>The size of a loss of 1 in the unit of the labels.</summary>
    private readonly double _unit = job.Definition.Head.LossUnit(job.Targets);

    /// <summary>After a batch.</summary>
    /// <exception cref="InvalidOperationException">A number is not finite.</exception>
    public void ThrowIfNotFinite(double loss, double norm, int epoch, int batch)
    {
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            throw Diverged(loss, epoch, batch, string.Create(
                CultureInfo.InvariantCulture, $", the norm of the gradient or of the weights {norm:G4}"));
        }
    }

    /// <summary>After an epoch.</summary>
    /// <exception cref="InvalidOperationException">A number is not finite, or the mean loss is far too large.</exception>
    public void ThrowIfDiverged(double meanLoss, double norm, int epoch, int batch)
    {
        ThrowIfNotFinite(meanLoss, norm, epoch, batch);
        if (meanLoss > MostTimes * _lossOfZeros)
        {
            throw Diverged(meanLoss, epoch, batch, string.Create(
                CultureInfo.InvariantCulture, $", where that of a network that says nothing is {_lossOfZeros * _unit:G4}"));
        }
    }

    /// <summary>After the last step, which no further batch would check.</summary>
    /// <param name="before">The mean loss of the last batch before the step, since the batch may be a hard one.</param>
    /// <param name="after">That after the step.</param>
    /// <param name="norm">The norm of the weights.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="InvalidOperationException">A number is not finite, or the loss is far too large.</exception>
    public void ThrowIfLastStepDiverged(double before, double after, double norm, int epoch, int batch)
    {
        ThrowIfNotFinite(after, norm, epoch, batch);
        if (after > MostTimes * Math.Max(before, _lossOfZeros))
        {
            throw Diverged(after, epoch, batch, string.Create(
                CultureInfo.InvariantCulture, $" after its step, before which it was {before * _unit:G4}"));
        }
    }

    /// <summary>After the validation.</summary>
    /// <exception cref="InvalidOperationException">The loss is not finite.</exception>
    public static void ThrowIfNothingIsSaid(double validationLoss, int epoch)
    {
        if (!double.IsFinite(validationLoss))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"After epoch {epoch} the loss on the validation part is {validationLoss:G4}, "
                + $"so that nothing tells how good the network is. "
                + $"Its rows hold labels or features that are far beyond those of the others; "
                + $"a smaller learning rate or normalized features may help too."));
        }
    }

    private InvalidOperationException Diverged(double loss, int epoch, int batch, string detail)
    {
        TrainingSettings settings = job.Settings;
        string clip = settings.GradientClipNorm > 0
            ? string.Create(CultureInfo.InvariantCulture, $"a gradient clip norm below {settings.GradientClipNorm:G4}")
            : "a gradient clip norm, such as 1";
        string decay = settings.Optimizer.WeightDecay > 0 ? ", a smaller weight decay" : "";
        string noise = settings.WeightNoise > 0 ? ", less weight noise" : "";
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"Training diverged in epoch {epoch}, batch {batch}: the loss is {loss * _unit:G4}{detail}. "
            + $"Try a learning rate below {settings.LearningRate:G4}, {clip}{decay}{noise}, normalized or smaller features, "
            + $"or, where examples have weights or classes are balanced, weights that differ less."));
    }
}
