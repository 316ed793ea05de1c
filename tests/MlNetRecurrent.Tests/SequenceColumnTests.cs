using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;

namespace MlNetRecurrent.Tests;

/// <summary>What the type of a column says of its steps.</summary>
public sealed class SequenceColumnTests
{
    [Theory]
    [InlineData(new[] { 6 }, 0, 1)]
    [InlineData(new[] { 6 }, 3, 3)]
    [InlineData(new[] { 0 }, 0, 1)]
    [InlineData(new[] { 0 }, 5, 5)]
    [InlineData(new[] { 6, 2 }, 0, 2)]
    [InlineData(new[] { 6, 2 }, 2, 2)]
    [InlineData(new[] { 0, 2 }, 0, 2)]
    [InlineData(new[] { 4, 2, 3 }, 0, 6)]
    [InlineData(new[] { 0, 2, 3 }, 6, 6)]
    [InlineData(new[] { 0, 0 }, 4, 4)]
    public void The_features_of_a_step_are_the_product_of_all_dimensions_but_the_first_or_the_number_that_is_given(int[] dimensions,
        int numberOfFeatures, int expected) =>
        Assert.Equal(new SequenceColumn("Column", expected, 0), SequenceColumn.Of(Numbers(dimensions), numberOfFeatures));

    [Theory]
    [InlineData(new[] { 6, 2 }, 3, "has 2 features a step, but NumberOfFeatures is 3")]
    [InlineData(new[] { 4, 2, 3 }, 3, "has 6 features a step, but NumberOfFeatures is 3")]
    [InlineData(new[] { 7 }, 2, "not a whole number of steps of 2 features")]
    [InlineData(new[] { 0, 0 }, 0, "does not say how many features a step has")]
    public void A_type_that_contradicts_the_number_or_says_nothing_is_refused(int[] dimensions, int numberOfFeatures, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => SequenceColumn.Of(Numbers(dimensions), numberOfFeatures))
            .Message, StringComparison.Ordinal);

    [Fact]
    public void Keys_are_tokens_one_a_step_and_the_missing_one_is_a_token_too()
    {
        Assert.Equal(new SequenceColumn("Column", 0, 6), SequenceColumn.Of(Keys(5, 0), 0));
        Assert.Equal(new SequenceColumn("Column", 0, 6), SequenceColumn.Of(Keys(5, 7), 1));
        Assert.Contains("of which a step has one, not 2", Assert.Throws<InvalidOperationException>(() => SequenceColumn.Of(Keys(5, 0), 2))
            .Message, StringComparison.Ordinal);
        Assert.Contains("of which a step has one, not 3",
            Assert.Throws<InvalidOperationException>(() => SequenceColumn.Of(Keys(5, 0, 3), 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_reads_columns_of_its_features_or_keys_only()
    {
        SequenceColumn pairs = new("Column", 2, 0), words = new("Column", 0, 6);
        pairs.ThrowIfNot(Numbers(0, 2));
        pairs.ThrowIfNot(Numbers(8));
        words.ThrowIfNot(Keys(5, 0));
        Assert.Throws<InvalidOperationException>(() => pairs.ThrowIfNot(Numbers(0, 3)));
        Assert.Throws<InvalidOperationException>(() => pairs.ThrowIfNot(Numbers(7)));
        Assert.Throws<InvalidOperationException>(() => pairs.ThrowIfNot(Keys(5, 0)));
        Assert.Throws<InvalidOperationException>(() => words.ThrowIfNot(Numbers(0)));
        Assert.Contains("has 4 keys; the model was trained on 5",
            Assert.Throws<InvalidOperationException>(() => words.ThrowIfNot(Keys(4, 0))).Message, StringComparison.Ordinal);
        Assert.Contains("has 6 keys; the model was trained on 5",
            Assert.Throws<InvalidOperationException>(() => words.ThrowIfNot(Keys(6, 0))).Message, StringComparison.Ordinal);
    }

    private static DataViewSchema.Column Numbers(params int[] dimensions) =>
        Column(new VectorDataViewType(NumberDataViewType.Single, dimensions));

    private static DataViewSchema.Column Keys(int count, params int[] dimensions) =>
        Column(new VectorDataViewType(new KeyDataViewType(typeof(uint), count), dimensions));

    private static DataViewSchema.Column Column(DataViewType type)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Column", type);
        return builder.ToSchema()[0];
    }
}
