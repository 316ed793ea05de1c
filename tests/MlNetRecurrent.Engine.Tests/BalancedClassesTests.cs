using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Engine.Tests;

public sealed class BalancedClassesTests
{
    [Fact]
    public void Classes_that_occur_weigh_the_same_and_together_as_much_as_before()
    {
        // Class 1 and class 3 never occur: they have no part in the number of classes, and keep their weight.
        SequenceSet data = BiasModel.Data((0, 1), (0, 2), (2, 1));
        TargetTransform balanced = TargetTransform.BalancedClasses(DataStatistics.Of(data, hasClasses: true), classes: 5);
        Assert.Equal([4f / (2 * 3), 1, 4f / (2 * 1), 1, 1], Assert.Single(balanced.ClassFactors!)!);
        Assert.Equal(2, 3 * balanced.Factor(0), 1e-6);
        Assert.Equal(2, 1 * balanced.Factor(2), 1e-6);
    }

    [Fact]
    public void Of_tagged_sequences_each_label_counts_with_the_weight_of_its_sequence_and_missing_ones_do_not()
    {
        var data = new SequenceSet(1);
        data.Add(new float[4], [0, float.NaN, 0, 1], weight: 3);
        data.Add(new float[2], [1, float.NaN], weight: 2);
        // Class 0 weighs 6, class 1 weighs 5.
        TargetTransform balanced = TargetTransform.BalancedClasses(DataStatistics.Of(data, hasClasses: true), classes: 2);
        Assert.Equal([11f / (2 * 6), 11f / (2 * 5)], Assert.Single(balanced.ClassFactors!)!);
    }

    [Fact]
    public void Balancing_takes_the_mean_and_deviation_of_no_label() =>
        Assert.Equal(3f, TargetTransform.BalancedClasses(DataStatistics.Of(BiasModel.Data((0, 1), (1, 1)), hasClasses: true), 2)
        .Target(3));
}
