using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A plain vector that is no sequence of one feature is a warning, one that may well be is none.</summary>
public sealed class FlatFeaturesTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;

    public FlatFeaturesTests() => _warnings = LoggedWarnings.Of(_ml);

    /// <summary>Steps that end with a column Features that is no sequence of one feature, and a part of what the warning says.</summary>
    private static readonly Dictionary<string, (string Said, Func<MLContext, IEstimator<ITransformer>> Steps)> _flat = new()
    {
        ["columns of a table"] = ("its slots are 'Open', 'High', 'Low', 'Close', 'Volume'. A sequence of words", ml => Prices(ml)),
        ["the same, normalized"] = ("'Open', 'High'", ml => Prices(ml).Append(ml.Transforms.NormalizeMeanVariance("Features"))),
        ["the same, under another name"] = ("'Open', 'High'", ml => Prices(ml, "Prices")
            .Append(ml.Transforms.CopyColumns("Features", "Prices"))),
        ["the same, after a cache"] = ("'Open', 'High'", ml => Prices(ml).AppendCacheCheckpoint(ml)),
        ["text, featurized"] = ("TokenizeIntoWords", ml => ml.Transforms.Text.FeaturizeText("Features", "Text")),
        ["counts of words"] = ("TokenizeIntoWords", ml => ml.Transforms.Text.ProduceWordBags("Features", "Text")),
        ["hashed words"] = ("it is made of keys or words",
            ml => ml.Transforms.Text.ProduceHashedWordBags("Features", "Text", numberOfBits: 6)),
        ["a one-hot column"] = ("its slots are 'rain', 'sun', 'fog'", ml => ml.Transforms.Categorical.OneHotEncoding("Features", "Kind")),
        ["a one-hot column of numbers"] = ("it holds one-hot columns", ml => ml.Transforms.Categorical.OneHotEncoding("Features", "Hour")),
        ["a hashed one-hot column"] = ("SlidingWindow",
            ml => ml.Transforms.Categorical.OneHotHashEncoding("Features", "Kind", numberOfBits: 4)),
        ["a window beside a one-hot column"] = ("let one SlidingWindow read all columns", ml => Window(ml, "Window", "Open", "High")
            .Append(ml.Transforms.Categorical.OneHotEncoding("Kinds", "Kind"))
            .Append(ml.Transforms.Concatenate("Features", "Window", "Kinds"))),
        ["a window beside a column"] = ("SlidingWindow read all columns", ml => Window(ml, "Window", "Open")
            .Append(ml.Transforms.Concatenate("Features", "Window", "High"))),
        ["two windows"] = ("ZipSteps", ml => Window(ml, "First", "Open")
            .Append(Window(ml, "Second", "High")).Append(ml.Transforms.Concatenate("Features", "First", "Second"))),
        ["a window twice"] = ("ZipSteps", ml => Window(ml, "First", "Open")
            .Append(ml.Transforms.Concatenate("Features", "First", "First"))),
        ["series of one number a step, without names"] = ("Concatenate has put the columns 'Morning', 'Evening' end to end",
            ml => ml.Transforms.Concatenate("Features", "Morning", "Evening")),
        ["series of several numbers a step, without names"] = ("end to end",
            ml => ml.Transforms.Concatenate("Features", "Pairs", "Morning")),
        ["series of any length"] = ("end to end", ml => ml.Transforms.Concatenate("Features", "Words", "Lengths")),
        ["steps of two features, by their names"] = ("Set NumberOfFeatures to 2.", ml => ml.Transforms.CopyColumns("X1", "Open")
            .Append(ml.Transforms.CopyColumns("Y1", "High")).Append(ml.Transforms.CopyColumns("X2", "Low"))
            .Append(ml.Transforms.CopyColumns("Y2", "Close")).Append(ml.Transforms.Concatenate("Features", "X1", "Y1", "X2", "Y2"))),
        ["two series, by their names"] = ("ZipSteps", ml => ml.Transforms.CopyColumns("X1", "Open")
            .Append(ml.Transforms.CopyColumns("X2", "High")).Append(ml.Transforms.CopyColumns("Y1", "Low"))
            .Append(ml.Transforms.CopyColumns("Y2", "Close")).Append(ml.Transforms.Concatenate("Features", "X1", "X2", "Y1", "Y2"))),
        ["a window that has lost its dimensions"] = (
            "it has lost the dimensions of column 'Window', Vector<Single, 3, 2>. Set NumberOfFeatures to 2.",
            ml => Window(ml, "Window", "Open", "High").Append(ml.Transforms.CustomMapping<WideWindow, WideFlat>(
                (row, output) => output.Features = row.Window, contractName: null))),
        ["joined by steps"] = ("Column 'Prices' is", ml => Prices(ml, "Prices").Append(ml.Transforms.ZipSteps("Features", ["Prices"]))),
        ["lagged"] = ("Column 'Prices' is", ml => Prices(ml, "Prices").Append(ml.Transforms.LagFeatures("Features", [0, 1], "Prices"))),
        ["differences"] = ("Column 'Prices' is", ml => Prices(ml, "Prices").Append(ml.Transforms.Differences("Features", "Prices"))),
        ["normalized steps, padded and copied"] = ("Column 'Prices' is", ml => Prices(ml, "Prices")
            .Append(ml.Transforms.NormalizeSequence("Normal", "Prices")).Append(ml.Transforms.PadOrTruncate("Long", 7, "Normal"))
            .Append(ml.Transforms.CopyColumns("Features", "Long"))),
        ["components of columns"] = ("Column 'Prices' is", ml => Prices(ml, "Prices")
            .Append(ml.Transforms.ProjectToPrincipalComponents("Features", "Prices", rank: 2))),
        ["what another network knows"] = ("what another model makes", ml => ml.Regression.Trainers.Recurrent(new()
        {
            LabelColumnName = "Label",
            FeatureColumnName = "Morning",
            Layers = [new ElmanLayer(3)],
            NumberOfEpochs = 1,
            EncodingColumnName = "Features",
        }).Append(ml.Transforms.DropColumns("Score"))),
        ["the scores of another model"] = ("its slots are", ml => ml.Transforms.Conversion.MapValueToKey("Key", "Kind")
            .Append(ml.MulticlassClassification.Trainers.Gru("Key", "Morning", hiddenSize: 2, numberOfEpochs: 1))
            .Append(ml.Transforms.CopyColumns("Features", "Score"))),
    };

    /// <summary>Steps that end with a column Features that is a sequence.</summary>
    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> _sequences = new()
    {
        ["a vector without names"] = ml => ml.Transforms.CopyColumns("Features", "Morning"),
        ["a vector of any length"] = ml => ml.Transforms.CopyColumns("Features", "Lengths"),
        ["a vector with dimensions"] = ml => ml.Transforms.CopyColumns("Features", "Pairs"),
        ["numbered columns"] = ml => ml.Transforms.CopyColumns("T1", "Open").Append(ml.Transforms.CopyColumns("T2", "High"))
            .Append(ml.Transforms.CopyColumns("T10", "Low")).Append(ml.Transforms.Concatenate("Features", "T1", "T2", "T10")),
        ["columns that are numbers"] = ml => ml.Transforms.CopyColumns("0", "Open").Append(ml.Transforms.CopyColumns("1", "High"))
            .Append(ml.Transforms.Concatenate("Features", "0", "1")),
        ["columns with lags"] = ml => ml.Transforms.CopyColumns("Price_t-1", "Open").Append(ml.Transforms.CopyColumns("Price_t", "High"))
            .Append(ml.Transforms.Concatenate("Features", "Price_t-1", "Price_t")),
        ["months"] = ml => ml.Transforms.CopyColumns("Jan", "Open").Append(ml.Transforms.CopyColumns("February", "High"))
            .Append(ml.Transforms.Concatenate("Features", "Jan", "February")),
        ["components of a sequence"] = ml => ml.Transforms.ProjectToPrincipalComponents("Features", "Morning", rank: 2),
        ["words for numbers"] = ml => ml.Transforms.CopyColumns("lag_one", "Open").Append(ml.Transforms.CopyColumns("lag_two", "High"))
            .Append(ml.Transforms.Concatenate("Features", "lag_one", "lag_two")),
        ["words for places"] = ml => ml.Transforms.CopyColumns("First", "Open").Append(ml.Transforms.CopyColumns("Second", "High"))
            .Append(ml.Transforms.Concatenate("Features", "First", "Second")),
        ["a window of one column"] = ml => Window(ml, "Features", "Open"),
        ["a window of several columns"] = ml => Window(ml, "Features", "Open", "High"),
        ["a window of one column, without dimensions"] = ml => Window(ml, "Window", "Open")
            .Append(ml.Transforms.CustomMapping<Windowed, Flat>((row, output) => output.Features = row.Window, contractName: null)),
        ["a window alone in Concatenate"] = ml => Window(ml, "Window", "Open").Append(ml.Transforms.Concatenate("Features", "Window")),
        ["a window of one-hot columns"] = ml => ml.Transforms.Categorical.OneHotEncoding("Kinds", "Kind")
            .Append(Window(ml, "Features", "Open", "Kinds")),
        ["one-hot words"] = ml => ml.Transforms.Text.TokenizeIntoWords("Tokens", "Text")
            .Append(ml.Transforms.Categorical.OneHotEncoding("Features", "Tokens")),
        ["words"] = ml => ml.Transforms.Text.TokenizeIntoWords("Tokens", "Text")
            .Append(ml.Transforms.Conversion.MapValueToKey("Features", "Tokens")),
        ["joined series"] = ml => ml.Transforms.ZipSteps("Features", ["Morning", "Evening"]),
        ["joined windows"] = ml => Window(ml, "First", "Open").Append(Window(ml, "Second", "High"))
            .Append(ml.Transforms.ZipSteps("Features", ["First", "Second"])),
        ["columns, said to be steps"] = ml => Prices(ml, "Prices")
            .Append(ml.Transforms.NormalizeSequence("Features", "Prices", numberOfFeatures: 1)),
        ["a single column"] = ml => ml.Transforms.Concatenate("Features", "Open"),
    };

    public static TheoryData<string> Flats => [.. _flat.Keys];

    public static TheoryData<string> Sequences => [.. _sequences.Keys];

    [Theory]
    [MemberData(nameof(Flats))]
    public void A_vector_that_is_no_sequence_is_a_warning_that_says_what_it_is_and_what_to_do(string name)
    {
        Fit(_flat[name].Steps(_ml), Quick());
        string warning = Assert.Single(_warnings);
        Assert.Contains(_flat[name].Said, warning, StringComparison.Ordinal);
        Assert.Contains("NumberOfFeatures", warning, StringComparison.Ordinal);
        Assert.EndsWith("(RecurrentWarning.FlatFeatures)", warning, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_sequence_is_no_warning(string name)
    {
        Fit(_sequences[name](_ml), Quick());
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Who_says_what_a_step_is_is_not_warned(int numberOfFeatures)
    {
        RecurrentOptions options = Quick();
        options.NumberOfFeatures = numberOfFeatures;
        Fit(Prices(_ml), options);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void The_warning_can_be_an_error_or_silent()
    {
        RecurrentOptions options = Quick();
        options.TreatWarningsAsErrors = true;
        string message = Assert.Throws<InvalidOperationException>(() => Fit(Prices(_ml), options)).Message;
        Assert.EndsWith("(RecurrentWarning.FlatFeatures)", message, StringComparison.Ordinal);
        options.IgnoredWarnings = [RecurrentWarning.FlatFeatures];
        Fit(Prices(_ml), options);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_tagger_whose_labels_are_as_many_as_the_slots_says_that_they_are_steps()
    {
        IEstimator<ITransformer> steps = _ml.Transforms.CustomMapping<TaggedRow, Tags>(
            (row, output) => output.Words = [.. row.Features.Select(value => value > 0.5f ? "high" : "low")], contractName: null)
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tags", "Words"));
        RecurrentOptions options = Quick();
        options.LabelColumnName = "Tags";
        Prices(_ml).Append(steps).Append(_ml.MulticlassClassification.Trainers.SequenceTagger(options))
            .Fit(_ml.Data.LoadFromEnumerable(Row.Generate()));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_model_that_is_loaded_scores_without_a_warning()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Row.Generate());
        ITransformer model = Prices(_ml).Append(_ml.Regression.Trainers.Recurrent(Quick())).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        _warnings.Clear();
        Assert.All(_ml.Model.Load(stream, out _).Transform(data).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
        Assert.Empty(_warnings);
    }

    private static IEstimator<ITransformer> Prices(MLContext ml, string output = "Features") =>
        ml.Transforms.Concatenate(output, "Open", "High", "Low", "Close", "Volume");

    private static IEstimator<ITransformer> Window(MLContext ml, string output, params string[] columns) =>
        ml.Transforms.SlidingWindow(output, columns, windowSize: 3);

    private static RecurrentOptions Quick() => new() { Layers = [new ElmanLayer(2)], NumberOfEpochs = 1, EmbeddingSize = 2, Seed = 1 };

    private void Fit(IEstimator<ITransformer> steps, RecurrentOptions options) =>
        steps.Append(_ml.Regression.Trainers.Recurrent(options)).Fit(_ml.Data.LoadFromEnumerable(Row.Generate()));

    private sealed class Row
    {
        public float Open { get; set; }

        public float High { get; set; }

        public float Low { get; set; }

        public float Close { get; set; }

        public float Volume { get; set; }

        public float Hour { get; set; }

        public string Kind { get; set; } = "";

        public string Text { get; set; } = "";

        [VectorType(4)]
        public float[] Morning { get; set; } = [];

        [VectorType(4)]
        public float[] Evening { get; set; } = [];

        [VectorType(4, 2)]
        public float[] Pairs { get; set; } = [];

        public float[] Words { get; set; } = [];

        public float[] Lengths { get; set; } = [];

        public float Label { get; set; }

        public static Row[] Generate()
        {
            var random = new Random(1);
            return [.. Enumerable.Range(0, 30).Select(i => new Row
            {
                Open = random.NextSingle(), High = random.NextSingle(), Low = random.NextSingle(), Close = random.NextSingle(),
                Volume = random.NextSingle(), Hour = i % 5,
                Kind = TableRow.Kinds[i % 3], Text = $"{TableRow.Kinds[random.Next(3)]} all day",
                Morning = Numbers(4), Evening = Numbers(4), Pairs = Numbers(8), Words = Numbers(3), Lengths = Numbers(random.Next(1, 5)),
                Label = random.NextSingle(),
            })];

            float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        }
    }

    private sealed class Windowed
    {
        [VectorType(3)]
        public float[] Window { get; set; } = [];
    }

    private sealed class Flat
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private sealed class WideWindow
    {
        [VectorType(6)]
        public float[] Window { get; set; } = [];
    }

    private sealed class WideFlat
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }

    private sealed class TaggedRow
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Tags
    {
        [VectorType(5)]
        public string[] Words { get; set; } = [];
    }
}
