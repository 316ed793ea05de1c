namespace MlNetRecurrent;

/// <summary>
/// The pooling of a sequence: it reduces the outputs of the last recurrent layer at all steps to one vector, the input of the linear output
/// layer.
/// </summary>
public enum SequencePooling
{
    /// <summary>The output at the last step.</summary>
    Last = 0,

    /// <summary>The mean of the outputs over all steps.</summary>
    Mean = 1,

    /// <summary>The maximum of each unit over all steps.</summary>
    Max = 2,

    /// <summary>
    /// The concatenation of <see cref="Last"/>, <see cref="Mean"/> and <see cref="Max"/>, in this order: a vector with three times the size
    /// of the last layer's output. Howard and Ruder, "Universal Language Model Fine-tuning for Text Classification", 2018, call it concat
    /// pooling.
    /// </summary>
    LastMeanMax = 3,

    /// <summary>The default: the trainer chooses the pooling.</summary>
    /// <remarks>
    /// The trainer chooses <see cref="Last"/> if <see cref="RecurrentOptions.TruncatedBpttSteps"/> is set, and the pooling of the previous
    /// model if there is one. For classification it chooses <see cref="Max"/> if the tokens are rare (each occurs fewer than 20 times on
    /// average) or if the last layer is an <see cref="ElmanLayer"/>. In all other cases it chooses <see cref="LastMeanMax"/>.
    /// </remarks>
    Automatic = 4,
}
