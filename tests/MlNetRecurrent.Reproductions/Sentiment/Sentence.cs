namespace MlNetRecurrent.Reproductions.Sentiment;

/// <summary>A sentence of a review (Kotzias et al. 2015), and whether it speaks well of the thing.</summary>
internal sealed class Sentence
{
    public string Text { get; set; } = "";

    public bool Label { get; set; }

    /// <summary>The lines of both files, in an order that mixes them: sentence, tab, 0 or 1.</summary>
    public static Sentence[] Read(string folder)
    {
        Sentence[] sentences = [.. new[] { "amazon_cells_labelled.txt", "yelp_labelled.txt" }
            .SelectMany(file => File.ReadLines(Path.Combine(folder, file)))
            .Select(line => line.Split('\t'))
            .Select(parts => new Sentence { Text = parts[0], Label = parts[1] == "1" })];
        new Random(1).Shuffle(sentences);
        return sentences;
    }
}
