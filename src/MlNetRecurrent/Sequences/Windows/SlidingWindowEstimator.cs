using MlNetRecurrent.Sequences.Windows;

namespace MlNetRecurrent;

/// <summary>
/// The estimator of <see cref="SequenceCatalog.SlidingWindow(TransformsCatalog, SlidingWindowOptions)"/>. It adds a column with the last
/// rows of a table, or of each of its groups.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Is caching required? | No |
/// | Input column data type | `Single`, or vectors of `Single` of known size |
/// | Output column data type | `Vector<Single, windowSize, F>`, where F is the number of input values in a row |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class SlidingWindowEstimator : SequenceTransformEstimator
{
    internal SlidingWindowEstimator(IHostEnvironment environment, WindowSettings settings)
        : base(environment, settings)
    {
    }
}
