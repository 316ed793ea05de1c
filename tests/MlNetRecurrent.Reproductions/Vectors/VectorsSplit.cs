using MlNetRecurrent.Reproductions.Sentiment;

namespace MlNetRecurrent.Reproductions.Vectors;

/// <summary>The sentences whose texts, but few of whose labels, are for training, and those of the test.</summary>
internal sealed record VectorsSplit(Sentence[] Training, Sentence[] Test)
{
    private const int TestSentences = 400;

    /// <summary>The last 400 sentences are the test; to validate, those before them.</summary>
    public static VectorsSplit Read(string folder, bool validate)
    {
        Sentence[] sentences = Sentence.Read(folder);
        if (validate)
            sentences = sentences[..^TestSentences];
        return new(sentences[..^TestSentences], sentences[^TestSentences..]);
    }

    /// <summary>As many sentences of either label, drawn at random.</summary>
    public Sentence[] Draw(int count, Func<Sentence, bool> label, int seed)
    {
        Sentence[] shuffled = [.. Training];
        var random = new Random(seed);
        random.Shuffle(shuffled);
        Sentence[] drawn = [.. shuffled.Where(label).Take(count / 2), .. shuffled.Where(sentence => !label(sentence)).Take(count / 2)];
        random.Shuffle(drawn);
        return drawn;
    }
}
