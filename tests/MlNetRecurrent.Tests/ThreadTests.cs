using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Tests;

/// <summary>What is for one thread at a time throws where several use it at once, and serves any thread that comes after another.</summary>
public sealed class ThreadTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> _components = new()
    {
        ["a model"] = ml => ml.Regression.Trainers.Lstm("Number", hiddenSize: 4, numberOfEpochs: 1),
        ["a model on another component"] = ml => ml.Transforms.Differences("Features")
            .Append(ml.Regression.Trainers.Lstm("Number", hiddenSize: 4, numberOfEpochs: 1)),
        ["SlidingWindow"] = ml => ml.Transforms.SlidingWindow("Out", ["Number"], windowSize: 1),
        ["GroupIntoSequences"] = ml => Groups(ml).Append(ml.Transforms.CopyColumns("Out", "Number")),
        ["Differences"] = ml => ml.Transforms.Differences("Out", "Features"),
        ["PadOrTruncate"] = ml => ml.Transforms.PadOrTruncate("Out", 3, "Features"),
        ["NormalizeSequence"] = ml => ml.Transforms.NormalizeSequence("Out", "Features"),
        ["ZipSteps"] = ml => ml.Transforms.ZipSteps("Out", ["Features", "Features"]),
    };

    public static TheoryData<string> Components => [.. _components.Keys];

    [Theory]
    [MemberData(nameof(Components))]
    public void Two_threads_in_one_engine_get_an_error_and_later_ones_the_right_values(string component)
    {
        ITransformer model = Fit(component);
        float[] expected = Predict(NewEngine(model), new());
        PredictionEngine<Row, Result> engine = NewEngine(model);
        using var reading = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        Exception? first = null;
        var thread = new Thread(() => first = Record.Exception(() => engine.Predict(new()
        {
            Reading = () =>
        {
            reading.Set();
            mayGoOn.Wait(5000);
        }
        })));
        thread.Start();
        Assert.True(reading.Wait(5000, TestContext.Current.CancellationToken), $"{first}");
        AssertShared(Record.Exception(() => engine.Predict(new())));
        mayGoOn.Set();
        thread.Join();
        AssertShared(first);
        if (component == "GroupIntoSequences")
            return;
        Assert.Equal(expected, Predict(engine, new()));
        Assert.Equal(expected, OnAnotherThread(() => Predict(engine, new())));
    }

    /// <summary>The second thread has put its example in the place of the first one's, but not come to read it.</summary>
    [Theory]
    [MemberData(nameof(Components))]
    public void A_row_that_becomes_another_while_it_is_read_gives_no_value(string component)
    {
        ITransformer model = Fit(component);
        var input = new MovingRow(_ml.Data.LoadFromEnumerable<Row>([new()]));
        IEnumerable<DataViewSchema.Column> made =
            model.GetOutputSchema(input.Schema).Where(column => column.Name is "Out" or "Score");
        DataViewRow row = model.GetRowToRowMapper(input.Schema).GetRow(input, made);
        Func<object> getter = Rows.Getter(row, row.Schema[component.StartsWith("a model", StringComparison.Ordinal) ? "Score" : "Out"]);
        input.MoveOnRead = true;
        AssertShared(Record.Exception(getter));
        input.MoveOnRead = false;
        getter();
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void Two_threads_in_one_cursor_get_an_error(string component)
    {
        using var reading = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        IEnumerable<Row> Source()
        {
            yield return new();
            reading.Set();
            mayGoOn.Wait(5000);
            yield return new();
        }
        IDataView rows = _ml.Data.LoadFromEnumerable(Source());
        // What follows on groups is ML.NET's own, which has a thread for them.
        bool isOfGroups = component == "GroupIntoSequences";
        IDataView view = (isOfGroups ? Groups(_ml).Fit(_ml.Data.LoadFromEnumerable<Row>([])) : Fit(component)).Transform(rows);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema.Where(column => column.Name is "Out" or "Score" || isOfGroups));
        Exception? first = null;
        var thread = new Thread(() => first = Record.Exception(() =>
        {
            while (cursor.MoveNext())
                continue;
        }));
        thread.Start();
        Assert.True(reading.Wait(5000, TestContext.Current.CancellationToken), $"{first}");
        AssertShared(Record.Exception(() => cursor.MoveNext()));
        mayGoOn.Set();
        thread.Join();
        AssertShared(first);
    }

    [Fact]
    public void An_exception_leaves_the_engine_to_all_threads()
    {
        PredictionEngine<Row, Result> engine = NewEngine(Fit("a model"));
        float[] expected = Predict(engine, new());
        for (int i = 0; i < 3; i++)
        {
            Assert.Throws<InvalidOperationException>(() => engine.Predict(new() { Features = [float.NaN, 1] }));
            Assert.Throws<InvalidOperationException>(() => engine.Predict(new() { Features = [1] }));
            Assert.Throws<NotSupportedException>(() => engine.Predict(new() { Reading = () => throw new NotSupportedException() }));
            Assert.Equal(expected, OnAnotherThread(() => Predict(engine, new())));
        }
    }

    [Fact]
    public void An_engine_that_is_asked_while_it_reads_its_example_gives_no_value_but_another_one_may_be_asked()
    {
        ITransformer model = Fit("a model");
        PredictionEngine<Row, Result> engine = NewEngine(model), other = NewEngine(model);
        float[] expected = Predict(engine, new());
        Assert.Equal(expected, Predict(engine, new() { Reading = () => Predict(other, new()) }));
        AssertShared(Record.Exception(() => engine.Predict(new() { Reading = () => Predict(engine, new()) })));
        Assert.Equal(expected, Predict(engine, new()));
    }

    [Fact]
    public void Many_threads_that_share_an_engine_crash_nothing_and_are_told()
    {
        const int threads = 4, predictions = 400;
        PredictionEngine<Row, Result> engine = NewEngine(Fit("a model"));
        float[] expected = Predict(engine, new());
        var errors = new List<Exception>();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < predictions; i++)
            {
                var row = new Row { Features = new float[2 * (1 + (i + thread) % 50)] };
                if (Record.Exception(() => engine.Predict(row)) is { } error)
                {
                    lock (errors)
                        errors.Add(error);
                }
            }
        }))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        Assert.All(errors, AssertShared);
        Assert.Equal(expected, Predict(engine, new()));
    }

    [Fact]
    public void A_scorer_lets_one_thread_in_at_a_time()
    {
        var guard = new ThreadGuard();
        Assert.True(guard.Enter());
        Assert.False(guard.Enter());
        AssertShared(OnAnotherThread(() => Record.Exception(() => guard.Enter())));
        Assert.False(guard.Enter());
        AssertShared(Record.Exception(guard.Leave));
        Assert.True(OnAnotherThread(guard.Enter));
        AssertShared(Record.Exception(() => guard.Enter()));
    }

    private static IEstimator<ITransformer> Groups(MLContext ml) => ml.Transforms.GroupIntoSequences("Text", null, ["Number"]);

    private static void AssertShared(Exception? exception) =>
        Assert.Contains("Use one for each thread", Assert.IsType<InvalidOperationException>(exception).Message, StringComparison.Ordinal);

    private static T OnAnotherThread<T>(Func<T> function)
    {
        T result = default!;
        var thread = new Thread(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }

    private static float[] Predict(PredictionEngine<Row, Result> engine, Row row)
    {
        Result result = engine.Predict(row);
        return [result.Score, .. result.Out];
    }

    private ITransformer Fit(string component) =>
        _components[component](_ml).Fit(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 8).Select(i => new Row { Number = i })));

    private PredictionEngine<Row, Result> NewEngine(ITransformer model) => _ml.Model.CreatePredictionEngine<Row, Result>(model);

    private sealed class Row
    {
        private float[] _features = [1, 2, 3, 4];
        private float _number = 1;

        /// <summary>Called when a member is read.</summary>
        [NoColumn]
        public Action? Reading { get; set; }

        [VectorType(0, 2)]
        public float[] Features
        {
            get => Read(_features);
            set => _features = value;
        }

        public float Number
        {
            get => Read(_number);
            set => _number = value;
        }

        public string Text => Read("a");

        private T Read<T>(T value)
        {
            Reading?.Invoke();
            return value;
        }
    }

    private sealed class Result
    {
        public float Score { get; set; }

        public float[] Out { get; set; } = [];
    }

    /// <summary>A row whose position changes when it is read.</summary>
    private sealed class MovingRow : DataViewRow
    {
        private readonly DataViewRowCursor _row;
        private long _moves;

        public MovingRow(IDataView view)
        {
            _row = view.GetRowCursor(view.Schema);
            _row.MoveNext();
        }

        public bool MoveOnRead { get; set; }

        public override DataViewSchema Schema => _row.Schema;

        public override long Position => _moves;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _row.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<TValue> getter = _row.GetGetter<TValue>(column);
            return (ref TValue value) =>
            {
                getter(ref value);
                _moves += MoveOnRead ? 1 : 0;
            };
        }
    }
}
