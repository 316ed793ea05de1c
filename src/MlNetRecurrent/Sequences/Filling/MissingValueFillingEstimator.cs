using MlNetRecurrent.Sequences.Filling;

namespace MlNetRecurrent;

/// <summary>
/// The estimator of <see cref="SequenceCatalog.FillMissingValues(TransformsCatalog, FillMissingValuesOptions)"/>. It replaces missing
/// values by values of other rows of the same group.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Is caching required? | No |
/// | Input column data type | `Single`, or a vector of `Single` of known size |
/// | Output column data type | The type of the input |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class MissingValueFillingEstimator : SequenceTransformEstimator
{
    internal MissingValueFillingEstimator(IHostEnvironment environment, FillSettings settings)
        : base(environment, settings)
    {
    }
}
