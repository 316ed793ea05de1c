namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// The progress of a training: the state, beside the numbers of each weight, that is needed to continue as if it had not been interrupted.
/// </summary>
internal sealed class TrainingPosition
{
    /// <summary>Finished epochs.</summary>
    public int Epochs { get; set; }

    /// <summary>Finished batches of the current epoch.</summary>
    public int Batch { get; set; }

    /// <summary>Steps of the optimizer.</summary>
    public int Steps { get; set; }

    /// <summary>The sum of the losses of the current epoch.</summary>
    public double Loss { get; set; }

    /// <summary>The sum of the norms of the gradients of the current epoch.</summary>
    public double Norm { get; set; }

    /// <summary>Labels of the current epoch that were learned from.</summary>
    public long Targets { get; set; }

    /// <summary>The factor of the learning rate.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>The epoch with the smallest loss so far, from 1; 0 where there is none.</summary>
    public int BestEpoch { get; set; }

    /// <summary>The loss of that epoch.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>The mean training loss of the last finished epoch.</summary>
    public double LastLoss { get; set; }

    /// <summary>The mean loss on the validation part after that epoch, where there is one.</summary>
    public double? LastValidationLoss { get; set; }

    /// <summary>
    /// The mean loss of the first batch, before anything was learned; null in files of older versions, and where that batch had no labels.
    /// </summary>
    public double? FirstLoss { get; set; }

    /// <summary>The finished epochs; those before a checkpoint of an older version are missing.</summary>
    public List<EpochRecord> History { get; set; } = [];

    /// <summary>Begins the next epoch.</summary>
    public void NextEpoch()
    {
        Epochs++;
        Batch = 0;
        Loss = Norm = 0;
        Targets = 0;
    }
}
