namespace MlNetRecurrent;

/// <summary>What <see cref="Microsoft.ML.SequenceCatalog.SlidingWindow(Microsoft.ML.TransformsCatalog, SlidingWindowOptions)"/> does where there are not enough rows for a window yet.</summary>
public enum WindowStart
{
    /// <summary>Leaves the row out. The default. A <c>PredictionEngine</c>, which cannot leave a row out, gets what <see cref="Pad"/> gives.</summary>
    Drop = 0,

    /// <summary>Fills the window up at its beginning with the first row of the group, again and again.</summary>
    Pad = 1,
}
