using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class FrequentCharacterTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>There are one a, two b, four z, and three each of m and n.</summary>
    [Theory]
    [InlineData(1, "z")]
    [InlineData(2, "m z")]
    [InlineData(3, "m n z")]
    [InlineData(4, "b m n z")]
    [InlineData(9, "a b m n z")]
    public void The_most_frequent_characters_have_a_key_and_of_equally_frequent_ones_the_first(int keys, string expected)
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new { Text = "zzabmn" }, new { Text = "" }, new { Text = "zzbmnmn" }]);
        IDataView keyed = _ml.Transforms.TokenizeIntoCharacters("Keys", "Text", maximumNumberOfKeys: keys).Fit(data).Transform(data);
        Assert.Equal(expected.Split(' '), Data.LabelValues.Read(keyed.Schema["Keys"])!.Texts);
    }

    [Fact]
    public void Slots_of_which_one_has_no_name_get_names_by_step_and_feature()
    {
        // ML.NET gives a vector that is concatenated with a nameless one names that are empty in part.
        IDataView rows = _ml.Data.LoadFromEnumerable(Reading.Generate(3, 1, seed: 1));
        IDataView data = _ml.Transforms.Concatenate("Mixed", "Wind", "Pair").Append(_ml.Transforms.Differences("Out", "Mixed")).Fit(rows)
            .Transform(rows);
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["Mixed"].GetSlotNames(ref names);
        Assert.Contains(names.DenseValues(), name => name.IsEmpty);
        data.Schema["Out"].GetSlotNames(ref names);
        Assert.Equal(["ΔMixed[0]", "ΔMixed[1]", "ΔMixed[2]"], names.DenseValues().Select(name => name.ToString()));
    }
}
