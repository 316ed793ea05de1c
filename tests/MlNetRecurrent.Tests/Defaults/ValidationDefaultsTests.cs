using MlNetRecurrent.Tasks;
using MlNetRecurrent.Trainers;
using static MlNetRecurrent.Tests.Defaults.ChosenOptions;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>How many rows are chosen for validation, and with which patience.</summary>
public sealed class ValidationDefaultsTests
{
    private static readonly RecurrentTask _classes = new MulticlassTask(), _values = new RegressionTask();

    [Theory]
    [InlineData(299, 0, 0)]
    [InlineData(300, 0.1, 75)]
    [InlineData(20_000, 0.1, 10)]
    public void A_tenth_of_300_rows_and_more_validates_with_patience_for_half_of_the_epochs(int rows, double fraction, int patience)
    {
        RecurrentOptions chosen = Choose(new(), _classes, rows);
        Assert.Equal((fraction, patience), (chosen.ValidationFraction, chosen.EarlyStoppingPatience));
        Assert.Equal(0, Choose(new(), _classes, rows, windowsOverlap: true).ValidationFraction);
    }

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 0.2)]
    [InlineData(999, 0.2)]
    [InlineData(1000, 0.1)]
    public void Of_values_a_fifth_validates_from_100_rows_on_and_a_tenth_of_many(int rows, double fraction)
    {
        Assert.Equal(fraction, Choose(new(), _values, rows).ValidationFraction);
        Assert.Equal(0, Choose(new(), _values, rows, windowsOverlap: true).ValidationFraction);
    }

    [Fact]
    public void A_patience_of_0_trains_all_epochs()
    {
        RecurrentOptions chosen = Choose(new() { EarlyStoppingPatience = 0 }, _classes, 400);
        Assert.Equal((0.1, 0), (chosen.ValidationFraction, chosen.EarlyStoppingPatience));
    }

    [Fact]
    public void Patience_leaves_the_validation_part_of_values_as_it_was()
    {
        Assert.Equal(0.2, Choose(new() { EarlyStoppingPatience = 200 }, _values, 400).ValidationFraction);
        Assert.Equal(0.2, Choose(new() { EarlyStoppingPatience = 200 }, _values, 40).ValidationFraction);
        Assert.Equal(0.1, Choose(new() { EarlyStoppingPatience = 200 }, _values, 1000).ValidationFraction);
    }

    [Fact]
    public void The_epochs_in_which_a_chosen_schedule_raises_the_rate_do_not_count_as_patience()
    {
        Assert.Equal(3, Before(new() { EarlyStoppingPatience = 5, NumberOfEpochs = 10 }));
        Assert.Equal(4, Before(new() { EarlyStoppingPatience = 5, NumberOfEpochs = 11 }));
        Assert.Equal(0, Before(new() { EarlyStoppingPatience = 5, NumberOfEpochs = 10, Schedule = LearningRateSchedule.OneCycle }));
        Assert.Equal(0, Before(new() { NumberOfEpochs = 10 }));

        static int Before(RecurrentOptions options) => TrainingDefaults.EpochsBeforePatience(options, options);
    }

    [Fact]
    public void A_patience_or_an_order_asks_for_validation_on_a_tenth_of_any_data()
    {
        RecurrentOptions patient = Choose(new RecurrentOptions { EarlyStoppingPatience = 3 }.Planned(), _classes, 50);
        Assert.Equal((0.1, 3, 0f), (patient.ValidationFraction, patient.EarlyStoppingPatience, patient.WeightNoise));
        RecurrentOptions ordered = Choose(new RecurrentOptions { ValidateOnLastRows = true }, _classes, 50, windowsOverlap: true);
        Assert.Equal(0.1, ordered.ValidationFraction);
        // Without a fraction the order does nothing in a training that is planned, as ever.
        Assert.Equal(0, Choose(new RecurrentOptions { ValidateOnLastRows = true }.Planned(), _classes, 50).ValidationFraction);
    }
}
