namespace MlNetRecurrent.Reproductions.Sentiment;

/// <summary>A sentence of a review (Kotzias et al. 2015), and whether it speaks well of the thing.</summary>
internal sealed class Sentence
{
    private const string Products = "amazon_cells_labelled.txt", Restaurants = "yelp_labelled.txt";

    public string Text { get; set; } = "";

    public bool Label { get; set; }

    /// <summary>Whether the review is of a product, not of a restaurant.</summary>
    public bool IsAboutProduct { get; set; }

    /// <summary>The lines of both files, in an order that mixes them: sentence, tab, 0 or 1.</summary>
    public static Sentence[] Read(string folder)
    {
        Sentence[] sentences =
        [
            .. from file in new[] { Products, Restaurants }
               from line in File.ReadLines(Path.Combine(folder, file))
               let parts = line.Split('\t')
               select new Sentence { Text = parts[0], Label = parts[1] == "1", IsAboutProduct = file == Products },
        ];
        new Random(1).Shuffle(sentences);
        return sentences;
    }
}
