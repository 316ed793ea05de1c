using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>The estimator of <see cref="SequenceCatalog.NormalizeByGroup"/>. It scales numbers by the statistics of their group.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | Yes |
/// | Is caching required? | No |
/// | Input column data type | `Single`, or a vector of `Single` of known size |
/// | Output column data type | The type of the input |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class GroupNormalizingEstimator : SequenceTransformEstimator
{
    internal GroupNormalizingEstimator(IHostEnvironment environment, NormalizedByGroup settings)
        : base(environment, settings)
    {
    }
}
