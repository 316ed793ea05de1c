namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// Receives the progress of a training, on its thread. Each method may throw an <see cref="OperationCanceledException"/> to end it.
/// </summary>
internal class TrainingObserver
{
    /// <summary>Called repeatedly while there is no progress to report.</summary>
    public virtual void Working()
    {
    }

    /// <summary>The initial weights are being computed, which takes a while.</summary>
    /// <param name="units">Units of the widest layer.</param>
    public virtual void InitializingWeights(int units)
    {
    }

    /// <summary>The training continues from a checkpoint.</summary>
    /// <param name="epoch">The epoch that it continues with, from 1.</param>
    /// <param name="batch">Batches of that epoch that are finished.</param>
    public virtual void Resumed(int epoch, int batch)
    {
    }

    /// <summary>The checkpoint is of a finished training: there is nothing to do.</summary>
    public virtual void WasOver(TrainingState state)
    {
    }

    /// <summary>A checkpoint could not be written; the training continues without it.</summary>
    public virtual void CheckpointFailed(Exception reason)
    {
    }

    /// <summary>Called after every batch.</summary>
    public virtual void BatchDone(TrainingState state)
    {
    }

    /// <summary>Called after every epoch and its validation.</summary>
    public virtual void EpochDone(TrainingState state)
    {
    }
}
