using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>
/// The estimator of <see cref="SequenceCatalog.NormalizeSequence"/>. It scales each feature over all steps of all sequences.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | Yes |
/// | Is caching required? | No |
/// | Input column data type | Vector of `Single` |
/// | Output column data type | `Vector<Single, T, F>`, or `Vector<Single, *, F>` for sequences of variable length |
/// | Exportable to ONNX | Yes, with `SaveAsOnnx` of the package MlNetRecurrent.Onnx, as part of a chain with a recurrent network |
/// ]]></format>
/// </remarks>
public sealed class SequenceNormalizingEstimator : SequenceTransformEstimator
{
    internal SequenceNormalizingEstimator(IHostEnvironment environment, NormalizedSequence settings)
        : base(environment, settings)
    {
    }
}
