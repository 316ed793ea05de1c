namespace NameTagger;

/// <summary>The words of a sentence, with the tags that they have and those that are predicted.</summary>
public sealed class Answer
{
    public string[] Words { get; set; } = [];

    public string[] Tags { get; set; } = [];

    public string[] PredictedTags { get; set; } = [];
}

/// <summary>The predicted tags of the test sentences, word by word.</summary>
public sealed class Answers(IReadOnlyList<Answer> sentences)
{
    private readonly (string Word, string Tag, string Predicted)[] _words =
        [.. sentences.SelectMany(answer => answer.Words.Zip(answer.Tags, answer.PredictedTags))];

    public IReadOnlyList<Answer> Sentences => sentences;

    /// <summary>The number of sentences whose predicted tags are no sequence of BIO.</summary>
    public int Forbidden => sentences.Count(answer => Tags.AreForbidden(answer.PredictedTags));

    /// <summary>The fraction of words with the right tag, among some of the words.</summary>
    public double Accuracy(Func<string, bool> isMeant) =>
        _words.Where(word => isMeant(word.Word)).Average(word => word.Tag == word.Predicted ? 1.0 : 0);

    /// <summary>How many words of each type (a row) are predicted as each (a column).</summary>
    public double[][] Confusion() =>
        [.. Tags.Types.Select(actual => Tags.Types.Select(predicted => Count(actual, predicted)).ToArray())];

    private double Count(string actual, string predicted) =>
        _words.Count(word => Tags.TypeOf(word.Tag) == actual && Tags.TypeOf(word.Predicted) == predicted);
}
