using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>The estimator of <see cref="SequenceCatalog.DenormalizeByGroup"/>. It is the inverse of a normalization by group.</summary>
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
public sealed class GroupDenormalizingEstimator : SequenceTransformEstimator
{
    internal GroupDenormalizingEstimator(IHostEnvironment environment, DenormalizedByGroup settings)
        : base(environment, settings)
    {
    }
}
