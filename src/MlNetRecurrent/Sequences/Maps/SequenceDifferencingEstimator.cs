using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>The estimator of <see cref="SequenceCatalog.Differences"/>. It subtracts an earlier step from each step.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Is caching required? | No |
/// | Input column data type | Vector of `Single` |
/// | Output column data type | `Vector<Single, T, F>`, or `Vector<Single, *, F>` for sequences of variable length |
/// | Exportable to ONNX | Yes, with `SaveAsOnnx` of the package MlNetRecurrent.Onnx, as part of a chain with a recurrent network |
/// ]]></format>
/// </remarks>
public sealed class SequenceDifferencingEstimator : SequenceTransformEstimator
{
    internal SequenceDifferencingEstimator(IHostEnvironment environment, SequenceDifferences settings)
        : base(environment, settings)
    {
    }
}
