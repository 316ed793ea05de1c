namespace SentimentAnalysis;

/// <summary>
/// Made-up sentences in which only the order of words tells praise from blame: "Not a really good film but a quite dull film in the end."
/// Each word, each pair of neighbors, and each three letters in a row are as frequent in praise as in blame, on average.
/// </summary>
public static class WordOrder
{
    private static readonly string[] _good = ["good", "great", "nice", "fine"], _bad = ["bad", "poor", "awful", "dull"];
    private static readonly string[] _adverbs = ["really", "quite", "rather", "very"];
    private static readonly string[] _things = ["film", "phone", "meal", "plot", "place", "screen"];
    private static readonly bool[] _isPraise = [true, false];

    /// <summary>Sentences for the training and others for the test, at random among all that there are.</summary>
    public static (SentimentModel.ModelInput[] Training, SentimentModel.ModelInput[] Test) Generate(int training, int test, int seed)
    {
        SentimentModel.ModelInput[] all =
        [
            .. from thing in _things
               from first in _adverbs
               from second in _adverbs
               from good in _good
               from bad in _bad
               from isPraise in _isPraise
               select new SentimentModel.ModelInput
               {
                   Sentiment = isPraise ? "praise" : "blame",
                   Text = $"Not a {first} {(isPraise ? bad : good)} {thing} but a {second} {(isPraise ? good : bad)} {thing} in the end.",
               },
        ];
        new Random(seed).Shuffle(all);
        return (all[..training], all[training..(training + test)]);
    }
}
