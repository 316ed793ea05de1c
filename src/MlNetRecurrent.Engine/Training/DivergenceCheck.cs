using System.Globalization;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Losses;

namespace MlNetRecurrent.Engine.Training;

/// <summary>Tells a training that has gone wrong, and what to try: numbers that are no longer finite, or a loss far beyond that of a network that says nothing.</summary>
internal sealed class DivergenceCheck(TrainingJob job)
{
    /// <summary>No network that learns has so many times the loss of one that says nothing.</summary>
    private const double MostTimes = 1000;

    private readonly double _lossOfNothing = LossOfNothing(job);

    /// <summary>After a batch.</summary>
    /// <exception cref="InvalidOperationException">A number is not finite.</exception>
    public void ThrowIfNotFinite(double loss, double norm, int epoch, int batch)
    {
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
            throw Diverged(loss, epoch, batch, string.Create(CultureInfo.InvariantCulture, $", the norm of the gradient or of the weights {norm:G4}"));
    }

    /// <summary>After an epoch, or for any other mean over all that is to be learnt.</summary>
    /// <exception cref="InvalidOperationException">A number is not finite, or the loss is beyond all bounds.</exception>
    public void ThrowIfDiverged(double meanLoss, double norm, int epoch, int batch)
    {
        ThrowIfNotFinite(meanLoss, norm, epoch, batch);
        if (meanLoss > MostTimes * _lossOfNothing)
            throw Diverged(meanLoss, epoch, batch, string.Create(CultureInfo.InvariantCulture, $", where that of a network that says nothing is {_lossOfNothing:G4}"));
    }

    /// <summary>The mean loss of a network whose outputs are 0; of values at least that of an error of one deviation.</summary>
    private static double LossOfNothing(TrainingJob job)
    {
        if (job.Definition.Loss != LossKind.SquaredError)
            return Math.Log(Math.Max(2, job.Definition.Outputs));
        (double mean, double deviation) = job.Statistics.Labels;
        TargetTransform targets = job.Targets;
        return Math.Max(1, (Math.Pow(mean - targets.Mean, 2) + deviation * deviation) / (targets.Deviation * targets.Deviation));
    }

    private InvalidOperationException Diverged(double loss, int epoch, int batch, string detail)
    {
        TrainingSettings settings = job.Settings;
        string clip = settings.GradientClipNorm > 0 ? string.Create(CultureInfo.InvariantCulture, $"a gradient clip norm below {settings.GradientClipNorm:G4}") : "a gradient clip norm, such as 1";
        string decay = settings.Optimizer.WeightDecay > 0 ? ", a smaller weight decay" : "";
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"Training diverged in epoch {epoch}, batch {batch}: the loss is {loss:G4}{detail}. Try a learning rate below {settings.LearningRate:G4}, {clip}{decay}, normalised or smaller features, or, where examples have weights or classes are balanced, weights that differ less."));
    }
}
