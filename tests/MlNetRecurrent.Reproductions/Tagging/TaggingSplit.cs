namespace MlNetRecurrent.Reproductions.Tagging;

/// <summary>What is learned from, and what the network is held against.</summary>
internal sealed record TaggingSplit(TaggedSentence[] Training, TaggedSentence[] Test)
{
    /// <summary>Adjacent sentences are of the same text: single ones would not have as many new words as another text has.</summary>
    private const int SentencesTogether = 100;

    /// <summary>The files for training and for development; to validate, every tenth hundred of the sentences for training.</summary>
    public static TaggingSplit Read(string folder, bool validate)
    {
        TaggedSentence[] training = [.. TaggedSentence.Read(Path.Combine(folder, "train.txt"))];
        return validate
            ? new([.. training.Where((_, number) => !IsHeldOut(number))], [.. training.Where((_, number) => IsHeldOut(number))])
            : new(training, [.. TaggedSentence.Read(Path.Combine(folder, "dev.txt"))]);
    }

    /// <summary>
    /// The share of words tagged correctly when each word gets its most frequent tag of the training sentences, and a new word the most
    /// frequent tag of all.
    /// </summary>
    public double MostFrequentTagAccuracy()
    {
        (string Word, string Tag)[] known = [.. Training.SelectMany(Pairs)];
        string mostFrequent = MostFrequent(known);
        Dictionary<string, string> tagOf = known.GroupBy(pair => pair.Word).ToDictionary(word => word.Key, MostFrequent);
        return Test.SelectMany(Pairs).Average(pair => tagOf.GetValueOrDefault(pair.Word, mostFrequent) == pair.Tag ? 1.0 : 0.0);
    }

    private static bool IsHeldOut(int number) => number / SentencesTogether % 10 == 9;

    private static IEnumerable<(string Word, string Tag)> Pairs(TaggedSentence sentence) => sentence.Words.Zip(sentence.Tags);

    private static string MostFrequent(IEnumerable<(string Word, string Tag)> pairs) =>
        pairs.CountBy(pair => pair.Tag).MaxBy(tag => tag.Value).Key;
}
