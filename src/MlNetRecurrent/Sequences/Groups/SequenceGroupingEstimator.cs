using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent;

/// <summary>
/// The estimator of <see cref="SequenceCatalog.GroupIntoSequences(TransformsCatalog, GroupIntoSequencesOptions)"/>. It turns each group of
/// rows into one row, whose columns are sequences with one step for each row of the group.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Is caching required? | No |
/// | Input column data type | Scalars of any type, or vectors of known size that hold no keys |
/// | Output column data type | Vectors of variable length with the same items: `Vector<…, *>`, or `Vector<…, *, F>` of vectors of size F |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class SequenceGroupingEstimator : SequenceTransformEstimator
{
    internal SequenceGroupingEstimator(IHostEnvironment environment, GroupingSettings settings)
        : base(environment, settings)
    {
    }
}
