namespace MlNetRecurrent;

/// <summary>How the outputs of the last recurrent layer at all steps become the one vector that is classified.</summary>
public enum SequencePooling
{
    /// <summary>The output after the last step of the sequence.</summary>
    Last = 0,

    /// <summary>The mean of the outputs over all steps of the sequence.</summary>
    Mean = 1,

    /// <summary>For each unit, the largest of its outputs over all steps of the sequence.</summary>
    Max = 2,

    /// <summary>
    /// <see cref="Last"/>, <see cref="Mean"/> and <see cref="Max"/> side by side, in this order: a vector of three times the units of the
    /// last layer. Howard and Ruder, "Universal Language Model Fine-tuning for Text Classification", 2018, call it concat pooling.
    /// </summary>
    LastMeanMax = 3,

    /// <summary>
    /// The default: the trainer chooses. It takes <see cref="Last"/> where <see cref="RecurrentOptions.TruncatedBpttSteps"/> is set, the pooling of
    /// the previous model where there is one, <see cref="Max"/> for classes of texts whose words are rare (fewer than 20 times each, in the mean)
    /// and for classes where the last layer is an <see cref="ElmanLayer"/>, and otherwise <see cref="LastMeanMax"/>.
    /// </summary>
    Automatic = 4,
}
