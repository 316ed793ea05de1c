namespace MlNetRecurrent;

/// <summary>
/// The value of a column in an interval of
/// <see cref="Microsoft.ML.SequenceCatalog.Resample(Microsoft.ML.TransformsCatalog, ResampleOptions)"/>. Missing values (NaN) are left
/// out. An interval without any known value is NaN, except for sums and counts.
/// </summary>
public enum ResampleFunction
{
    /// <summary>The sum; 0 in an interval without known values.</summary>
    Sum = 0,

    /// <summary>The mean.</summary>
    Mean = 1,

    /// <summary>The first known value.</summary>
    First = 2,

    /// <summary>The last known value.</summary>
    Last = 3,

    /// <summary>The smallest value.</summary>
    Min = 4,

    /// <summary>The largest value.</summary>
    Max = 5,

    /// <summary>The number of known values; 0 in an interval without any.</summary>
    Count = 6,
}
