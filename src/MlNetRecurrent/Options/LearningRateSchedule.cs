namespace MlNetRecurrent;

/// <summary>How the learning rate changes from batch to batch in the course of a training.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays as it is.</summary>
    Constant = 0,

    /// <summary>It falls to 0 along half a cosine (Loshchilov and Hutter, 2016, without restarts).</summary>
    Cosine = 1,

    /// <summary>It rises from a 25th to its full value in the first three tenths of the training, and falls to almost 0 in the rest (Smith and Topin, 2017).</summary>
    OneCycle = 2,

    /// <summary>
    /// It is halved after each epoch whose loss is not the smallest so far, and the training goes on from the weights of the epoch with the smallest. The loss is that of the validation part, or the training loss where
    /// <see cref="RecurrentOptions.ValidationFraction"/> is 0. The weights of the best epoch are the result.
    /// </summary>
    HalveOnPlateau = 3,

    /// <summary>The default: the trainer chooses. It takes <see cref="OneCycle"/>.</summary>
    Automatic = 4,
}
