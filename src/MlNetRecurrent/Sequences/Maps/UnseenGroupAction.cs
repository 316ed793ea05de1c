namespace MlNetRecurrent;

/// <summary>
/// The treatment of rows by <see cref="Microsoft.ML.SequenceCatalog.NormalizeByGroup"/> whose group was not in the training data, is
/// missing, or has no value in the training data.
/// </summary>
public enum UnseenGroupAction
{
    /// <summary>The row causes an <see cref="InvalidOperationException"/>, and so does, in <c>Fit</c>, a group without any value.
    /// The default.</summary>
    Throw = 0,

    /// <summary>The row is scaled by the statistics of all rows of the training data.</summary>
    UseAllGroups = 1,
}
