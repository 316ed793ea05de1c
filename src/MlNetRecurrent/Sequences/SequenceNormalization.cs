namespace MlNetRecurrent;

/// <summary>
/// The scaling of a feature by <see cref="Microsoft.ML.SequenceCatalog.NormalizeSequence"/>, over all steps of all sequences, or by
/// <see cref="Microsoft.ML.SequenceCatalog.NormalizeByGroup"/>, over the rows of a group. In a sequence, a feature that is constant in the
/// training data becomes 0 and is named in the log.
/// </summary>
public enum SequenceNormalization
{
    /// <summary>To mean 0 and standard deviation 1. The default.</summary>
    MeanVariance = 0,

    /// <summary>To the range from 0 (the minimum) to 1 (the maximum).</summary>
    MinMax = 1,

    /// <summary>To median 0 and interquartile range 1. Outliers have little effect on the scale.</summary>
    Robust = 2,
}
