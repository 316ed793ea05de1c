using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Numbers;

/// <summary>Sequences of two features: one to learn from, and one that does not change, or by rounding only.</summary>
public sealed class ConstantFeatureTests
{
    private const int Rows = 120, Trained = 90;

    private readonly MLContext _ml = new(seed: 1);
    private readonly LogLines _log;

    public ConstantFeatureTests() => _log = new(_ml);

    [Theory]
    [InlineData(0f, 0)]
    [InlineData(1013.25f, 0)]
    [InlineData(-5e7f, 0)]
    [InlineData(3e38f, 0)]
    [InlineData(0.1f, 1)]
    [InlineData(1e6f, 1)]
    [InlineData(1048576f, 1)]
    [InlineData(-1013.25f, 1)]
    public void Scores_do_not_depend_on_a_feature_that_was_constant_in_the_training(float constant, int unitsOfTheLastPlace)
    {
        RecurrentTransformer model = Train(Generate(constant, unitsOfTheLastPlace));
        Sequence[] test = Generate(constant, 0);
        float[] expected = Scores(model, test);
        foreach (float moved in (float[])[constant + 1, 1.001f * constant, -constant, 0, float.MaxValue, float.MinValue])
            Assert.Equal(expected, Scores(model, With(test, moved)));
        RegressionMetrics metrics = _ml.Regression.Evaluate(model.Transform(_ml.Data.LoadFromEnumerable(With(test, constant + 1))));
        Assert.InRange(metrics.RSquared, 0.9, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_set_aside_for_validation_does_not_make_a_feature_that_is_constant_in_the_rest_matter(bool streamed)
    {
        Sequence[] rows = [.. Generate(7, 0)[..Trained], .. With(Generate(7, 0)[Trained..], 8)];
        RecurrentOptions options = Options();
        (options.ValidationFraction, options.ValidateOnLastRows) = (1 - (double)Trained / Rows, true);
        options.CacheMegabytes = streamed ? 0 : 256;
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(options).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal(Scores(model, With(rows, 7)), Scores(model, With(rows, 1e6f)));
    }

    [Fact]
    public void Rows_without_weight_do_not_make_a_feature_matter()
    {
        RecurrentOptions options = Options();
        options.ExampleWeightColumnName = "Weight";
        Sequence[] rows = [.. Generate(7, 0), new() { Features = [0, 100], Weight = 0 }];
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(options).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal(Scores(model, With(rows, 7)), Scores(model, With(rows, 100)));
    }

    [Fact]
    public void A_small_change_that_is_more_than_rounding_is_learnt_from()
    {
        Sequence[] rows = Generate(0, 0);
        foreach (Sequence row in rows)
            row.Features = [.. row.Features.Select((_, i) => i % 2 == 0 ? 0 : 1e6f + row.Label)];
        RecurrentTransformer model = Train(rows);
        Assert.InRange(_ml.Regression.Evaluate(model.Transform(_ml.Data.LoadFromEnumerable(rows))).RSquared, 0.8, 1);
    }

    [Fact]
    public void The_log_names_the_features_that_are_read_as_0_and_no_others()
    {
        Train(Generate(7, 0));
        Assert.Single(_log.Infos, "Feature 1 (counted from 0) of column 'Features' is constant in the training data, and is read as 0.");
        Train([.. Generate(7, 0), .. Generate(8, 0)]);
        Assert.Single(_log.Infos, line => line.Contains("constant", StringComparison.Ordinal));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void The_log_names_them_by_their_slots_where_these_have_names()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(
            i => new { Sales = (float)(i % 7), Pressure = 1013.25f, Shop = 3f, Label = (float)(i % 7) }));
        _ml.Transforms.SlidingWindow("Features", ["Pressure", "Sales", "Shop"], windowSize: 3, horizon: 1)
            .Append(_ml.Regression.Trainers.Recurrent(Options())).Fit(rows);
        Assert.Single(
            _log.Infos,
            "Features 0 'Pressure[t-1]', 2 'Shop[t-1]' (counted from 0) of column 'Features' are constant in the training data, "
            + "and are read as 0.");
    }

    [Fact]
    public void A_training_that_goes_on_says_which_features_it_does_not_read()
    {
        RecurrentTransformer first = Train(Generate(7, 0));
        Sequence[] moved = [.. Generate(7, 0), .. Generate(8, 0)];
        RecurrentTransformer more = _ml.Regression.Trainers.Recurrent(Options()).Fit(_ml.Data.LoadFromEnumerable(moved), first);
        Assert.Equal(Scores(more, With(moved, 7)), Scores(more, With(moved, 9)));
        const string expected = "is constant in the training data of the previous model, and is read as 0";
        Assert.Contains(_log.Infos, line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_from_a_file_reads_a_constant_feature_as_0_too()
    {
        Sequence[] rows = Generate(7, 0);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(Train(rows), data.Schema, stream);
        stream.Position = 0;
        var loaded = (RecurrentTransformer)_ml.Model.Load(stream, out _);
        Assert.Equal(Scores(Train(rows), rows), Scores(loaded, With(rows, float.MinValue)));
    }

    [Theory]
    [InlineData(SequenceNormalization.MeanVariance, 0)]
    [InlineData(SequenceNormalization.MinMax, 0)]
    [InlineData(SequenceNormalization.Robust, 0)]
    [InlineData(SequenceNormalization.MeanVariance, 1)]
    [InlineData(SequenceNormalization.MinMax, 1)]
    [InlineData(SequenceNormalization.Robust, 1)]
    public void NormalizeSequence_makes_a_constant_feature_0(SequenceNormalization mode, int unitsOfTheLastPlace)
    {
        Sequence[] rows = Generate(1e6f, unitsOfTheLastPlace);
        ITransformer scale = _ml.Transforms.NormalizeSequence("Scaled", "Features", mode).Fit(_ml.Data.LoadFromEnumerable(rows));
        foreach (float moved in (float[])[1e6f, 1e6f + 1, 0, -1e6f, float.MaxValue])
        {
            float[][] scaled = [.. scale.Transform(_ml.Data.LoadFromEnumerable(With(rows, moved))).GetColumn<float[]>("Scaled")];
            Assert.All(scaled.SelectMany(row => row.Where((_, i) => i % 2 == 1)), value => Assert.Equal(0, value));
            Assert.True(scaled.SelectMany(row => row.Where((_, i) => i % 2 == 0)).Distinct().Count() > Rows);
        }
        Assert.Single(_log.Infos, "Feature 1 (counted from 0) of column 'Features' is constant in the data, and is read as 0.");
    }

    [Fact]
    public void NormalizeSequence_leaves_missing_values_of_a_constant_feature_missing()
    {
        Sequence[] rows = Generate(5, 0);
        ITransformer scale = _ml.Transforms.NormalizeSequence("Scaled", "Features").Fit(_ml.Data.LoadFromEnumerable(rows));
        float[][] scaled = [.. scale.Transform(_ml.Data.LoadFromEnumerable(With(rows, float.NaN))).GetColumn<float[]>("Scaled")];
        Assert.All(scaled.SelectMany(row => row.Where((_, i) => i % 2 == 1)), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void A_feature_that_changes_while_its_quartiles_are_equal_is_not_lost()
    {
        Sequence[] rows = Generate(0, 0);
        foreach (Sequence row in rows[..10])
            row.Features = [.. row.Features.Select((value, i) => i % 2 == 0 ? value : 1)];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        ITransformer robust = _ml.Transforms.NormalizeSequence("Scaled", "Features", SequenceNormalization.Robust).Fit(data);
        float[][] scaled = [.. robust.Transform(data).GetColumn<float[]>("Scaled")];
        Assert.All(scaled[..10], row => Assert.Equal(1, row[1]));
        Assert.Equal(0, scaled[10][1]);
        Assert.DoesNotContain(_log.Infos, line => line.Contains("constant", StringComparison.Ordinal));
    }

    private static RecurrentOptions Options() => new() { Layers = [new GruLayer(8)], NumberOfEpochs = 30, LearningRate = 0.02f, Seed = 1 };

    private RecurrentTransformer Train(Sequence[] rows) =>
        _ml.Regression.Trainers.Recurrent(Options()).Fit(_ml.Data.LoadFromEnumerable(rows));

    private float[] Scores(RecurrentTransformer model, Sequence[] rows) =>
        [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score")];

    /// <summary>The label is the mean of the first feature. The second one is the constant, or a random number next to it.</summary>
    private static Sequence[] Generate(float constant, int unitsOfTheLastPlace)
    {
        var random = new Random(1);
        int units = unitsOfTheLastPlace;
        float unit = MathF.BitIncrement(MathF.Abs(constant)) - MathF.Abs(constant);
        return [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            float level = random.NextSingle();
            float[] features = [.. Enumerable.Range(0, 2 * random.Next(2, 6)).Select(
                i => i % 2 == 0 ? level + 0.1f * random.NextSingle() : constant + random.Next(-units, units + 1) * unit)];
            return new Sequence { Features = features, Label = level };
        })];
    }

    private static Sequence[] With(Sequence[] rows, float second) => [.. rows.Select(row => new Sequence
    {
        Features = [.. row.Features.Select((value, i) => i % 2 == 0 ? value : second)],
        Label = row.Label,
        Weight = row.Weight,
    })];

    private sealed class Sequence
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public float Weight { get; set; } = 1;
    }
}
