using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences;
using MlNetRecurrent.Sequences.Filling;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Maps;
using MlNetRecurrent.Sequences.Resampling;
using MlNetRecurrent.Sequences.Windows;

namespace MlNetRecurrent.Tests.Files;

/// <summary>
/// Transforms with something odd and all checksums right: each is refused with one clear exception, works, or says what it cannot do
/// with a column.
/// </summary>
public sealed class TransformMutationTests
{
    private const long Slack = 1 << 18;

    private static readonly MLContext _ml = new(seed: 1);

    private static readonly IDataView _data = Scaled(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(i => new Row
    {
        Text = "ab" + i,
        Words = ["ab", $"c{i}"],
        Number = i,
        Group = i % 2,
        Steps = [.. Enumerable.Range(0, 2 * (1 + i % 3)).Select(k => (float)k)],
    })));

    private static readonly Dictionary<string, IEstimator<ITransformer>> _maps = new()
    {
        ["ZipSteps"] = _ml.Transforms.ZipSteps("Out", ["Steps", "Steps"]),
        ["NormalizeSequence"] = _ml.Transforms.NormalizeSequence("Out", "Steps"),
        ["PadOrTruncate"] = _ml.Transforms.PadOrTruncate("Out", 4, "Steps", numberOfFeatures: 2),
        ["Differences"] = _ml.Transforms.Differences("Out", "Steps", lag: 2),
        ["LagFeatures"] = _ml.Transforms.LagFeatures("Out", [0, 1], "Steps"),
        ["TokenizeIntoCharacters"] = _ml.Transforms.TokenizeIntoCharacters("Out", "Text"),
        ["TokenizeWordsIntoCharacters"] = _ml.Transforms.TokenizeWordsIntoCharacters("Out", "Words", maximumLength: 3),
        ["FeaturizeCalendar"] = _ml.Transforms.FeaturizeCalendar(
            "Out", CalendarParts.Month | CalendarParts.Weekend, "Date", holidays: [new DateOnly(2024, 12, 25)]),
        ["NormalizeByGroup"] = _ml.Transforms.NormalizeByGroup("Out", "Group", "Pair", unseenGroups: UnseenGroupAction.UseAllGroups),
        ["DenormalizeByGroup"] = _ml.Transforms.DenormalizeByGroup("Out", "Pair", "Scaled"),
    };

    public static TheoryData<string> Maps => [.. _maps.Keys, "VariableSequence", "StaticValue", "CheckedRow", "ModelOutput"];

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_map_with_an_odd_field_is_refused_or_works(string name)
    {
        RowMap map = name switch
        {
            "VariableSequence" => new VariableSequence { OutputColumnName = "Out", InputColumnName = "Steps", Features = 2 },
            "StaticValue" => new StaticValue { OutputColumnName = "Out", InputColumnName = "Number" },
            "CheckedRow" => new CheckedRow
            {
                OutputColumnName = "Out",
                Columns = [new("Steps", 2, 0), new("Number", 1, 0) { IsStatic = true, KeyHash = new('0', 32) }],
            },
            "ModelOutput" => new ModelOutput
            {
                OutputColumnName = "PredictedLabel",
                InputColumnName = "Steps",
                IsFirst = true,
                Outputs = new() { Task = "MulticlassClassification", Count = 2, LabelKind = "Text", LabelValues = ["a", "b"] },
            },
            _ => ((RowMapTransformer)_maps[name].Fit(_data)).Map,
        };
        Mutate(map, read => read.Validate(), read => new RowMapTransformer(read));
    }

    [Fact]
    public void Windows_with_an_odd_field_are_refused_or_work() => Mutate(
        new WindowSettings
        {
            OutputColumnName = "W",
            InputColumnNames = ["Number"],
            WindowSize = 2,
            Stride = 1,
            Horizon = 1,
            GroupColumnName = "Group",
            OrderColumnName = "Number",
            Start = WindowStart.Pad,
            Features = 1,
            KeyHashes = [null],
        },
        read => read.Validate(), read => new WindowTransformer(_ml, read));

    [Fact]
    public void Groups_with_an_odd_field_are_refused_or_work() => Mutate(
        new GroupingSettings
        {
            GroupColumnName = "Group",
            OrderColumnName = "Number",
            SequenceColumnNames = ["Number"],
            ScalarColumnNames = ["Text"],
            ChecksOrder = true,
            GroupsAreContiguous = false,
            KeyHashes = [null],
        },
        read => read.Validate(), read => new GroupingTransformer(_ml, read));

    [Fact]
    public void Fillings_with_an_odd_field_are_refused_or_work() => Mutate(
        new FillSettings
        {
            OutputColumnName = "Out",
            InputColumnName = "Pair",
            Fill = MissingValueFill.InterpolateByOrder,
            InitialValue = 1,
            MaximumNumberOfFilledRows = 2,
            IndicatorColumnName = "Is filled",
            GroupColumnName = "Group",
            OrderColumnName = "Number",
            MissingGroups = MissingRowAction.Throw,
            MissingOrders = MissingRowAction.Throw,
            AllowsOrderTies = false,
        },
        read => read.Validate(), read => new FillTransformer(_ml, read));

    [Fact]
    public void Intervals_with_an_odd_field_are_refused_or_work() => Mutate(
        new ResampleSettings
        {
            OrderColumnName = "Number",
            OrderInterval = 2,
            Columns = [new("Pair", "Out", ResampleFunction.Mean)],
            GroupColumnName = "Group",
            MissingGroups = MissingRowAction.Throw,
            MissingOrders = MissingRowAction.Throw,
        },
        read => read.Validate(), read => new ResampleTransformer(_ml, read));

    [Fact]
    public void Names_of_columns_and_characters_come_back_as_they_were()
    {
        foreach (string name in (string[])["\ud800", "a\udc00b", "\0", " ", "\"\\\n\u2028", "日本 \ud83d\ude00", "<&>'+"])
        {
            var map = new LaggedFeatures { OutputColumnName = name, InputColumnName = name + "x", Lags = [0, 1 << 20] };
            var read = (LaggedFeatures)Read<RowMap>(DescribedFile.Of(writer => TransformFile.Write<RowMap>(writer, map)));
            Assert.Equal((map.OutputColumnName, map.InputColumnName), (read.OutputColumnName, read.InputColumnName));
            Assert.Equal(map.Lags, read.Lags);
        }
        string characters = "\0\t\n\"\\/aé日\ue000\ufffd\uffff\U0001f600\U0010ffff";
        var tokens = new CharacterTokens
        {
            OutputColumnName = "O",
            InputColumnName = "I",
            MaximumNumberOfKeys = 20,
            Characters = characters,
        };
        tokens.Validate();
        var readTokens = (CharacterTokens)Read<RowMap>(DescribedFile.Of(writer => TransformFile.Write<RowMap>(writer, tokens)));
        Assert.Equal(characters, readTokens.Characters);
    }

    private static void Mutate<T>(T transform, Action<T> validate, Func<T, ITransformer> use)
        where T : class
    {
        var file = DescribedFile.Of(writer => TransformFile.Write(writer, transform));
        validate(Read<T>(file));
        long rows = ReadAll(use(Read<T>(file))), honest = Allocated(() => Read<T>(file)), refused = 0;
        Assert.True(rows > 0);
        foreach (JsonMutation mutation in JsonMutation.Of(file.Description))
        {
            DescribedFile changed = file with { Description = mutation.Json };
            string what = $"{mutation.Path} is {mutation.What}";
            T? read = null;
            Exception? exception = null;
            long allocated = Allocated(() => exception = Record.Exception(() => validate(read = Read<T>(changed))));
            Assert.True(allocated <= 2 * honest + Slack, $"{what}: {allocated} bytes were allocated, {honest} for the whole file");
            if (exception is null)
            {
                allocated = Allocated(() => exception = Record.Exception(() => ReadAll(use(read!))));
                Assert.True(allocated < 1 << 24, $"{what}: {allocated} bytes were allocated");
                Assert.True(exception is null or InvalidOperationException or ArgumentOutOfRangeException, $"{what}: {exception}");
                continue;
            }
            bool isClear = exception is InvalidDataException
                && (exception.Message.Contains("damaged", StringComparison.Ordinal)
                    || exception.Message.Contains("does not know", StringComparison.Ordinal));
            Assert.True(isClear, $"{what}: {exception}");
            refused++;
        }
        Assert.True(refused > 20);
    }

    private static T Read<T>(DescribedFile file)
        where T : class
    {
        using BinaryReader reader = file.Read();
        return TransformFile.Read<T>(reader);
    }

    private static long ReadAll(ITransformer transformer)
    {
        IDataView view = transformer.Transform(_data);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Action[] readers = [.. view.Schema.Where(column => column.Type is VectorDataViewType).Select(column => Reader(cursor, column))];
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
            Array.ForEach(readers, read => read());
        return rows;
    }

    private static Action Reader(DataViewRow row, DataViewSchema.Column column)
    {
        Type item = ((VectorDataViewType)column.Type).ItemType.RawType;
        return item == typeof(float) ? Reader<float>(row, column)
            : item == typeof(uint) ? Reader<uint>(row, column)
            : Reader<ReadOnlyMemory<char>>(row, column);
    }

    private static Action Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () => getter(ref value);
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static IDataView Scaled(IDataView data) =>
        _ml.Transforms.NormalizeByGroup("Scaled", "Group", "Pair", unseenGroups: UnseenGroupAction.UseAllGroups)
            .Fit(data).Transform(data);

    private sealed class Row
    {
        public DateTime Date => new DateTime(2024, 12, 20).AddDays(Number);

        [VectorType(2)]
        public float[] Pair => [Number, Number % 2 == 0 ? float.NaN : 1];

        public string Text { get; set; } = "";

        public string[] Words { get; set; } = [];

        public float Number { get; set; }

        public float Group { get; set; }

        [VectorType(0, 2)]
        public float[] Steps { get; set; } = [];
    }
}
