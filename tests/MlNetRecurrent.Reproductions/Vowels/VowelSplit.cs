namespace MlNetRecurrent.Reproductions.Vowels;

/// <summary>What is learned from, and what the network is held against.</summary>
internal sealed record VowelSplit(Utterance[] Training, Utterance[] Test)
{
    /// <summary>The files' own split, 270 and 370 utterances; to validate, every fifth utterance of each speaker of the 270.</summary>
    public static VowelSplit Read(string folder, bool validate)
    {
        Utterance[] training = Utterance.Read(Path.Combine(folder, "train.tsv"));
        if (!validate)
            return new(training, Utterance.Read(Path.Combine(folder, "test.tsv")));
        ILookup<bool, Utterance> parts = training
            .GroupBy(utterance => utterance.Label)
            .SelectMany(speaker => speaker.Select((utterance, number) => (utterance, held: number % 5 == 4)))
            .ToLookup(pair => pair.held, pair => pair.utterance);
        return new([.. parts[false]], [.. parts[true]]);
    }
}
