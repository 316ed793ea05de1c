using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

/// <summary>The trainers among ML.NET's own components, before and after them.</summary>
public sealed class PipelineTests
{
    private const string Column = "Vector<Single, *, 2>";

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Trainers => [.. ContractCase.TrainersWithOptions];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_cache_checkpoint_before_and_after_a_trainer_changes_nothing(string trainer)
    {
        var @case = new ContractCase(_ml, trainer, Column);
        IDataView data = @case.Data();
        IEstimator<ITransformer> pipeline = _ml.Transforms.CopyColumns("Copy", "Text").AppendCacheCheckpoint(_ml)
            .Append(@case.Trainer).AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.CopyColumns("Kept", "Score"));
        IDataView scored = pipeline.Fit(data).Transform(data);
        Rows.AssertEqual(Scores(@case.Fit().Transform(data)), Scores(scored));
        SchemaChecks.AssertSame(pipeline.GetOutputSchema(SchemaShapes.Of(data.Schema)), scored.Schema);
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Features_may_be_a_copy_and_scores_may_be_copied_with_all_that_is_said_of_them(string trainer)
    {
        var @case = new ContractCase(_ml, trainer, Column);
        IDataView data = @case.Data();
        // What was the feature column is hidden by a text.
        IDataView renamed = _ml.Transforms.CopyColumns("Kept", "Features")
            .Append(_ml.Transforms.CopyColumns("Features", "Text")).Append(_ml.Transforms.CopyColumns("Text", "Number"))
            .Append(_ml.Transforms.CopyColumns("Features", "Kept")).Fit(data).Transform(data);
        Assert.Equal(3, renamed.Schema.Count(column => column.Name == "Features"));
        IDataView scored = @case.Trainer.Append(_ml.Transforms.CopyColumns("Copy", "Score")).Fit(renamed).Transform(renamed);
        IDataView expected = @case.Fit().Transform(data);
        Rows.AssertEqual(Scores(expected), Scores(scored));
        Rows.AssertEqual(Rows.Of(expected, expected.Schema["Score"]), Rows.Of(scored, scored.Schema["Copy"]));
        Assert.Equal(
            scored.Schema["Score"].Annotations.Schema.Select(annotation => annotation.Name),
            scored.Schema["Copy"].Annotations.Schema.Select(annotation => annotation.Name));
    }

    [Fact]
    public void A_second_trainer_learns_on_what_the_first_knows_of_every_step()
    {
        ContractCase tagger = new(_ml, "MulticlassClassification.SequenceTagger", Column);
        IDataView data = tagger.Data();
        RecurrentTrainer second = _ml.BinaryClassification.Trainers.Recurrent(new()
        {
            LabelColumnName = "Answer",
            FeatureColumnName = "Encoding",
            Layers = [new GruLayer(4)],
            NumberOfEpochs = 2,
            Seed = 1,
        });
        EstimatorChain<RecurrentTransformer> pipeline = tagger.Trainer.Append(second);
        TransformerChain<RecurrentTransformer> chain = pipeline.Fit(data);
        IDataView scored = chain.Transform(data), encoded = tagger.Fit().Transform(data);
        SchemaChecks.AssertSame(pipeline.GetOutputSchema(SchemaShapes.Of(data.Schema)), scored.Schema);
        Rows.AssertEqual(Rows.Of(second.Fit(encoded).Transform(encoded)), Rows.Of(scored));
        Rows.AssertEqual(Rows.Of(scored), Rows.Of(Reload(chain, data.Schema).Transform(data)));

        DataViewSchema.Column[] both = [.. scored.Schema.Where(column => column.Name == "Score")];
        Assert.Equal([(true, 1u), (false, 2u)], both.Select(score => (score.IsHidden, ScoreSet(score))));
        float[] first = [.. chain.LastTransformer.Transform(encoded).GetColumn<float>("Score")];
        Assert.Equal(first, scored.GetColumn<float>(both[1]));
        bool[] answers = [.. data.GetColumn<bool>("Answer")];
        double accuracy = first.Zip(answers).Average(pair => pair.First > 0 == pair.Second ? 1.0 : 0.0);
        Assert.Equal(accuracy, _ml.BinaryClassification.Evaluate(scored, "Answer").Accuracy, 1e-9);
    }

    [Fact]
    public void A_stock_trainer_learns_on_scores_beside_other_columns()
    {
        ContractCase binary = new(_ml, "BinaryClassification.Recurrent", Column);
        ContractCase multiclass = new(_ml, "MulticlassClassification.Recurrent", Column);
        IDataView data = binary.Data();
        IEstimator<ITransformer> pipeline = binary.Trainer
            .Append(_ml.Transforms.Concatenate("Both", "Score", "Vector", "Probability")).Append(multiclass.Trainer)
            .Append(_ml.Transforms.Concatenate("All", "Both", "Score"))
            .Append(_ml.Regression.Trainers.Sdca(labelColumnName: "Value", featureColumnName: "All", maximumNumberOfIterations: 1));
        ITransformer model = pipeline.Fit(data);
        IDataView scored = model.Transform(data), reloaded = Reload(model, data.Schema).Transform(data);
        SchemaChecks.AssertSame(pipeline.GetOutputSchema(SchemaShapes.Of(data.Schema)), scored.Schema);
        float[][] classes = [.. multiclass.Fit().Transform(data).GetColumn<float[]>("Score")], all = [.. scored.GetColumn<float[]>("All")];
        IDataView answered = binary.Fit().Transform(data);
        (float Score, float Probability)[] answers =
            [.. answered.GetColumn<float>("Score").Zip(answered.GetColumn<float>("Probability"))];
        Assert.Equal(answers.Select((answer, i) => (float[])[answer.Score, i, 0, -i, answer.Probability, .. classes[i]]), all);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["All"].GetSlotNames(ref names);
        Assert.Equal(
            ["Both.Score", "", "", "", "Both.Probability", "Score.class 0", "Score.class 1", "Score.class 2"],
            names.DenseValues().Select(name => name.ToString()));
        Rows.AssertEqual(Rows.Of(scored), Rows.Of(reloaded));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_chain_of_transformers_puts_out_what_each_does_after_the_other(string trainer)
    {
        var @case = new ContractCase(_ml, trainer, Column);
        IDataView data = @case.Data();
        RecurrentTransformer model = @case.Fit();
        ITransformer copy = _ml.Transforms.CopyColumns("Copy", "Score").Fit(model.Transform(data));
        IDataView expected = copy.Transform(model.Transform(data));
        TransformerChain<RecurrentTransformer> alone = new(model);
        Assert.Same(model, alone.LastTransformer);
        foreach (TransformerChain<ITransformer> chain in (TransformerChain<ITransformer>[])[
            new(model, copy), alone.Append(copy),
            new TransformerChain<ITransformer>(new TransformerChain<ITransformer>(alone), copy)])
        {
            Assert.True(((ITransformer)chain).IsRowToRowMapper);
            SchemaChecks.AssertIdentical(expected.Schema, ((ITransformer)chain).GetRowToRowMapper(data.Schema).OutputSchema);
            Rows.AssertEqual(Rows.Of(expected), Rows.Of(chain.Transform(data)));
            Rows.AssertEqual(Rows.Of(expected), Rows.Of(Reload(chain, data.Schema).Transform(data)));
        }
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void The_parts_of_a_split_are_scored_as_the_whole_is(string trainer)
    {
        var @case = new ContractCase(_ml, trainer, Column);
        IDataView data = @case.Data(150);
        DataOperationsCatalog.TrainTestData parts = _ml.Data.TrainTestSplit(data, testFraction: 0.3, seed: 1);
        RecurrentTransformer model = @case.Trainer.Fit(parts.TrainSet);
        object[][] whole = Scores(model.Transform(data));
        IDataView[] scored = [model.Transform(parts.TrainSet), model.Transform(parts.TestSet)];
        int[] numbers = [.. scored.SelectMany(part => part.GetColumn<int>("Number"))];
        Assert.Equal(Enumerable.Range(0, 150), numbers.Order());
        Rows.AssertEqual([.. numbers.Select(number => whole[number])], [.. scored.SelectMany(Scores)]);
        Assert.All(scored, part => Assert.InRange(Scores(part).Length, 20, 130));
    }

    [Fact]
    public void A_loader_may_hold_a_network_itself_and_a_model_may_be_saved_without_a_schema()
    {
        var source = new MemorySource([.. Enumerable.Range(0, 30).SelectMany(i => Encoding.UTF8.GetBytes($"{i % 7}\t{i % 5}\t{-i}\n"))]);
        TextLoader loader = _ml.Data.CreateTextLoader(
            [new("Value", DataKind.Single, 1), new("Features", DataKind.Single, [new(0), new(2)])], dataSample: source);
        RecurrentTrainer trainer = _ml.Regression.Trainers.Lstm("Value", hiddenSize: 4, numberOfEpochs: 2);
        CompositeDataLoader<IMultiStreamSource, RecurrentTransformer> fitted = loader.Append(trainer).Fit(source);
        object[][] expected = Rows.Of(fitted.Load(source));
        Assert.Equal(["Value", "Features", "Score"], fitted.GetOutputSchema().Select(column => column.Name));

        using var stream = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.CopyColumns("Copy", "Score").Fit(fitted.Load(source)), fitted, stream);
        stream.Position = 0;
        ITransformer after = new MLContext().Model.LoadWithDataLoader(stream, out IDataLoader<IMultiStreamSource> loaded);
        Rows.AssertEqual(expected, Rows.Of(loaded.Load(source)));
        Assert.Equal(loaded.Load(source).GetColumn<float>("Score"), after.Transform(loaded.Load(source)).GetColumn<float>("Copy"));

        using var bare = new MemoryStream();
        _ml.Model.Save(fitted.Transformer, inputSchema: null, bare);
        bare.Position = 0;
        ITransformer model = new MLContext().Model.Load(bare, out DataViewSchema? schema);
        Assert.Null(schema);
        Rows.AssertEqual(expected, Rows.Of(model.Transform(loader.Load(source))));
    }

    private ITransformer Reload(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return _ml.Model.Load(stream, out _);
    }

    private static object[][] Scores(IDataView scored) => Rows.Of(scored, [.. scored.Schema.Where(column => !column.IsHidden
        && column.Name is "Score" or "PredictedLabel" or "Probability" or "Encoding" or "Actions")]);

    private static uint ScoreSet(DataViewSchema.Column column)
    {
        uint set = 0;
        column.Annotations.GetValue("ScoreColumnSetId", ref set);
        return set;
    }
}
