namespace MlNetRecurrent;

/// <summary>What <see cref="Microsoft.ML.SequenceCatalog.SlidingWindow(Microsoft.ML.TransformsCatalog, SlidingWindowOptions)"/> does where there are not enough rows for a window yet.</summary>
public enum WindowStart
{
    /// <summary>
    /// Leaves the row out. The default. A <c>PredictionEngine</c> cannot leave a row out: its window is NaN, and so are score, probability
    /// and encoding of a recurrent network that reads it; a predicted class is missing (key 0), a predicted
    /// <see cref="bool"/> <see langword="false"/>. That holds where transforms between window and network, such as
    /// <c>ReplaceMissingValues</c>, put other numbers in the place of NaN. Other trainers than those of recurrent networks see only the
    /// NaN, or what was put in its place.
    /// </summary>
    Drop = 0,

    /// <summary>Fills the window up at its beginning with the first row of the group, again and again.</summary>
    Pad = 1,
}
