using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

public sealed class PredictionEngineTests
{
    private const string Column = "Vector<Single, *, 2>";

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Trainers => [.. ContractCase.TrainersWithOptions];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void An_engine_that_is_given_the_features_alone_predicts_what_the_view_has(string trainer)
    {
        var @case = new ContractCase(_ml, trainer, Column);
        ITransformer model = @case.Fit();
        IDataView data = @case.Data(100), scored = model.Transform(data);
        if (scored.Schema["Score"].Type is VectorDataViewType)
            Assert.Equal(scored.GetColumn<float[]>("Score"), Predict<Vector>(model, data).Select(prediction => prediction.Score));
        else
            Assert.Equal(scored.GetColumn<float>("Score"), Predict<Scalar>(model, data).Select(prediction => prediction.Score));
    }

    [Fact]
    public void A_prediction_that_is_filled_again_has_nothing_left_of_the_one_before()
    {
        ContractCase @case = Tagger();
        RecurrentTransformer model = @case.Fit();
        using PredictionEngine<Sequence, Vector> engine = _ml.Model.CreatePredictionEngine<Sequence, Vector>(model);
        var prediction = new Vector();
        foreach (int steps in (int[])[4, 1, 3])
        {
            engine.Predict(new Sequence { Features = new float[2 * steps] }, ref prediction);
            Assert.Equal(engine.Predict(new Sequence { Features = new float[2 * steps] }).Score, prediction.Score);
            Assert.Equal(3 * steps, prediction.Score.Length);
        }
    }

    [Fact]
    public void A_member_without_a_column_is_left_alone_or_refused()
    {
        RecurrentTransformer model = new ContractCase(_ml, "Regression.Gru", Column).Fit();
        using PredictionEngine<Sequence, More> engine = _ml.Model.CreatePredictionEngine<Sequence, More>(model);
        More prediction = engine.Predict(new Sequence { Features = [1, 0] });
        Assert.Equal("untouched", prediction.Other);
        Assert.NotEqual(0, prediction.Score);
        string message = Assert.ThrowsAny<Exception>(
            () => _ml.Model.CreatePredictionEngine<Sequence, More>(model, ignoreMissingColumns: false)).Message;
        Assert.Contains("'Other'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_without_features_or_with_others_is_refused_by_the_name_of_the_column()
    {
        RecurrentTransformer model = new ContractCase(_ml, "Regression.Gru", Column).Fit();
        string message = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Model.CreatePredictionEngine<Scalar, More>(model)).Message;
        Assert.Contains("'Features'", message, StringComparison.Ordinal);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Sequence));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 0, 3);
        message = Assert.Throws<InvalidOperationException>(
            () => _ml.Model.CreatePredictionEngine<Sequence, More>(model, inputSchemaDefinition: schema)).Message;
        Assert.Contains("'Features'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_model_takes_plain_arrays_when_its_schema_says_what_they_hold()
    {
        ContractCase @case = Tagger();
        IDataView data = _ml.Transforms.SelectColumns("Features").Fit(@case.Data()).Transform(@case.Data());
        using var stream = new MemoryStream();
        _ml.Model.Save(@case.Fit(), data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _ml.Model.Load(stream, out DataViewSchema schema);
        using PredictionEngine<Plain, Vector> engine = _ml.Model.CreatePredictionEngine<Plain, Vector>(loaded, schema);
        IEnumerable<float[]> found = data.GetColumn<float[]>("Features")
            .Select(features => engine.Predict(new Plain { Features = features }).Score);
        Assert.Equal(loaded.Transform(data).GetColumn<float[]>("Score"), found);
    }

    [Fact]
    public async Task Eight_threads_that_share_a_pool_of_engines_predict_what_the_view_has()
    {
        const int threads = 8, predictions = 10_000;
        var @case = new ContractCase(_ml, "MulticlassClassification.Recurrent", Column);
        ITransformer model = @case.Fit();
        IDataView data = @case.Data(100);
        float[][] features = [.. data.GetColumn<float[]>("Features")], expected = [.. model.Transform(data).GetColumn<float[]>("Score")];
        var pool = new ConcurrentBag<PredictionEngine<Sequence, Vector>>();
        using var start = new Barrier(threads);
        int right = 0;
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(
            () => Work(thread), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(threads * predictions, right);
        Assert.Equal(threads, pool.Count);

        void Work(int thread)
        {
            PredictionEngine<Sequence, Vector> own = _ml.Model.CreatePredictionEngine<Sequence, Vector>(model);
            start.SignalAndWait();
            pool.Add(own);
            for (int i = thread; i < thread + predictions; i++)
            {
                PredictionEngine<Sequence, Vector> engine = pool.TryTake(out PredictionEngine<Sequence, Vector>? free)
                    ? free
                    : throw new InvalidOperationException("No engine is free.");
                int row = i % features.Length;
                if (engine.Predict(new Sequence { Features = features[row] }).Score.AsSpan().SequenceEqual(expected[row]))
                    Interlocked.Increment(ref right);
                pool.Add(engine);
            }
        }
    }

    private ContractCase Tagger() => new(_ml, "MulticlassClassification.SequenceTagger", Column);

    private T[] Predict<T>(ITransformer model, IDataView data)
        where T : class, new()
    {
        using PredictionEngine<Sequence, T> engine = _ml.Model.CreatePredictionEngine<Sequence, T>(model);
        return [.. data.GetColumn<float[]>("Features").Select(features => engine.Predict(new Sequence { Features = features }))];
    }

    private sealed class Sequence
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Plain
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Scalar
    {
        public float Score { get; set; }
    }

    private sealed class Vector
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class More
    {
        public float Score { get; set; }

        public string Other { get; set; } = "untouched";
    }
}
