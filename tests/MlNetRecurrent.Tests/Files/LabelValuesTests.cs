using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Files;

/// <summary>The values behind the keys of labels, of every type, before and after a file.</summary>
public sealed class LabelValuesTests
{
    private static readonly MLContext _ml = new(seed: 1);

    private static readonly Dictionary<string, Action<string>> _types = new()
    {
        ["Boolean"] = trainer => RoundTrip(trainer, BooleanDataViewType.Instance, false, true),
        ["SByte"] = trainer => RoundTrip(trainer, NumberDataViewType.SByte, sbyte.MinValue, (sbyte)0, sbyte.MaxValue),
        ["Byte"] = trainer => RoundTrip(trainer, NumberDataViewType.Byte, byte.MinValue, byte.MaxValue),
        ["Int16"] = trainer => RoundTrip(trainer, NumberDataViewType.Int16, short.MinValue, (short)-1, short.MaxValue),
        ["UInt16"] = trainer => RoundTrip(trainer, NumberDataViewType.UInt16, ushort.MinValue, ushort.MaxValue),
        ["Int32"] = trainer => RoundTrip(trainer, NumberDataViewType.Int32, int.MinValue, 0, int.MaxValue),
        ["UInt32"] = trainer => RoundTrip(trainer, NumberDataViewType.UInt32, uint.MinValue, uint.MaxValue),
        ["Int64"] = trainer => RoundTrip(trainer, NumberDataViewType.Int64, long.MinValue, 0, long.MaxValue),
        ["UInt64"] = trainer => RoundTrip(trainer, NumberDataViewType.UInt64, ulong.MinValue, ulong.MaxValue),
        ["Single"] = trainer => RoundTrip(
            trainer, NumberDataViewType.Single,
            [0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue, 0.1f],
            BitConverter.SingleToUInt32Bits),
        ["Double"] = trainer => RoundTrip(
            trainer, NumberDataViewType.Double,
            [0d, -0d, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MinValue, 0.1],
            BitConverter.DoubleToUInt64Bits),
        ["Text"] = trainer => RoundTrip(
            trainer, TextDataViewType.Instance,
            Array.ConvertAll(
                (string[])[
                    "", " ", "plain", "\0", "a\0b", "\ud800", "\udc00", "x\udbff", "\udfff\ud800", "\ud83d\ude00", "\ufffd",
                    "\"\\/\b\f\n\r\t", "é日<&'+\u2028", "\ud800\"\\\n"],
                text => text.AsMemory()),
            text => text.ToString()),
        ["TimeSpan"] = trainer => RoundTrip(
            trainer, TimeSpanDataViewType.Instance,
            TimeSpan.MinValue, TimeSpan.FromTicks(-1), TimeSpan.Zero, TimeSpan.FromTicks(864_000_000_001), TimeSpan.MaxValue),
        ["DateTime"] = trainer => RoundTrip(
            trainer, DateTimeDataViewType.Instance,
            [.. Enum.GetValues<DateTimeKind>().SelectMany(kind =>
                ((DateTime[])[DateTime.MinValue, DateTime.MaxValue, new(2024, 3, 10, 2, 30, 0), new(2024, 11, 3, 1, 30, 0)])
                .Select(time => DateTime.SpecifyKind(time.AddTicks(time.Ticks > 1e18 ? -(int)kind : (int)kind), kind)))],
            time => (time.Ticks, time.Kind)),
        ["DateTimeOffset"] = trainer => RoundTrip(
            trainer, DateTimeOffsetDataViewType.Instance,
            [
                DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new(2024, 2, 29, 23, 59, 59, new TimeSpan(14, 0, 0)),
                new(2024, 2, 29, 0, 0, 0, -new TimeSpan(9, 30, 0)), new(1, 1, 1, 14, 0, 0, new TimeSpan(14, 0, 0)),
            ],
            time => (time.Ticks, time.Offset)),
        ["DataViewRowId"] = trainer => RoundTrip(
            trainer, RowIdDataViewType.Instance,
            new DataViewRowId(0, 0), new DataViewRowId(1, ulong.MaxValue), new DataViewRowId(ulong.MaxValue, 1)),
    };

    public static TheoryData<string> Types => [.. _types.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void Labels_of_classes_come_back_as_they_were_and_the_training_goes_on(string type) => _types[type]("classes");

    [Theory]
    [MemberData(nameof(Types))]
    public void Labels_of_a_tagger_come_back_as_they_were_and_the_training_goes_on(string type) => _types[type]("tagger");

    [Fact]
    public void Local_times_do_not_depend_on_where_a_file_is_read()
    {
        // As the first versions wrote them, far from here, and as they are written now.
        foreach (string text in (string[])[
            "2024-03-10T02:30:00.0000000-05:00", "2024-03-10T02:30:00.0000000+14:00", "2024-03-10T02:30:00.0000000 local"])
        {
            DateTime time = Data.TimeText.ReadDateTime(text);
            Assert.Equal((new DateTime(2024, 3, 10, 2, 30, 0).Ticks, DateTimeKind.Local), (time.Ticks, time.Kind));
            Assert.Equal("2024-03-10T02:30:00.0000000 local", Data.TimeText.Write(time));
        }
        foreach (string text in (string[])["", "x", "2024-03-10", "2024-03-10T02:30:00.0000000?", "2024-13-10T02:30:00.0000000Z"])
            Assert.Throws<FormatException>(() => Data.TimeText.ReadDateTime(text));
    }

    [Fact]
    public void Key_values_that_are_not_one_for_each_key_are_no_values()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("KeyValues", new VectorDataViewType(NumberDataViewType.Int32, 2), (ref VBuffer<int> values) => values = new(2, [1, 2]));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), 3), builder.ToAnnotations());
        Assert.Null(Data.LabelValues.Read(schema.ToSchema()["Label"]));
    }

    private static void RoundTrip<T>(string trainer, PrimitiveDataViewType item, params T[] values) =>
        RoundTrip(trainer, item, values, value => value!);

    /// <param name="trainer">What is trained.</param>
    /// <param name="item">What ML.NET calls the type.</param>
    /// <param name="values">The values.</param>
    /// <param name="identity">All that a value is: equality may overlook a kind, an offset or a sign.</param>
    private static void RoundTrip<T, TIdentity>(string trainer, PrimitiveDataViewType item, T[] values, Func<T, TIdentity> identity)
    {
        IDataView data = KeyedRow.View(_ml, item, values);
        RecurrentTrainer made = trainer == "tagger"
            ? _ml.MulticlassClassification.Trainers.SequenceTagger(
                new() { Layers = [new GruLayer(2)], NumberOfEpochs = 1, Seed = 1, LabelColumnName = "Labels" })
            : _ml.MulticlassClassification.Trainers.Recurrent(new() { Layers = [new GruLayer(2)], NumberOfEpochs = 1, Seed = 1 });
        RecurrentTransformer model = made.Fit(data), loaded = Reloaded(model, data), twice = Reloaded(loaded, data);
        DataViewSchema before = model.GetOutputSchema(data.Schema), after = twice.GetOutputSchema(data.Schema);
        foreach (string column in (string[])["PredictedLabel", "Score"])
        {
            Assert.Equal(
                before[column].Annotations.Schema.Select(annotation => (annotation.Name, annotation.Type)),
                after[column].Annotations.Schema.Select(annotation => (annotation.Name, annotation.Type)));
            if (before[column].HasSlotNames())
                Assert.Equal(SlotNames(before[column]), SlotNames(after[column]));
        }
        Assert.Equal(values.Select(identity), Values<T>(after["PredictedLabel"], "KeyValues").Select(identity));
        if (trainer != "tagger")
            Assert.Equal(values.Select(identity), Values<T>(after["Score"], "TrainingLabelValues").Select(identity));
        Assert.Equal(Weights.Of(made.Fit(data, model)), Weights.Of(made.Fit(data, loaded)));
    }

    private static RecurrentTransformer Reloaded(RecurrentTransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return (RecurrentTransformer)_ml.Model.Load(stream, out _);
    }

    private static T[] Values<T>(DataViewSchema.Column column, string annotation)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(annotation, ref values);
        return [.. values.DenseValues()];
    }

    private static string[] SlotNames(DataViewSchema.Column column) =>
        Array.ConvertAll(Values<ReadOnlyMemory<char>>(column, "SlotNames"), name => name.ToString());
}
