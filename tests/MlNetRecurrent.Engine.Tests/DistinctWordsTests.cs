using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>The distinct words of a batch.</summary>
public sealed class DistinctWordsTests
{
    private const int Characters = 3;

    private static readonly int[] _batch =
    [
        1, 0, 0,
        2, 0, 3,
        0, 0, 0,
        1, 2, 0,
        1, 0, 0,
        2, 0, 3,
        0, 1, 0,
    ];

    [Fact]
    public void Each_word_is_there_once_longest_first()
    {
        DistinctWords words = Collect(_batch);
        Assert.Equal([3, 2, 2, 1, 0], words.Shape.Lengths.ToArray());
        Assert.Equal(
            ["2 0 3", "1 2", "0 1", "1", ""],
            Enumerable.Range(0, words.Shape.Count).Select(word => string.Join(' ', words.CharactersOf(word).ToArray())));
    }

    [Fact]
    public void Words_and_rows_know_each_other()
    {
        DistinctWords words = Collect(_batch);
        Assert.Equal([3, 0, 4, 1, 3, 0, 2], Enumerable.Range(0, _batch.Length / Characters).Select(row => words[row]));
        Assert.Equal(["1 5", "3", "6", "0 4", "2"], Enumerable.Range(0, 5).Select(word => string.Join(' ', words.RowsOf(word).ToArray())));
    }

    [Fact]
    public void A_batch_replaces_the_one_before()
    {
        DistinctWords words = Collect(_batch);
        words.Collect([0, 0, 0, 3, 0, 0], rows: 2);
        Assert.Equal([1, 0], words.Shape.Lengths.ToArray());
        Assert.Equal([1, 0], [words[0], words[1]]);
        words.Collect([], rows: 0);
        Assert.Equal(0, words.Shape.Count);
    }

    [Fact]
    public void Of_many_rows_every_word_is_found()
    {
        var random = new Random(1);
        int[] batch = [.. Enumerable.Range(0, 500 * Characters).Select(_ => random.Next(4))];
        DistinctWords words = Collect(batch);
        int[][] rows = [.. Enumerable.Range(0, 500).Select(row => batch[(row * Characters)..((row + 1) * Characters)])];
        Assert.Equal(rows.Select(row => string.Join(' ', row)).Distinct().Count(), words.Shape.Count);
        for (int row = 0; row < rows.Length; row++)
        {
            int[] word = new int[Characters];
            words.CharactersOf(words[row]).CopyTo(word);
            Assert.Equal(rows[row], word);
            Assert.Contains(row, words.RowsOf(words[row]).ToArray());
        }
    }

    private static DistinctWords Collect(int[] batch)
    {
        var words = new DistinctWords(Characters);
        words.Collect(batch, batch.Length / Characters);
        return words;
    }
}
