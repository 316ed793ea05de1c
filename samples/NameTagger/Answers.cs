namespace NameTagger;

/// <summary>Words with the tags that they have and the tags that they were given.</summary>
public sealed class Answers(IEnumerable<(string Word, string Actual, string Predicted)> words)
{
    private readonly (string Word, string Actual, string Predicted)[] _words = [.. words];

    /// <summary>The part of the words that were given their tag.</summary>
    public double Accuracy => Part(_ => true);

    /// <summary>The part of the words that have a tag among those that were given it.</summary>
    public double Precision(string tag) => Part(word => word.Predicted == tag);

    /// <summary>The part of the words that were given a tag among those that have it.</summary>
    public double Recall(string tag) => Part(word => word.Actual == tag);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1(string tag) => 2 / (1 / Precision(tag) + 1 / Recall(tag));

    /// <summary>The answers for some of the words.</summary>
    public Answers For(Func<string, bool> words) => new(_words.Where(word => words(word.Word)));

    /// <summary>How many words of each tag (a row) were given each (a column).</summary>
    public double[][] Confusion() => [.. Tags.All.Select(actual => Tags.All.Select(predicted => Count(actual, predicted)).ToArray())];

    private double Count(string actual, string predicted) => _words.Count(word => word.Actual == actual && word.Predicted == predicted);

    private double Part(Func<(string Word, string Actual, string Predicted), bool> words) =>
        _words.Where(words).Select(word => word.Actual == word.Predicted ? 1.0 : 0).DefaultIfEmpty().Average();
}
