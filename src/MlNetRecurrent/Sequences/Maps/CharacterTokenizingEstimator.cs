using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent;

/// <summary>
/// The estimator of <see cref="SequenceCatalog.TokenizeIntoCharacters"/>. It turns a text into a sequence of keys, one for each character.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator characteristics
/// | | |
/// |---|---|
/// | Does this estimator need to look at the data to train its parameters? | Yes |
/// | Is caching required? | No |
/// | Input column data type | `Text` |
/// | Output column data type | `Vector<Key<UInt32>, *>` |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class CharacterTokenizingEstimator : SequenceTransformEstimator
{
    internal CharacterTokenizingEstimator(IHostEnvironment environment, CharacterTokens settings)
        : base(environment, settings)
    {
    }
}
