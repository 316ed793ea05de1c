using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Holds which weights are kept, and what follows from an epoch that is not the best, against a naive program.</summary>
public sealed class BestEpochTests
{
    /// <summary>What is learned, and what is validated on.</summary>
    private const float Label = 3, ValidationLabel = 1;

    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(0.9, 12)]
    [InlineData(1.1, 12)]
    [InlineData(1.9, 7)]
    public void After_a_plateau_the_training_goes_on_from_the_best_weights_at_half_the_rate(double rate, int epochs)
    {
        foreach (bool validates in (bool[])[false, true])
        {
            for (int n = 1; n <= epochs; n++)
                AssertFollows(new(rate, n, Halves: true, validates, Patience: 0));
        }
    }

    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(0.1, 1)]
    [InlineData(0.3, 2)]
    [InlineData(0.9, 3)]
    public void Without_a_plateau_schedule_the_training_goes_on_from_the_last_weights_and_ends_with_the_best(double rate, int patience)
    {
        for (int n = 1; n <= 10; n++)
            AssertFollows(new(rate, n, Halves: false, Validates: true, patience));
    }

    [Fact]
    public void An_epoch_as_good_as_the_best_is_not_better()
    {
        // The outputs do not move, so that all epochs are as good.
        TrainingState last = Train(new(1e-30, Epochs: 9, Halves: false, Validates: true, Patience: 4)).Last;
        Assert.Equal((1, 5), (last.BestEpoch, last.Epoch));
    }

    [Fact]
    public void A_validation_loss_that_is_no_number_is_never_the_best()
    {
        SequenceSet data = BiasModel.Data((Label, 1), (Label, 1));
        data.Add([float.MaxValue, float.MaxValue, float.MaxValue], label: 1);
        // The states of a rectifier network become infinite with the second step, and their differences are no numbers.
        NetworkDefinition definition = BiasModel.Definition with { Layers = [new ElmanRectifierDefinition(20)] };
        TrainingJob job = Jobs.Of(definition, data, BiasModel.Settings with { NumberOfEpochs = 3 },
            split: ValidationSplit.OfTheLast(0.34, 3));
        Assert.Contains("After epoch 1 ", Assert.Throws<InvalidOperationException>(() => TrainedNetwork.Train(job)).Message,
            StringComparison.Ordinal);
    }

    private static void AssertFollows(Course course)
    {
        (TrainingOutcome outcome, TrainingState last) = (Train(course), Train(course).Last);
        Simulated expected = Simulate(course);
        Assert.Equal(expected.Output, BiasModel.Biases(BiasModel.Definition, outcome.Network.Parameters)[0],
            1e-4 * Math.Max(1, Math.Abs(expected.Output)));
        Assert.Equal((expected.Epochs, expected.BestEpoch), (last.Epoch, last.BestEpoch));
        Assert.Equal(1, expected.BestLoss > 1e-6 ? last.BestLoss / expected.BestLoss : 1, 1e-3);
        Assert.Equal(expected.Rate, last.LearningRate, 1e-9);
    }

    private static TrainingOutcome Train(Course course)
    {
        SequenceSet data = BiasModel.Data((Label, 1), (ValidationLabel, 1));
        TrainingSettings settings = BiasModel.Settings with
        {
            NumberOfEpochs = course.Epochs,
            LearningRate = course.Rate,
            EarlyStoppingPatience = course.Patience,
            Schedule = course.Halves ? RateSchedule.HalveOnPlateau : RateSchedule.Constant,
        };
        SequenceSet used = course.Validates ? data : BiasModel.Data((Label, 1));
        return TrainedNetwork.Train(
            BiasModel.Job(BiasModel.Definition, used, settings, [0], split: course.Validates ? ValidationSplit.OfTheLast(0.5, 2) : null));
    }

    /// <summary>Gradient descent on (y - label)² from y = 0. Without validation, the loss of an epoch is that before its step.</summary>
    private static Simulated Simulate(Course course)
    {
        double y = 0, rate = course.Rate, best = 0, bestLoss = double.PositiveInfinity, lastRate = 0;
        int bestEpoch = 0, epoch = 0;
        while (epoch < course.Epochs && (course.Patience == 0 || bestEpoch == 0 || epoch - bestEpoch < course.Patience))
        {
            epoch++;
            double loss = (y - Label) * (y - Label);
            y -= rate * 2 * (y - Label);
            lastRate = rate;
            if (course.Validates)
                loss = (y - ValidationLabel) * (y - ValidationLabel);
            if (loss < bestLoss)
                (bestLoss, bestEpoch, best) = (loss, epoch, y);
            else if (course.Halves)
                (y, rate) = (best, rate / 2);
        }
        return new(best, epoch, bestEpoch, bestLoss, lastRate);
    }

    private sealed record Course(double Rate, int Epochs, bool Halves, bool Validates, int Patience);

    private sealed record Simulated(double Output, int Epochs, int BestEpoch, double BestLoss, double Rate);
}
