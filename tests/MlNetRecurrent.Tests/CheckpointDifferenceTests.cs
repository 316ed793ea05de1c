using Microsoft.ML;

namespace MlNetRecurrent.Tests;

/// <summary>A checkpoint is gone on from with the options that it was made with, and with no others on which the weights depend.</summary>
public sealed class CheckpointDifferenceTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    public static TheoryData<string> Options =>
        [.. OptionEffects.All.Keys.Where(option => option != nameof(RecurrentOptions.NumberOfEpochs))];

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_of_another_value_is_refused_by_its_name(string option)
    {
        (Action<RecurrentOptions> prepare, Action<RecurrentOptions> change) = OptionEffects.All[option];
        float[] before = Fit(prepare);
        Assert.Equal(before, Fit(prepare));
        string name = option switch
        {
            nameof(RecurrentOptions.Layers) => "Layers[0]",
            nameof(RecurrentOptions.ShufflePoolSize) => "the number of rows that are shuffled together",
            nameof(RecurrentOptions.ExampleWeightColumnName) => "the hash of the data",
            _ => option,
        };
        Assert.Contains($"{name} was ", Assert.Throws<InvalidOperationException>(() => Fit(prepare + change)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Other_outputs_are_told_in_words()
    {
        Fit(_ => { });
        string message = Assert.Throws<InvalidOperationException>(() => Fit(options => options.AdditionalOutputs =
            [new("Weight", OutputTask.Regression) { Name = "Size", LossWeight = 0.5f }])).Message;
        Assert.Contains(
            "the loss was SoftmaxCrossEntropy and is SoftmaxCrossEntropy and SquaredError; "
            + "the list of outputs was 'Label' and is 'Label' and 'Size' (Regression of column 'Weight'); "
            + "the number of outputs was 3 and is 4",
            message, StringComparison.Ordinal);
        Assert.DoesNotContain("{", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_layer_is_told_by_the_properties_that_differ()
    {
        Fit(_ => { });
        string message = Assert.Throws<InvalidOperationException>(
            () => Fit(options => options.Layers = [new LstmLayer(5) { Dropout = 0.5f }])).Message;
        Assert.Contains("Layers[0] was Size 4, Dropout 0 and is Size 5, Dropout 0.5", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LearningRateSchedule.Cosine)]
    [InlineData(LearningRateSchedule.OneCycle)]
    public void A_schedule_that_knows_its_end_cannot_be_made_longer(LearningRateSchedule schedule)
    {
        Fit(options => options.Schedule = schedule);
        string message = Assert.Throws<InvalidOperationException>(() =>
            Fit(options => (options.Schedule, options.NumberOfEpochs) = (schedule, 4))).Message;
        Assert.Contains("NumberOfEpochs was 2 and is 4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_momentum_of_an_optimizer_that_has_none_does_not_matter() =>
        Assert.Equal(Fit(_ => { }), Fit(options => options.Momentum = 0.5f));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private float[] Fit(Action<RecurrentOptions> change)
    {
        RecurrentOptions options = OptionEffects.Quick();
        options.CheckpointPath = Path.Combine(_folder, "training.ckpt");
        change(options);
        return Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(OptionEffects.Data(_ml)));
    }
}
