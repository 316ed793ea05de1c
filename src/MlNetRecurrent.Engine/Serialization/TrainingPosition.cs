namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// How far a training has come: what has to be known, beside the numbers of each weight, to go on as if nothing had happened.
/// </summary>
internal sealed class TrainingPosition
{
    /// <summary>Epochs that are done.</summary>
    public int Epochs { get; set; }

    /// <summary>Batches of the running epoch that are done.</summary>
    public int Batch { get; set; }

    /// <summary>Steps of the optimizer.</summary>
    public int Steps { get; set; }

    /// <summary>The sum of the losses of the running epoch.</summary>
    public double Loss { get; set; }

    /// <summary>The sum of the norms of the gradients of the running epoch.</summary>
    public double Norm { get; set; }

    /// <summary>Labels of the running epoch that were learned from.</summary>
    public long Targets { get; set; }

    /// <summary>What the learning rate is multiplied by.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>The epoch with the smallest loss so far, from 1; 0 where there is none.</summary>
    public int BestEpoch { get; set; }

    /// <summary>The loss of that epoch.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>The mean training loss of the last epoch that is done.</summary>
    public double LastLoss { get; set; }

    /// <summary>The mean loss on the validation part after that epoch, where there is one.</summary>
    public double? LastValidationLoss { get; set; }

    /// <summary>
    /// The mean loss of the first batch, before anything was learned; null in files of older versions, and where that batch had no labels.
    /// </summary>
    public double? FirstLoss { get; set; }

    /// <summary>Begins the next epoch.</summary>
    public void NextEpoch()
    {
        Epochs++;
        Batch = 0;
        Loss = Norm = 0;
        Targets = 0;
    }
}
