namespace MlNetRecurrent;

/// <content>Truncated backpropagation.</content>
public sealed partial class RecurrentOptions
{
    /// <summary>
    /// The number of steps of truncated backpropagation through time (Williams and Peng, 1990). At least 0. Default: 0, no truncation.
    /// </summary>
    /// <remarks>
    /// Truncation is for long sequences. It needs less memory and, with a few dozen steps or more, less time. Longer sequences are cut into
    /// windows of this many steps, counted from the end. Each window starts with the final state of the previous window. A tagger learns
    /// from each window, the other trainers from the last one. All layers must be unidirectional, with a
    /// <see cref="RecurrentLayer.TimeReduction"/> of 1 and without stacks. Except for a tagger, <see cref="Pooling"/> must be
    /// <see cref="SequencePooling.Last"/> or <see cref="SequencePooling.Automatic"/>, which then chooses
    /// <see cref="SequencePooling.Last"/>.
    /// </remarks>
    public int TruncatedBpttSteps { get; set; }
}
