namespace MlNetRecurrent;

/// <summary>How <see cref="Microsoft.ML.SequenceCatalog.NormalizeSequence"/> scales a feature, over all steps of all sequences. A feature that is constant in the data becomes 0, and is named in the log.</summary>
public enum SequenceNormalization
{
    /// <summary>To mean 0 and deviation 1. The default.</summary>
    MeanVariance = 0,

    /// <summary>To 0..1, from the smallest to the largest value.</summary>
    MinMax = 1,

    /// <summary>To median 0 and a distance of 1 between the quartiles, which values far outside do not move.</summary>
    Robust = 2,
}
