using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A class or a tag that the last step tells is a warning.</summary>
public sealed class ClassLeakTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;

    public ClassLeakTests() => _warnings = LoggedWarnings.Of(_ml);

    [Fact]
    public void A_class_of_a_series_that_repeats_itself_is_no_leak()
    {
        TableRow[] rows = TableRow.Generate(200);
        for (int i = 0; i < rows.Length; i++)
            (rows[i].Price, rows[i].Kind) = (i % 3, TableRow.Kinds[i % 3]);
        IEstimator<ITransformer> label = _ml.Transforms.Conversion.MapValueToKey("Key", "Kind");
        foreach (string column in (string[])["Price", "Kinds"])
        {
            label.Append(_ml.Transforms.Categorical.OneHotEncoding("Kinds", "Kind"))
                .Append(_ml.Transforms.SlidingWindow("Features", [column], windowSize: 6, horizon: 1))
                .Append(_ml.MulticlassClassification.Trainers.Recurrent(Quick("Key"))).Fit(_ml.Data.LoadFromEnumerable(rows));
        }
        IDataView tokens = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new Tokens
        {
            Features = [.. Enumerable.Range(i, 6).Select(t => 1 + (uint)t % 3)],
            Label = (uint)i % 3,
        }));
        _ml.MulticlassClassification.Trainers.Recurrent(Quick()).Fit(tokens);
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_class_that_the_last_step_tells_is_a_warning(int horizon)
    {
        var high = _ml.Transforms.SlidingWindow("Features", ["Price", "High"], windowSize: 3, horizon: horizon)
            .Append(_ml.BinaryClassification.Trainers.Recurrent(Quick("IsHigh")));
        var kind = _ml.Transforms.Categorical.OneHotEncoding("Kinds", "Kind")
            .Append(_ml.Transforms.SlidingWindow("Features", ["Price", "Kinds"], windowSize: 3, horizon: horizon))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Key", "Kind"))
            .Append(_ml.MulticlassClassification.Trainers.Recurrent(Quick("Key")));
        IDataView data = _ml.Data.LoadFromEnumerable(TableRow.Generate(100));
        high.Fit(data);
        kind.Fit(data);
        if (horizon > 0)
        {
            Assert.Empty(_warnings);
            return;
        }
        Assert.Equal(2, _warnings.Count);
        Assert.StartsWith(
            "Label column 'IsHigh' is told, without exception, by 'High[t]' in column 'Features' in all of the first 98 rows",
            _warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("Label column 'Key' is told, without exception, by 'Kinds.", _warnings[1], StringComparison.Ordinal);
        Assert.All(TableRow.Kinds, kind => Assert.Contains($"'Kinds.{kind}[t]'", _warnings[1], StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_that_the_last_token_tells_is_a_warning_and_the_first_token_is_a_task_of_memory()
    {
        var random = new Random(1);
        Tokens[] rows = [.. Enumerable.Range(0, 100).Select(
            _ => new Tokens { Features = [.. Enumerable.Range(0, 6).Select(_ => (uint)random.Next(1, 4))] })];
        Fit(row => row.Features[0]);
        Assert.Empty(_warnings);
        Fit(row => row.Features[^1]);
        Assert.Contains("is told, without exception, by the key of the last step", Assert.Single(_warnings), StringComparison.Ordinal);

        void Fit(Func<Tokens, uint> label)
        {
            IEnumerable<Tokens> labeled = rows.Select(row => new Tokens { Features = row.Features, Label = label(row) });
            _ml.MulticlassClassification.Trainers.Recurrent(Quick()).Fit(_ml.Data.LoadFromEnumerable(labeled));
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_tag_that_the_same_step_tells_is_a_warning(int lag, bool isWarned)
    {
        var random = new Random(1);
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(_ =>
        {
            uint[] tags = [.. Enumerable.Range(0, 5).Select(_ => (uint)random.Next(1, 5))];
            float[] features = [.. Enumerable.Range(0, 5).SelectMany(t => new[] { random.NextSingle(), tags[Math.Max(0, t - lag)] })];
            return new Tagged { Label = tags, Features = features };
        }));
        _ml.MulticlassClassification.Trainers.SequenceTagger(Quick()).Fit(data);
        const string expected = "is told, without exception, by feature 1 (counted from 0) of the same step in column 'Features' "
            + "in all of the first 150 steps";
        Assert.Equal(isWarned, _warnings.Exists(line => line.Contains(expected, StringComparison.Ordinal)));
        Assert.Equal(isWarned ? 1 : 0, _warnings.Count);
    }

    [Fact]
    public void The_warning_can_be_an_error_or_silent()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(TableRow.Generate(100));
        IDataView data = _ml.Transforms.SlidingWindow("Features", ["High"], windowSize: 3).Fit(rows).Transform(rows);
        RecurrentOptions options = Quick("IsHigh");
        options.TreatWarningsAsErrors = true;
        Assert.Throws<InvalidOperationException>(() => _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data));
        options.AllowLabelInFeatures = true;
        _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data);
        (options.AllowLabelInFeatures, options.IgnoredWarnings) = (false, [RecurrentWarning.LabelInFeatures]);
        _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data);
        Assert.Empty(_warnings);
    }

    private static RecurrentOptions Quick(string label = "Label") =>
        new() { LabelColumnName = label, Layers = [new ElmanLayer(2)], NumberOfEpochs = 1, EmbeddingSize = 2, Seed = 1 };

    private sealed class Tokens
    {
        [KeyType(4)]
        public uint[] Features { get; set; } = [];

        [KeyType(4)]
        public uint Label { get; set; }
    }

    private sealed class Tagged
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        [KeyType(4)]
        public uint[] Label { get; set; } = [];
    }
}
