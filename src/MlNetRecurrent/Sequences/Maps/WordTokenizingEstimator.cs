using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>
/// The estimator of <see cref="SequenceCatalog.TokenizeWordsIntoCharacters"/>. It turns words into keys, one for each character of each
/// word.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | Yes |
/// | Is caching required? | No |
/// | Input column data type | vector of `Text` |
/// | Output column data type | `Vector<Key<UInt32>, *, maximumLength>` |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class WordTokenizingEstimator : SequenceTransformEstimator
{
    internal WordTokenizingEstimator(IHostEnvironment environment, WordCharacters settings)
        : base(environment, settings)
    {
    }
}
