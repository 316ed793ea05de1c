namespace MlNetRecurrent.Engine.Training;

/// <summary>Is told of a training, on its thread. Each method may throw an <see cref="OperationCanceledException"/> to end it.</summary>
internal class TrainingObserver
{
    /// <summary>Called now and then while there is nothing to tell.</summary>
    public virtual void Working()
    {
    }

    /// <summary>The first weights are made, which takes a while.</summary>
    /// <param name="units">Units of the widest layer.</param>
    public virtual void InitializingWeights(int units)
    {
    }

    /// <summary>The training goes on from a checkpoint.</summary>
    /// <param name="epoch">The epoch that it goes on with, from 1.</param>
    /// <param name="batch">Batches of that epoch that are done already.</param>
    public virtual void Resumed(int epoch, int batch)
    {
    }

    /// <summary>The checkpoint is of a training that is over: there is nothing to do.</summary>
    public virtual void WasOver(TrainingState state)
    {
    }

    /// <summary>A checkpoint could not be written; the training goes on without.</summary>
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
