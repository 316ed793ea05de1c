namespace MlNetRecurrent;

/// <summary>The schedule of the learning rate. The rate changes after every batch, except with <see cref="HalveOnPlateau"/>.</summary>
public enum LearningRateSchedule
{
    /// <summary>The learning rate is constant.</summary>
    Constant = 0,

    /// <summary>The learning rate falls to 0 along half a cosine (Loshchilov and Hutter, 2016, without restarts).</summary>
    Cosine = 1,

    /// <summary>
    /// The learning rate rises from 1/25 of its maximum to the maximum in the first 30 percent of the training, and then falls to almost 0,
    /// both along half a cosine (Smith and Topin, 2017).
    /// </summary>
    OneCycle = 2,

    /// <summary>
    /// The learning rate is halved after each epoch whose loss is not the smallest so far. Training then continues from the weights of the
    /// best epoch, which are also the result. The loss is the validation loss, or the training loss without validation.
    /// </summary>
    HalveOnPlateau = 3,

    /// <summary>The default: the trainer chooses <see cref="OneCycle"/>.</summary>
    Automatic = 4,
}
