using MlNetRecurrent.Tasks;
using static MlNetRecurrent.Tests.Defaults.ChosenOptions;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>What is chosen for data and networks of different sizes.</summary>
public sealed class TrainingDefaultsTests
{
    private static readonly RecurrentTask _classes = RecurrentTask.Multiclass, _values = RecurrentTask.Regression;

    [Theory]
    [InlineData(1, 1500)]
    [InlineData(32, 1500)]
    [InlineData(33, 750)]
    [InlineData(1000, 47)]
    [InlineData(2400, 20)]
    [InlineData(10_000, 20)]
    public void Small_data_is_gone_through_until_there_are_1500_updates_and_20_epochs(int rows, int epochs)
    {
        RecurrentOptions chosen = Choose(new(), _classes, rows);
        Assert.Equal((epochs, 32), (chosen.NumberOfEpochs, chosen.BatchSize));
        int batches = (rows + 31) / 32;
        Assert.True(epochs * batches >= 1500 && (epochs == 20 || (epochs - 1) * batches < 1500));
    }

    [Theory]
    [InlineData(100, 10, 51, 50, SequencePooling.Max, 0)]
    [InlineData(1000, 10, 600, 8, SequencePooling.Max, 0)]
    [InlineData(2000, 10, 1001, 8, SequencePooling.Max, 0.1)]
    [InlineData(2000, 10, 1000, 24, SequencePooling.LastMeanMax, 0.1)]
    [InlineData(1999, 25, 8, 24, SequencePooling.LastMeanMax, 0.1)]
    [InlineData(299, 25, 8, 150, SequencePooling.LastMeanMax, 0)]
    public void Texts_whose_words_are_rare_are_gone_through_a_few_times_and_symbols_that_recur_as_often_as_numbers(
        int rows, int steps, int tokens, int epochs, SequencePooling pooling, double validation)
    {
        RecurrentOptions chosen = Choose(new(), _classes, rows, steps, tokens);
        Assert.Equal((epochs, pooling, validation), (chosen.NumberOfEpochs, chosen.Pooling, chosen.ValidationFraction));
        Assert.Equal(SequencePooling.LastMeanMax, Choose(new(), _values, rows, steps, tokens).Pooling);
    }

    [Theory]
    [InlineData(299, 10, 500, 30, 0)]
    [InlineData(1500, 10, 1000, 12, 0.1)]
    [InlineData(1500, 10, 10, 32, 0.1)]
    public void Tags_of_rare_words_take_a_little_longer(int rows, int steps, int tokens, int epochs, double validation)
    {
        RecurrentOptions chosen = Choose(new(), RecurrentTask.Tagger, rows, steps, tokens);
        Assert.Equal((epochs, validation), (chosen.NumberOfEpochs, chosen.ValidationFraction));
    }

    [Fact]
    public void Windows_that_overlap_have_fewer_updates_unless_something_validates()
    {
        Assert.Equal(22, Choose(new(), _values, 600, windowsOverlap: true).NumberOfEpochs);
        Assert.Equal(20, Choose(new(), _values, 6000, windowsOverlap: true).NumberOfEpochs);
        Assert.Equal(79, Choose(new() { ValidateOnLastRows = true }, _values, 600, windowsOverlap: true).NumberOfEpochs);
    }

    [Fact]
    public void The_updates_are_those_of_the_batch_size_that_is_set() =>
        Assert.Equal(47, Choose(new() { BatchSize = 8 }, _classes, 250).NumberOfEpochs);

    /// <summary>
    /// √20 · 1.3e11 multiplications, of which an epoch of a million steps takes 4 H (H + 1) a step, and its 313 updates a third of that.
    /// </summary>
    [Theory]
    [InlineData(64, 20)]
    [InlineData(128, 6)]
    [InlineData(160, 4)]
    [InlineData(512, 3)]
    public void The_work_bounds_the_epochs_of_large_networks_but_three_remain(int units, int epochs) =>
        Assert.Equal(epochs, Choose(new() { Layers = [new LstmLayer(units)] }, _classes, rows: 20_000, steps: 50).NumberOfEpochs);

    /// <summary>An epoch of 450 rows of 200 steps takes 1.98e9 multiplications, a second layer 1.75 times as many.</summary>
    [Fact]
    public void The_work_is_for_each_layer_and_rises_with_the_rows_beyond_a_thousand()
    {
        Assert.Equal(65, Epochs(450, new LstmLayer(64)));
        Assert.Equal(47, Epochs(450, new LstmLayer(64), new LstmLayer(64)));
        Assert.Equal(29, Epochs(1000, new LstmLayer(64)));
        Assert.Equal(20, Epochs(2000, new LstmLayer(64)));

        static int Epochs(int rows, params RecurrentLayer[] layers) =>
            Choose(new() { Layers = layers, NumberOfFeatures = 10 }, _classes, rows, steps: 200, features: 10)
                .NumberOfEpochs;
    }

    [Fact]
    public void Classes_told_by_Elman_cells_are_pooled_by_their_largest_outputs_and_all_else_by_three_vectors()
    {
        Assert.Equal(SequencePooling.Max, Pooling(_classes, new LstmLayer(8), new ElmanLayer(8)));
        Assert.Equal(SequencePooling.Max, Pooling(RecurrentTask.Binary, new ElmanLayer(8)));
        Assert.Equal(SequencePooling.LastMeanMax, Pooling(_values, new ElmanLayer(8)));
        Assert.Equal(SequencePooling.LastMeanMax, Pooling(_classes, new ElmanLayer(8), new GruLayer(8)));
        Assert.Equal(SequencePooling.LastMeanMax, Pooling(_classes, new StackLayer(8)));

        static SequencePooling Pooling(RecurrentTask task, params RecurrentLayer[] layers) =>
            Choose(new() { Layers = layers }, task, 100).Pooling;
    }

    [Fact]
    public void However_large_the_work_there_are_400_updates() =>
        Assert.Equal(40, Choose(new() { Layers = [new LstmLayer(2048)] }, _classes, rows: 320, steps: 2000).NumberOfEpochs);

    [Theory]
    [InlineData(19_999, 32)]
    [InlineData(20_000, 64)]
    [InlineData(99_999, 64)]
    [InlineData(100_000, 128)]
    public void Large_data_has_larger_batches(int rows, int batchSize) => Assert.Equal(batchSize, Choose(new(), _classes, rows).BatchSize);

    [Theory]
    [InlineData(10, 1)]
    [InlineData(2000, 1)]
    [InlineData(8000, 0.5)]
    [InlineData(20_000, 0.31622777)]
    public void The_strength_of_the_regularization_falls_with_the_rows(int rows, double strength)
    {
        RecurrentOptions classes = Choose(new(), _classes, rows), values = Choose(new(), _values, rows);
        Assert.Equal(0.1 * strength, classes.WeightNoise, 1e-7);
        Assert.Equal(0.1 * strength, classes.LabelSmoothing, 1e-7);
        Assert.Equal(0.03 * strength, values.WeightNoise, 1e-7);
        Assert.Equal(0, values.LabelSmoothing);
        Assert.Equal((0f, 0f), (classes.TokenDropout, values.TokenDropout));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(8000)]
    public void Rare_tokens_are_dropped_and_others_are_not(int rows)
    {
        RecurrentOptions chosen = Choose(new(), _classes, rows, tokens: 6);
        Assert.Equal((0f, 0.25f), (chosen.TokenDropout, chosen.RareTokenDropout));
        Assert.Equal(0, Choose(new(), _classes, rows).RareTokenDropout);
        Assert.True(chosen.LabelSmoothing > 0);
    }

    [Fact]
    public void Wide_deep_and_Elman_networks_have_smaller_rates()
    {
        Assert.Equal(0.01f, Rate(new LstmLayer(64)));
        Assert.Equal(0.01f, Rate(new GruLayer(3)));
        Assert.Equal(0.0025f, Rate(new LstmLayer(256)));
        Assert.Equal(0.005f, Rate(new LstmLayer(64), new LstmLayer(64)));
        Assert.Equal(0.00125f, Rate(new LstmLayer(16), new LstmLayer(256)));
        Assert.Equal(0.01f / 3, Rate(new ElmanLayer(64)), 1e-9f);
        Assert.Equal(0.01f / 3, Rate(new ElmanLayer(64) { Activation = ElmanActivation.Relu }), 1e-9f);

        static float Rate(params RecurrentLayer[] layers) => Choose(new() { Layers = layers }, _classes, 100).LearningRate;
    }

    [Fact]
    public void Cells_without_gates_and_units_that_add_up_much_have_less_noise()
    {
        Assert.Equal(0.1f, Noise(_classes, new LstmLayer(64), new GruLayer(64)));
        Assert.Equal(0.05f, Noise(_classes, new StackLayer(64)));
        Assert.Equal(0.01f, Noise(_classes, new GruLayer(64), new ElmanLayer(64)));
        Assert.Equal(0.03f, Noise(_values, new GruLayer(64)));
        Assert.Equal(0.03f, Noise(_values, new ElmanLayer(64)));
        // The units of the second layer add up 128 outputs of the first and 64 of their own.
        GruLayer pair = new(64) { Bidirectional = true };
        Assert.Equal(0.1f * MathF.Sqrt(128f / 192), Noise(_classes, pair, pair), 1e-7f);
        Assert.Equal(0.02f, Noise(_classes, pair, pair with { TimeReduction = 2 }));

        static float Noise(RecurrentTask task, params RecurrentLayer[] layers) => Choose(new() { Layers = layers }, task, 100).WeightNoise;
    }

    [Fact]
    public void The_rate_rises_and_falls_also_where_the_training_may_stop_early()
    {
        Assert.Equal(LearningRateSchedule.OneCycle, Choose(new(), _classes, 5000).Schedule);
        Assert.Equal(LearningRateSchedule.OneCycle, Choose(new() { EarlyStoppingPatience = 3 }, _classes, 5000).Schedule);
    }

    [Theory]
    [InlineData(RecurrentOptimizer.Adam, 0.01f)]
    [InlineData(RecurrentOptimizer.AdamW, 0.01f)]
    [InlineData(RecurrentOptimizer.RmsProp, 0.003f)]
    [InlineData(RecurrentOptimizer.Sgd, 0.1f)]
    public void Each_optimizer_has_its_rate(RecurrentOptimizer optimizer, float rate) =>
        Assert.Equal(rate, Choose(new() { Optimizer = optimizer }, _classes, 100).LearningRate);

    [Fact]
    public void What_is_set_stays_also_where_it_is_0()
    {
        RecurrentOptions given = new()
        {
            NumberOfEpochs = 3,
            BatchSize = 5,
            WeightNoise = 0,
            LabelSmoothing = 0,
            TokenDropout = 0,
            ValidationFraction = 0,
            Schedule = LearningRateSchedule.Cosine,
        };
        RecurrentOptions chosen = Choose(given, _classes, 3000, tokens: 6);
        Assert.Equal((3, 5, 0.0), (chosen.NumberOfEpochs, chosen.BatchSize, chosen.ValidationFraction));
        Assert.Equal((0f, 0f, 0f), (chosen.WeightNoise, chosen.LabelSmoothing, chosen.TokenDropout));
        Assert.Equal(
            (LearningRateSchedule.Cosine, SequencePooling.LastMeanMax, 0.01f),
            (chosen.Schedule, chosen.Pooling, chosen.LearningRate));
        Assert.Equal((0f, false), (given.LearningRate, given.HasLearningRate));
    }

    [Theory]
    [InlineData(nameof(RecurrentOptions.NumberOfEpochs))]
    [InlineData(nameof(RecurrentOptions.LearningRate))]
    [InlineData(nameof(RecurrentOptions.Schedule))]
    [InlineData(nameof(RecurrentOptions.Pooling))]
    [InlineData(null)]
    public void Only_a_training_of_which_all_four_are_set_is_left_as_it_is(string? unset)
    {
        var given = new RecurrentOptions();
        if (unset != nameof(RecurrentOptions.NumberOfEpochs))
            given.NumberOfEpochs = 7;
        if (unset != nameof(RecurrentOptions.LearningRate))
            given.LearningRate = 0.5f;
        if (unset != nameof(RecurrentOptions.Schedule))
            given.Schedule = LearningRateSchedule.Constant;
        if (unset != nameof(RecurrentOptions.Pooling))
            given.Pooling = SequencePooling.Mean;
        AssertPlanned(unset is null, Choose(given, _classes, 50_000));
        AssertPlanned(unset is null, Choose(given, _values, 50_000));
        AssertPlanned(unset is null or nameof(RecurrentOptions.Pooling), Choose(given, RecurrentTask.Tagger, 50_000));

        static void AssertPlanned(bool isPlanned, RecurrentOptions chosen)
        {
            Assert.Equal(isPlanned, chosen is { BatchSize: 32, WeightNoise: 0, LabelSmoothing: 0, ValidationFraction: 0 });
            Assert.NotEqual(isPlanned, chosen is { BatchSize: 64, WeightNoise: > 0, ValidationFraction: 0.1 });
        }
    }

    [Fact]
    public void Where_the_rate_is_halved_by_the_loss_the_weights_have_no_noise()
    {
        RecurrentOptions options = new() { Schedule = LearningRateSchedule.HalveOnPlateau };
        Assert.Equal(0, Choose(options, _classes, 100).WeightNoise);
        options.WeightNoise = 0.05f;
        Assert.Equal(0.05f, Choose(options, _classes, 100).WeightNoise);
    }
}
