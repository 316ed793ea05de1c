namespace MlNetRecurrent.Reproductions.Names;

/// <summary>The texts to train on, and those of the test.</summary>
internal sealed record NamesSplit(NamedSentence[] Training, NamedSentence[] Test)
{
    /// <summary>The files for training and for development; to validate, every tenth text of those for training.</summary>
    public static NamesSplit Read(string folder, bool validate)
    {
        NamedSentence[] training = [.. NamedSentence.Read(Path.Combine(folder, "train.conll"))];
        return validate
            ? new([.. training.Where((_, number) => number % 10 != 9)], [.. training.Where((_, number) => number % 10 == 9)])
            : new(training, [.. NamedSentence.Read(Path.Combine(folder, "dev.conll"))]);
    }
}
