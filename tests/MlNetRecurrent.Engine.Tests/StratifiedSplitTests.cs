using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Engine.Tests;

public sealed class StratifiedSplitTests
{
    private const int Rows = 400;

    [Fact]
    public void Each_class_is_drawn_by_itself()
    {
        // Four classes that alternate. Were they drawn alike, the same rows of each would be set aside.
        bool[] aside = Choose(byClass: true, row => row % 4);
        string[] ofClasses = [.. Enumerable.Range(0, 4)
            .Select(label => string.Concat(Enumerable.Range(0, Rows / 4).Select(i => aside[4 * i + label] ? '1' : '0')))];
        Assert.All(ofClasses, chosen => Assert.Equal(20, chosen.Count(bit => bit == '1')));
        Assert.Equal(4, ofClasses.Distinct().Count());
    }

    [Fact]
    public void Without_classes_labels_say_nothing()
    {
        bool[] aside = Choose(byClass: false, row => row % 4);
        Assert.Equal(Choose(byClass: false, _ => 0), aside);
        Assert.Equal(80, aside.Count(chosen => chosen));
        // One of each five rows that follow one another.
        Assert.All(aside.Chunk(5), rows => Assert.Single(rows, chosen => chosen));
    }

    [Fact]
    public void A_rare_class_has_its_part_to_the_row()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            bool[] aside = Choose(byClass: true, row => row % 8 == 0 ? 1 : 0, seed);
            Assert.Equal(10, aside.Where((_, row) => row % 8 == 0).Count(chosen => chosen));
            Assert.Equal(70, aside.Where((_, row) => row % 8 != 0).Count(chosen => chosen));
        }
    }

    [Fact]
    public void A_fraction_of_0_sets_nothing_aside()
    {
        ValidationSplit split = ValidationSplit.AtRandom(0, seed: 1, byClass: true);
        Assert.All(Enumerable.Range(0, 100), row => Assert.False(split.SetsAside(row, [row % 2])));
    }

    private static bool[] Choose(bool byClass, Func<int, int> label, int seed = 1)
    {
        ValidationSplit split = ValidationSplit.AtRandom(0.2, seed, byClass);
        return [.. Enumerable.Range(0, Rows).Select(row => split.SetsAside(row, [label(row)]))];
    }
}
