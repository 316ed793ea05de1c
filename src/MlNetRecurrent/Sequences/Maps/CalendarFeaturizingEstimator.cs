using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>The estimator of <see cref="SequenceCatalog.FeaturizeCalendar"/>. It makes features of the parts of a date.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Is caching required? | No |
/// | Input column data type | `DateTime` or `DateTimeOffset` |
/// | Output column data type | Vector of `Single` of known size, with slot names |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class CalendarFeaturizingEstimator : SequenceTransformEstimator
{
    internal CalendarFeaturizingEstimator(IHostEnvironment environment, CalendarFeatures settings)
        : base(environment, settings)
    {
    }
}
