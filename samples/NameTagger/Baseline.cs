namespace NameTagger;

/// <summary>
/// Gives each word its most frequent tag in the training, whatever the context, and an unknown word the most frequent tag of unknown words.
/// </summary>
public sealed class Baseline
{
    private const string Unknown = "";

    private readonly IReadOnlySet<string> _vocabulary;
    private readonly Dictionary<string, string> _tags;

    public Baseline(IEnumerable<TaggerModel.ModelInput> training, IReadOnlySet<string> vocabulary)
    {
        _vocabulary = vocabulary;
        _tags = training
            .SelectMany(sentence => Words.Split(sentence.Sentence).Zip(Words.Split(sentence.Tags)))
            .Select(pair => (Word: Known(pair.First), Tag: pair.Second))
            .GroupBy(pair => pair.Word, pair => pair.Tag)
            .ToDictionary(word => word.Key, word => word.CountBy(tag => tag).MaxBy(count => count.Value).Key);
    }

    public string[] Predict(string sentence) => [.. Words.Split(sentence).Select(word => _tags[Known(word)])];

    private string Known(string word) => _vocabulary.Contains(word) ? word : Unknown;
}
