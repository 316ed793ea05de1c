namespace MlNetRecurrent;

/// <summary>The values that <c>PermutationFeatureImportance</c> exchanges between rows at a time.</summary>
public enum SequencePermutation
{
    /// <summary>All steps of a feature. There is one result per feature.</summary>
    /// <remarks>
    /// A row gets the last steps of a row that is at least as long, in their order. The series of a feature therefore stays a series, and
    /// the length of each row stays as it is. The longest rows exchange with one another; a row that alone has the largest length
    /// keeps its values.
    /// </remarks>
    Feature,

    /// <summary>One step of a feature, counted from the end of the sequence. There is one result per feature and lag.</summary>
    /// <remarks>
    /// The rows that have the step exchange its values; shorter rows keep theirs. The lag of the last step is 0. The values of a static
    /// column have no lag and are exchanged as a whole.
    /// </remarks>
    FeatureAndLag,
}
