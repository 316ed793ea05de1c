using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

public sealed class MulticlassTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_stock_evaluator_takes_the_predictions_and_knows_the_classes()
    {
        ITransformer model = Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(Example.Generate(300)));
        IDataView test = _ml.Data.LoadFromEnumerable(Example.Generate(200, seed: 2));
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(model.Transform(test));
        Assert.InRange(metrics.MicroAccuracy, 0.95, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.3);
        foreach (string name in Example.Classes)
            Assert.Contains(name, metrics.ConfusionMatrix.GetFormattedConfusionTable(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lstm_learns_with_its_defaults()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(300));
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.Lstm());
        Assert.InRange(_ml.MulticlassClassification.Evaluate(pipeline.Fit(data).Transform(data)).MicroAccuracy, 0.97, 1);
    }

    public static TheoryData<RecurrentLayer> Layers =>
    [
        new LstmLayer(8), new GruLayer(8), new GruLayer(8) { ResetAfter = false },
        new ElmanLayer(8), new ElmanLayer(8) { Activation = ElmanActivation.Relu },
        new LstmLayer(8) { Bidirectional = true }, new GruLayer(8) { Bidirectional = true }, new LstmLayer(8) { TimeReduction = 2 },
        new StackLayer(8),
        new StackLayer(8)
        {
            Bidirectional = true,
            HasNoOp = false,
            HasRecurrentWeights = false,
            HasBias = false,
            NumberOfStacks = 20,
            Depth = 3,
            Dropout = 0.1f,
        },
    ];

    [Theory]
    [MemberData(nameof(Layers), DisableDiscoveryEnumeration = true)]
    public void Every_kind_of_layer_learns_and_comes_back_from_a_file(RecurrentLayer layer)
    {
        RecurrentOptions options = Example.QuickOptions();
        options.Layers = [layer, layer];
        options.NumberOfEpochs = 20;
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(300));
        ITransformer model = Example.Pipeline(_ml, options).Fit(data), loaded = Reload(model, data.Schema);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy, 0.95, 1);
        Assert.Equal(model.Transform(data).GetColumn<float[]>("Score"), loaded.Transform(data).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void Every_trainer_of_the_catalog_learns()
    {
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = _ml.MulticlassClassification.Trainers;
        RecurrentTrainer[] all =
        [
            trainers.ElmanRnn(hiddenSize: 8, learningRate: 0.02f),
            trainers.Lstm(hiddenSize: 8, learningRate: 0.02f),
            trainers.Gru(hiddenSize: 8, learningRate: 0.02f),
            trainers.DeepRnn([new GruLayer(6) { Bidirectional = true }, new ElmanLayer(8)], learningRate: 0.02f),
            trainers.PyramidalRnn(hiddenSize: 4, learningRate: 0.02f),
            trainers.StackRnn(hiddenSize: 8, learningRate: 0.02f, numberOfStacks: 3, stackSize: 8),
        ];
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(300));
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        foreach (RecurrentTrainer trainer in all)
            Assert.InRange(_ml.MulticlassClassification.Evaluate(trainer.Fit(data).Transform(data)).MicroAccuracy, 0.95, 1);
    }

    [Fact]
    public void Sizes_of_trainers_that_are_no_sizes_are_refused_by_name()
    {
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = _ml.MulticlassClassification.Trainers;
        Assert.Equal("hiddenSize", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Gru(hiddenSize: 0)).ParamName);
        Assert.Equal("hiddenSize", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.ElmanRnn(hiddenSize: -1)).ParamName);
        Assert.Equal("hiddenSize", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Lstm(hiddenSize: (1 << 16) + 1)).ParamName);
        Assert.Equal(
            "numberOfLevels", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.PyramidalRnn(numberOfLevels: -1)).ParamName);
        string message = Assert.Throws<ArgumentOutOfRangeException>(
            () => trainers.DeepRnn([new GruLayer(3) { TimeReduction = 0 }])).Message;
        Assert.Contains("TimeReduction", message, StringComparison.Ordinal);
        Assert.Equal("numberOfStacks", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.StackRnn(numberOfStacks: 0)).ParamName);
        Assert.Equal("stackSize", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.StackRnn(stackSize: 0)).ParamName);
        message = Assert.Throws<ArgumentOutOfRangeException>(() => trainers.DeepRnn([new StackLayer(3) { Depth = 0 }])).Message;
        Assert.Contains("Layers[0].Depth", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentOutOfRangeException>(
            () => trainers.DeepRnn([new GruLayer(3), new GruLayer(3) { Dropout = 1 }])).Message;
        Assert.Contains("Layers[1].Dropout", message, StringComparison.Ordinal);
        Assert.Equal("numberOfEpochs", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Lstm(numberOfEpochs: 0)).ParamName);
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Gru(learningRate: float.NaN)).ParamName);
        Assert.Equal("labelColumnName", Assert.Throws<ArgumentException>(() => trainers.ElmanRnn(labelColumnName: "")).ParamName);
        Assert.Equal("layers", Assert.Throws<ArgumentNullException>(() => trainers.DeepRnn(null!)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainers.DeepRnn([]));
    }

    [Fact]
    public void Scores_are_probabilities_in_the_order_of_the_slot_names()
    {
        IDataView scored = Score(Example.Generate(200));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        string[] slots = [.. names.DenseValues().Select(name => name.ToString())];
        Assert.Equal(Example.Classes.Order(), slots.Order());
        foreach ((float[] scores, string predicted) in scored.GetColumn<float[]>("Score").Zip(scored.GetColumn<string>("Predicted")))
        {
            Assert.Equal(1, scores.Sum(), 1e-5f);
            Assert.All(scores, score => Assert.InRange(score, 0, 1));
            Assert.Equal(slots[Array.IndexOf(scores, scores.Max())], predicted);
        }
    }

    [Fact]
    public void A_prediction_engine_gives_what_the_view_gives_on_every_row()
    {
        Example[] examples = Example.Generate(200);
        ITransformer model = Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(examples));
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(examples));
        using PredictionEngine<Example, Prediction> engine = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
        foreach ((Example example, float[] scores) in examples.Zip(scored.GetColumn<float[]>("Score")))
            Assert.Equal(scores, engine.Predict(example).Score);
    }

    [Fact]
    public void Many_threads_that_score_one_model_each_get_what_one_gets()
    {
        Example[] examples = Example.Generate(300);
        IDataView data = _ml.Data.LoadFromEnumerable(examples);
        ITransformer model = Example.Pipeline(_ml).Fit(data);
        float[][] alone = [.. model.Transform(data).GetColumn<float[]>("Score")];
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            if (thread % 2 == 0)
            {
                Assert.Equal(alone, model.Transform(data).GetColumn<float[]>("Score"));
                return;
            }
            using PredictionEngine<Example, Prediction> engine = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
            Assert.Equal(alone, examples.Select(example => engine.Predict(example).Score));
        });
    }

    [Fact]
    public void Cross_validation_runs()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(300));
        var results = _ml.MulticlassClassification.CrossValidate(data, Example.Pipeline(_ml), numberOfFolds: 3);
        Assert.Equal(3, results.Count);
        Assert.All(results, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.9, 1));
    }

    [Fact]
    public void Columns_of_the_input_stay_with_their_rows()
    {
        Example[] examples = Example.Generate(150);
        IDataView scored = Score(examples);
        Assert.Equal(Enumerable.Range(0, 150), scored.GetColumn<int>("Number"));
        Assert.Equal(examples.Select(example => example.Features), scored.GetColumn<float[]>("Features"));
    }

    [Fact]
    public void A_cursor_over_shuffled_or_cached_data_gives_each_row_its_own_scores()
    {
        Example[] examples = Example.Generate(150);
        ITransformer model = Example.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(examples));
        float[][] expected = [.. model.Transform(_ml.Data.LoadFromEnumerable(examples)).GetColumn<float[]>("Score")];
        IDataView shuffled = model.Transform(_ml.Data.Cache(_ml.Data.ShuffleRows(_ml.Data.LoadFromEnumerable(examples), seed: 3)));
        int[] numbers = [.. shuffled.GetColumn<int>("Number")];
        Assert.NotEqual(Enumerable.Range(0, 150), numbers);
        foreach ((int number, float[] scores) in numbers.Zip(shuffled.GetColumn<float[]>("Score")))
            Assert.Equal(expected[number], scores);
    }

    [Fact]
    public void The_schema_before_the_training_is_the_one_after_it()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(60));
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        RecurrentTrainer trainer = _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions());
        SchemaChecks.AssertSame(trainer.GetOutputSchema(SchemaShapes.Of(data.Schema)), trainer.Fit(data).GetOutputSchema(data.Schema));
    }

    [Fact]
    public void Examples_of_weight_zero_teach_nothing()
    {
        Example[] examples = Example.Generate(300);
        for (int i = 0; i < examples.Length; i += 2)
        {
            examples[i].Label = Example.Classes[0];
            examples[i].Weight = 0;
        }
        RecurrentOptions options = Example.QuickOptions();
        options.ExampleWeightColumnName = "Weight";
        ITransformer model = Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(examples));
        IDataView test = _ml.Data.LoadFromEnumerable(Example.Generate(200, seed: 2));
        Assert.InRange(_ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy, 0.93, 1);
    }

    [Fact]
    public void Label_values_of_any_type_come_back_as_that_type()
    {
        var examples = Example.Generate(120).Select(
            example => new { example.Features, Label = Array.IndexOf(Example.Classes, example.Label) + 0.5 });
        SchemaDefinition schema = SchemaDefinition.Create(examples.First().GetType());
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 0, 3);
        IDataView data = LoadFromEnumerable(examples, schema);
        ITransformer model = Reload(Example.Pipeline(_ml).Fit(data), data.Schema);
        Assert.Equal([0.5, 1.5, 2.5], model.Transform(data).GetColumn<double>("Predicted").Distinct().Order());
    }

    [Fact]
    public void Label_values_that_are_dates_come_back_as_dates()
    {
        DateTime day = new(2026, 11, 24, 1, 2, 3);
        var examples = Example.Generate(60).Select(
            example => new { example.Features, Label = day.AddDays(Array.IndexOf(Example.Classes, example.Label)) });
        SchemaDefinition schema = SchemaDefinition.Create(examples.First().GetType());
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 0, 3);
        IDataView data = LoadFromEnumerable(examples, schema);
        ITransformer model = Reload(Example.Pipeline(_ml).Fit(data), data.Schema);
        Assert.Equal([day, day.AddDays(1), day.AddDays(2)], model.Transform(data).GetColumn<DateTime>("Predicted").Distinct().Order());
    }

    private IDataView Score(Example[] examples)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(examples);
        return Example.Pipeline(_ml).Fit(data).Transform(data);
    }

    private IDataView LoadFromEnumerable<T>(IEnumerable<T> rows, SchemaDefinition schema)
        where T : class => _ml.Data.LoadFromEnumerable(rows, schema);

    private ITransformer Reload(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return _ml.Model.Load(stream, out _);
    }
}
