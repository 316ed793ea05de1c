using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>The estimator of <see cref="SequenceCatalog.PadOrTruncate"/>. It brings sequences to one length.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Is caching required? | No |
/// | Input column data type | Vector of `Single` or of keys |
/// | Output column data type | `Vector<Single, length, F>`, or `Vector<Key, length>` of keys |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class SequencePaddingEstimator : SequenceTransformEstimator
{
    internal SequencePaddingEstimator(IHostEnvironment environment, PaddedSequence settings)
        : base(environment, settings)
    {
    }
}
