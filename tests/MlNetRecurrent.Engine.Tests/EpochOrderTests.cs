using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

public sealed class EpochOrderTests
{
    private const int Sequences = 11, Epochs = 6;

    /// <summary>Keeps labels so small that no loss looks like that of a training that diverges.</summary>
    private const int Scale = 64;

    [Fact]
    public void Each_epoch_has_all_sequences_in_another_order()
    {
        int[][] epochs = Orders(seed: 1);
        Assert.Equal(Epochs, epochs.Length);
        Assert.All(epochs, order => Assert.Equal(Enumerable.Range(0, Sequences), order.Order()));
        AssertAllDiffer(epochs);
    }

    [Fact]
    public void Another_seed_gives_other_orders()
    {
        AssertAllDiffer([.. Orders(seed: 1), .. Orders(seed: 2), .. Orders(seed: 3)]);
        Assert.Equal(Orders(seed: 1), Orders(seed: 1));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(5)]
    [InlineData(4)]
    public void A_pool_is_whole_batches_and_is_shuffled_by_itself(int poolSize)
    {
        // Batches of 3: a pool of 4 to 6 sequences is two batches.
        int[][] epochs = Orders(seed: 1, poolSize, batchSize: 3);
        foreach (int[] order in epochs)
        {
            Assert.Equal(Enumerable.Range(0, 6), order[..6].Order());
            Assert.Equal(Enumerable.Range(6, 5), order[6..].Order());
        }
        // Of 20 and of 10 ways in which a pool can be cut into batches several occur.
        Assert.InRange(epochs.Select(order => string.Join(' ', order[..6])).Distinct().Count(), 3, Epochs);
        Assert.InRange(epochs.Select(order => string.Join(' ', order[6..])).Distinct().Count(), 3, Epochs);
    }

    [Fact]
    public void A_pool_of_one_batch_or_less_keeps_the_batches_as_they_come() =>
        Assert.All(Orders(seed: 1, poolSize: 1, batchSize: 1), order => Assert.Equal(Enumerable.Range(0, Sequences), order));

    [Fact]
    public void Sequences_of_equal_length_stay_as_they_come()
    {
        var data = new SequenceSet(1);
        foreach (int length in (int[])[2, 5, 2, 0, 5, 2, 0])
            data.Add(new float[length]);
        var order = new LengthOrder();
        order.Sort(data, [0, 1, 2, 3, 4, 5, 6]);
        Assert.Equal([1, 4, 0, 2, 5, 3, 6], order.Places.ToArray());
        Assert.Equal([5, 5, 2, 2, 2, 0, 0], order.Lengths.ToArray());
        order.Sort(data, [5, 6, 4]);
        Assert.Equal([2, 0, 1], order.Places.ToArray());
        Assert.Equal([5, 2, 0], order.Lengths.ToArray());
    }

    private static void AssertAllDiffer(int[][] orders) =>
        Assert.Equal(orders.Length, orders.Select(order => string.Join(' ', order)).Distinct().Count());

    /// <summary>
    /// For each epoch: the sequences in the order in which they were learned from; those of a batch of several from the first to the last.
    /// </summary>
    private static int[][] Orders(int seed, int poolSize = 0, int batchSize = 1)
    {
        // The loss of label i is i², which tells the sequence. Of a batch of several, whose labels are powers of 2, the sum of the losses
        // tells which ones it holds.
        var order = new List<int>();
        double before = 0;
        SequenceSet data = BiasModel.Data(
            [.. Enumerable.Range(0, Sequences).Select(i => (batchSize == 1 ? i : (float)Math.Pow(2, i) / Scale, 1f))]);
        TrainingSettings settings = BiasModel.Settings with
        {
            NumberOfEpochs = Epochs,
            BatchSize = batchSize,
            ShufflePoolSize = poolSize,
            Seed = seed
        };
        var observer = new Observer(state =>
        {
            int done = Math.Min(state.Batch * batchSize, Sequences);
            double sum = state.Loss * done, loss = sum - (state.Batch == 1 ? 0 : before);
            before = sum;
            order.AddRange(batchSize == 1 ? [(int)Math.Round(Math.Sqrt(loss))] : Enumerable.Range(0, Sequences)
                .Where(i => ((long)Math.Round(loss * Scale * Scale) >> (2 * i) & 1) == 1));
        });
        TrainedNetwork.Train(BiasModel.Job(BiasModel.Definition, data, settings, [0], observer));
        return [.. order.Chunk(Sequences)];
    }
}
