using System.Globalization;
using System.Numerics.Tensors;

namespace MlNetRecurrent.Reproductions.Vectors;

/// <summary>
/// Vectors of words, learned from texts without labels: the positive pointwise mutual information of words and their neighbors, as a
/// matrix of low rank (Levy and Goldberg 2014).
/// </summary>
internal static class WordVectors
{
    /// <summary>A rarer word has too few neighbors to tell.</summary>
    private const int LeastOccurrences = 2;

    /// <summary>Writes vectors in the text format of word2vec.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="texts">The words of each text.</param>
    /// <param name="size">The size of the vectors.</param>
    /// <param name="window">The words before and after a word that are its neighbors.</param>
    public static void Write(string path, IReadOnlyList<string[]> texts, int size, int window)
    {
        string[] words =
        [
            .. from word in texts.SelectMany(text => text).CountBy(word => word)
               where word.Value >= LeastOccurrences
               orderby word.Value descending, word.Key
               select word.Key,
        ];
        float[][] vectors = SymmetricFactors.Compute(MutualInformation(CountNeighbors(texts, words, window)), size);
        // The root mean square of all numbers is 1.
        float scale = MathF.Sqrt(words.Length * size / vectors.Sum(vector => TensorPrimitives.SumOfSquares<float>(vector)));
        IEnumerable<string> lines = words.Zip(vectors, (word, vector) => $"{word} {string.Join(' ', vector.Select(Text))}");
        File.WriteAllLines(path, lines.Prepend($"{words.Length} {size}"));

        string Text(float value) => (scale * value).ToString("G5", CultureInfo.InvariantCulture);
    }

    /// <summary>How often each word has each other as a neighbor.</summary>
    private static Dictionary<int, float>[] CountNeighbors(IEnumerable<string[]> texts, string[] words, int window)
    {
        Dictionary<string, int> numbers = words.Index().ToDictionary(word => word.Item, word => word.Index);
        Dictionary<int, float>[] counts = [.. words.Select(_ => new Dictionary<int, float>())];
        foreach (string[] text in texts)
        {
            int[] known = [.. text.Select(word => numbers.GetValueOrDefault(word, -1))];
            for (int i = 0; i < known.Length; i++)
            {
                for (int j = Math.Max(0, i - window); j < Math.Min(known.Length, i + window + 1); j++)
                {
                    if (i != j && known[i] >= 0 && known[j] >= 0)
                        counts[known[i]][known[j]] = counts[known[i]].GetValueOrDefault(known[j]) + 1;
                }
            }
        }
        return counts;
    }

    /// <summary>The logarithm of how much more often two words are neighbors than by chance; pairs below chance are left out.</summary>
    private static (int Column, float Value)[][] MutualInformation(Dictionary<int, float>[] counts)
    {
        double[] totals = [.. counts.Select(row => (double)row.Values.Sum())];
        double total = totals.Sum();
        return
        [
            .. counts.Select((row, word) => row
                .Select(pair => (pair.Key, (float)Math.Log(pair.Value * total / (totals[word] * totals[pair.Key]))))
                .Where(pair => pair.Item2 > 0).ToArray()),
        ];
    }
}
