using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>What is wrong is named: the column, the row, the step, what was expected and what was found.</summary>
public sealed class BadInputTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_feature_column_that_is_no_vector()
    {
        string message = SchemaFails(new { Features = 1f, Label = "a" });
        Contains(message, "Feature column 'Features' is Single", "vector of Single", "vector of keys");
    }

    [Fact]
    public void A_feature_column_of_text()
    {
        string message = SchemaFails(new { Features = new[] { "x" }, Label = "a" });
        Contains(message, "Feature column 'Features' is a vector of String of variable length", "MapValueToKey");
    }

    [Fact]
    public void A_feature_column_that_is_missing()
    {
        string message = SchemaFails(new { Other = 1f, Label = "a" });
        Contains(message, "Feature column 'Features' is missing", "Other, Label");
        Assert.DoesNotContain("(Parameter", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fixed_length_that_is_not_whole_steps()
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 10);
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfFeatures = 3;
        var exception = Assert.Throws<InvalidOperationException>(
            () => Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(9), schema)));
        Contains(exception.Message, "'Features'", "10", "whole number of steps of 3 features");
    }

    [Fact]
    public void A_row_that_holds_part_of_a_step()
    {
        Example[] examples = Example.Generate(100);
        examples[57].Features = new float[7];
        Contains(FitFails<InvalidOperationException>(examples), "Feature column 'Features'", "row 57", "length 7", "steps of 3 features");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_feature_that_is_no_finite_number(float value, string name)
    {
        Example[] examples = Example.Generate(100);
        examples[41].Features = new float[12];
        examples[41].Features[3 * 2 + 1] = value;
        Contains(FitFails<InvalidOperationException>(examples), "Feature column 'Features'", "row 41", "step 2", "feature 1", name);
    }

    [Fact]
    public void A_feature_that_is_no_finite_number_when_scoring()
    {
        ITransformer model = Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(60)));
        using PredictionEngine<Example, Prediction> engine = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
        var exception = Assert.Throws<InvalidOperationException>(
            () => engine.Predict(new Example { Features = [0, 0, 0, 0, float.NaN, 0] }));
        Contains(exception.Message, "step 1", "feature 1", "NaN");
    }

    [Fact]
    public void A_label_column_that_is_missing()
    {
        RecurrentOptions options = Example.QuickOptions();
        options.LabelColumnName = "Class";
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(9));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data));
        Contains(exception.Message, "Label column 'Class' is missing", "Label", "Weight");
    }

    [Fact]
    public void A_label_column_that_is_no_key()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(9));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.Lstm().Fit(data));
        Contains(exception.Message, "Label column 'Label' is String; expected a key", "MapValueToKey");
    }

    [Fact]
    public void No_rows()
    {
        IDataView data = _ml.Data.FilterRowsByColumn(Keyed(Example.Generate(9)), "Weight", lowerBound: 100);
        var exception = Assert.Throws<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions()).Fit(data));
        Contains(exception.Message, "no rows");
    }

    [Fact]
    public void No_row_with_a_label()
    {
        Example[] examples = Example.Generate(9);
        IDataView labels = _ml.Data.LoadFromEnumerable([new { Value = "else" }, new { Value = "other" }]);
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label", keyData: labels)
            .Fit(_ml.Data.LoadFromEnumerable(examples)).Transform(_ml.Data.LoadFromEnumerable(examples));
        var exception = Assert.Throws<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions()).Fit(data));
        Contains(exception.Message, "None of the 9 rows", "'Label'");
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_and_counted_in_the_log()
    {
        Example[] examples = Example.Generate(60);
        var log = new List<string>();
        _ml.Log += (_, message) => log.Add(message.Message);
        IDataView labels = _ml.Data.LoadFromEnumerable([new { Value = "red" }, new { Value = "green" }]);
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label", keyData: labels)
            .Fit(_ml.Data.LoadFromEnumerable(examples)).Transform(_ml.Data.LoadFromEnumerable(examples));
        _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions()).Fit(data);
        int blue = examples.Count(example => example.Label == "blue");
        Assert.Contains(log, line => line.Contains($"{blue} rows have no label", StringComparison.Ordinal));
    }

    [Fact]
    public void One_class_only()
    {
        Example[] examples = [.. Example.Generate(100).Where(example => example.Label == "green")];
        Contains(FitFails<InvalidOperationException>(examples), "same label", "'Label'", "'green'");
    }

    [Fact]
    public void A_weight_that_is_negative()
    {
        Example[] examples = Example.Generate(30);
        examples[12].Weight = -1;
        RecurrentOptions options = Example.QuickOptions();
        options.ExampleWeightColumnName = "Weight";
        var exception = Assert.Throws<InvalidOperationException>(
            () => Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(examples)));
        Contains(exception.Message, "'Weight'", "row 12", "-1");
    }

    [Fact]
    public void Weights_that_are_all_zero()
    {
        Example[] examples = Example.Generate(30);
        foreach (Example example in examples)
            example.Weight = 0;
        RecurrentOptions options = Example.QuickOptions();
        options.ExampleWeightColumnName = "Weight";
        var exception = Assert.Throws<InvalidOperationException>(
            () => Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(examples)));
        Contains(exception.Message, "All 30 rows", "weight 0", "'Weight'");
    }

    [Fact]
    public void A_network_that_is_too_large()
    {
        RecurrentOptions options = Example.QuickOptions();
        options.Layers = [new LstmLayer(40_000)];
        var exception = Assert.Throws<InvalidOperationException>(
            () => Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(30))));
        Contains(exception.Message, "parameters", "smaller");
    }

    [Fact]
    public void A_feature_far_beyond_those_of_the_training_is_scored_with_a_number()
    {
        ITransformer model = Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(60)));
        using PredictionEngine<Example, Prediction> engine = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
        Assert.Equal(1, engine.Predict(new Example { Features = [3e38f, -3e38f, 3e38f] }).Score.Sum(), 1e-5f);
    }

    [Fact]
    public void A_bad_row_leaves_the_rows_before_it_and_is_an_error_when_its_turn_comes_and_from_then_on()
    {
        Example[] examples = Example.Generate(200);
        ITransformer model = Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(examples));
        float[][] expected = [.. model.Transform(_ml.Data.LoadFromEnumerable(examples)).GetColumn<float[]>("Score")];
        examples[100].Features = [1];
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(examples));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        VBuffer<float> scores = default;
        for (int row = 0; row < 100; row++)
        {
            Assert.True(cursor.MoveNext());
            getter(ref scores);
            Assert.Equal(expected[row], scores.DenseValues());
        }
        for (int again = 0; again < 3; again++)
            Contains(Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message, "row 100");
    }

    [Fact]
    public void Options_out_of_range()
    {
        OptionFails("Layers", options => options.Layers = []);
        OptionFails("Layers[0].Size", options => options.Layers = [new LstmLayer(0)]);
        OptionFails("BatchSize", options => options.BatchSize = 0);
        OptionFails("NumberOfEpochs", options => options.NumberOfEpochs = 0);
        OptionFails("LearningRate", options => options.LearningRate = 0);
        OptionFails("LearningRate", options => options.LearningRate = float.NaN);
        OptionFails("GradientClipNorm", options => options.GradientClipNorm = -1);
        OptionFails("Optimizer", options => options.Optimizer = (RecurrentOptimizer)9);
        OptionFails("Schedule", options => options.Schedule = (LearningRateSchedule)9);
        OptionFails("WeightDecay", options => options.WeightDecay = -0.1f);
        OptionFails("WeightDecay", options => options.WeightDecay = float.NaN);
        OptionFails("Momentum", options => options.Momentum = 1);
        OptionFails("EmbeddingSize", options => options.EmbeddingSize = 0);
        OptionFails("NumberOfFeatures", options => options.NumberOfFeatures = -1);
        OptionFails("NumberOfThreads", options => options.NumberOfThreads = -1);
        OptionFails("TokenDropout", options => options.TokenDropout = 1);
        OptionFails("TokenDropout", options => options.TokenDropout = float.NaN);
        OptionFails("Pooling", options => options.Pooling = (SequencePooling)7);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.Lstm(hiddenSize: 0));
        Assert.Equal("hiddenSize", exception.ParamName);
        Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Lstm(labelColumnName: ""));
    }

    [Fact]
    public void A_number_of_features_that_contradicts_the_type()
    {
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfFeatures = 2;
        var exception = Assert.Throws<InvalidOperationException>(
            () => Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(9))));
        Contains(exception.Message, "'Features'", "3 features", "NumberOfFeatures is 2");
    }

    [Fact]
    public void Data_to_score_that_has_another_number_of_features()
    {
        ITransformer model = Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(60)));
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 0, 4);
        var exception = Assert.Throws<InvalidOperationException>(
            () => model.Transform(_ml.Data.LoadFromEnumerable(Example.Generate(9), schema)));
        Contains(exception.Message, "'Features'", "Vector<Single, *, 4>", "3 features");
    }

    private IDataView Keyed(Example[] examples)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(examples);
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private string FitFails<TException>(Example[] examples)
        where TException : Exception =>
        Assert.Throws<TException>(() => Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(examples))).Message;

    private string SchemaFails<T>(T row)
        where T : class =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable([row]))).Message;

    private void OptionFails(string name, Action<RecurrentOptions> set)
    {
        RecurrentOptions options = Example.QuickOptions();
        set(options);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.Recurrent(options));
        Assert.Equal(name, exception.ParamName);
    }

    private static void Contains(string message, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
}
