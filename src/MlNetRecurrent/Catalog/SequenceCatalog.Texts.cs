using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Maps;

namespace Microsoft.ML;

/// <content>Sequences of characters.</content>
public static partial class SequenceCatalog
{
    /// <summary>
    /// Converts a text to keys, one per character, which a recurrent trainer reads as tokens. The characters are learned from the data; any
    /// other character becomes a missing key. Unlike ML.NET's <c>TokenizeIntoCharactersAsKeys</c>, which adds marker characters by default,
    /// it adds none.
    /// </summary>
    /// <inheritdoc cref="CharacterTokenizingEstimator" path="/remarks"/>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.TokenizeIntoCharacters("Features", "Text")
    ///     .Append(ml.BinaryClassification.Trainers.Lstm());
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="inputColumnName">The name of the text column. Default: <see langword="null"/>, which means
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="maximumNumberOfKeys">The maximum number of keys. The most frequent characters get one. Between 1 and 1114112.
    /// Default: 10000.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
    public static CharacterTokenizingEstimator TokenizeIntoCharacters(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, int maximumNumberOfKeys = 10_000)
    {
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            MaximumNumberOfKeys = CheckKeys(maximumNumberOfKeys),
        });
    }

    /// <summary>
    /// Converts words to keys, one per character: a feature column with the characters of each step, which stands beside the words
    /// themselves in <see cref="RecurrentOptions.FeatureColumnNames"/>. From the characters, a network knows something of words that it has
    /// not seen. The characters are learned from the data; any other character becomes a missing key.
    /// </summary>
    /// <inheritdoc cref="WordTokenizingEstimator" path="/remarks"/>
    /// <example>
    /// <code>
    /// var options = new RecurrentOptions { FeatureColumnNames = ["WordKeys", "Characters"], LabelColumnName = "Tags" };
    /// var pipeline = ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words")
    ///     .Append(ml.Transforms.Conversion.MapValueToKey("WordKeys", "Words"))
    ///     .Append(ml.Transforms.Conversion.MapValueToKey("Tags"))
    ///     .Append(ml.MulticlassClassification.Trainers.SequenceTagger(options));
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="inputColumnName">The name of the column of words, a vector of text. Default: <see langword="null"/>, which means
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="maximumLength">The number of keys per word. A shorter word ends with missing keys; of a longer word, the first and the
    /// last characters are kept. Between 2 and 4096. Default: 20.</param>
    /// <param name="maximumNumberOfKeys">The maximum number of different keys. The most frequent characters get one. Between 1 and 1114112.
    /// Default: 10000.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
    public static WordTokenizingEstimator TokenizeWordsIntoCharacters(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, int maximumLength = 20,
        int maximumNumberOfKeys = 10_000)
    {
        OptionCheck.That(
            maximumLength is >= 2 and <= InputField.MostCharacters, nameof(maximumLength), maximumLength, "between 2 and 4096");
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            MaximumLength = maximumLength,
            MaximumNumberOfKeys = CheckKeys(maximumNumberOfKeys),
        });
    }

    private static int CheckKeys(int maximumNumberOfKeys)
    {
        bool isInRange = maximumNumberOfKeys is >= 1 and <= Alphabet.MostKeys;
        OptionCheck.That(isInRange, nameof(maximumNumberOfKeys), maximumNumberOfKeys, "between 1 and 1114112");
        return maximumNumberOfKeys;
    }
}
