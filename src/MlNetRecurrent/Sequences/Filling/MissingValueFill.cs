namespace MlNetRecurrent;

/// <summary>
/// The value that replaces a missing one in
/// <see cref="Microsoft.ML.SequenceCatalog.FillMissingValues(Microsoft.ML.TransformsCatalog, FillMissingValuesOptions)"/>.
/// </summary>
public enum MissingValueFill
{
    /// <summary>The last known value of the group. The default.</summary>
    Forward = 0,

    /// <summary>
    /// A value on the straight line between the last and the next known value of the group, as if all rows had the same distance. After the
    /// last known value of a group, that value is used. A <c>PredictionEngine</c>, which does not know later rows, refuses it.
    /// </summary>
    InterpolateByRow = 1,

    /// <summary>
    /// The same by the distance in the order column, such as the time.
    /// </summary>
    InterpolateByOrder = 2,
}
