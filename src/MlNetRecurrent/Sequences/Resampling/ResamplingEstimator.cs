using MlNetRecurrent.Sequences.Resampling;

namespace MlNetRecurrent;

/// <summary>
/// The estimator of <see cref="SequenceCatalog.Resample(TransformsCatalog, ResampleOptions)"/>. It turns rows at any times into one row
/// for each interval of equal length.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Is caching required? | No |
/// | Input column data type | `Single`, or vectors of `Single` of known size |
/// | Output column data type | The types of the input |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class ResamplingEstimator : SequenceTransformEstimator
{
    internal ResamplingEstimator(IHostEnvironment environment, ResampleSettings settings)
        : base(environment, settings)
    {
    }
}
