using Microsoft.ML;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class GroupTieTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Rows_of_equal_times_stay_in_the_order_in_which_they_come()
    {
        var random = new Random(1);
        var options = new GroupIntoSequencesOptions
        {
            GroupColumnName = "Entity",
            OrderColumnName = "Time",
            SequenceColumnNames = ["Wind", "Pair"],
            ScalarColumnNames = ["Answer"],
            AllowOrderTies = true,
        };
        for (int round = 0; round < 20; round++)
        {
            Reading[] table = Reading.Generate(60, 3, seed: round);
            foreach (Reading row in table)
                row.Time = random.Next(4);
            IDataView data = _ml.Data.LoadFromEnumerable(table);
            Grouped[] found = [.. _ml.Data.CreateEnumerable<Grouped>(
                _ml.Transforms.GroupIntoSequences(options).Fit(data).Transform(data),
                reuseRowObject: false)];
            Reading[][] expected = [.. table.GroupBy(row => row.Entity).Select(group => group.OrderBy(row => row.Time).ToArray())];
            Assert.Equal(expected.Select(group => group.Select(row => row.Wind).ToArray()), found.Select(row => row.Wind));
            Assert.Equal(expected.Select(group => group.SelectMany(row => row.Pair).ToArray()), found.Select(row => row.Pair));
            Assert.Equal(expected.Select(group => group[^1].Answer), found.Select(row => row.Answer));
        }
    }

    private sealed class Grouped
    {
        public float[] Wind { get; set; } = [];

        public float[] Pair { get; set; } = [];

        public bool Answer { get; set; }
    }
}
