namespace MlNetRecurrent;

/// <summary>
/// The treatment of rows by <see cref="Microsoft.ML.SequenceCatalog.NormalizeByGroup"/> whose group was not in the training data, or is
/// missing.
/// </summary>
public enum UnseenGroupAction
{
    /// <summary>The row causes an <see cref="InvalidOperationException"/>. The default.</summary>
    Throw = 0,

    /// <summary>The row is scaled by the statistics of all rows of the training data.</summary>
    UseAllGroups = 1,
}
