using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>The estimator of <see cref="SequenceCatalog.ZipSteps"/>. It joins sequences of the same length step by step.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Is caching required? | No |
/// | Input column data type | Vectors of `Single` or of keys |
/// | Output column data type | `Vector<Single, *, F₁ + F₂ + …>`, or `Vector<Single, T, F₁ + F₂ + …>` if all inputs have T steps |
/// | Exportable to ONNX | Yes, with `SaveAsOnnx` of the package MlNetRecurrent.Onnx, as part of a chain with a recurrent network |
/// ]]></format>
/// </remarks>
public sealed class StepZippingEstimator : SequenceTransformEstimator
{
    internal StepZippingEstimator(IHostEnvironment environment, ZippedSteps settings)
        : base(environment, settings)
    {
    }
}
