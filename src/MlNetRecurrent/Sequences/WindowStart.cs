namespace MlNetRecurrent;

/// <summary>
/// The treatment of rows that have too few rows before them for a window of
/// <see cref="Microsoft.ML.SequenceCatalog.SlidingWindow(Microsoft.ML.TransformsCatalog, SlidingWindowOptions)"/>.
/// </summary>
public enum WindowStart
{
    /// <summary>
    /// A view omits the row. The default. A <c>PredictionEngine</c> cannot omit a row: the window is filled with NaN, and score,
    /// probability and encoding of a recurrent network that reads it are NaN, a predicted class is missing (key 0), and a predicted
    /// <see cref="bool"/> is <see langword="false"/>. This also holds if a transform between the window and the network, such as
    /// <c>ReplaceMissingValues</c>, replaces the NaN. Models of other trainers read the NaN, or its replacement.
    /// </summary>
    Drop = 0,

    /// <summary>The window is filled at its beginning with copies of the first row of the group.</summary>
    Pad = 1,
}
