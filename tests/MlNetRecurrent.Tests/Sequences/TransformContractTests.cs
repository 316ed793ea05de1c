using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>What ML.NET expects of every transform.</summary>
public sealed class TransformContractTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    /// <summary>Transforms of a table of readings whose kinds are keys, some of them on the output of others.</summary>
    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> _transforms = new()
    {
        ["SlidingWindow"] = ml => ml.Transforms.SlidingWindow(
            "Out", ["Wind", "Pair"], windowSize: 3, stride: 2, horizon: 1, groupColumnName: "Entity"),
        ["SlidingWindow, padded"] = ml => ml.Transforms.SlidingWindow("Out", ["Wind"], windowSize: 3, start: WindowStart.Pad),
        ["GroupIntoSequences"] = ml => ml.Transforms.GroupIntoSequences("Entity", "Time", ["Wind", "Pair", "Kind"], ["Answer", "Value"]),
        ["ZipSteps"] = ml => Group(ml).Append(ml.Transforms.ZipSteps("Out", ["Wind", "Pair", "Kind"])),
        ["ZipSteps of windows"] = ml => Windows(ml).Append(ml.Transforms.ZipSteps("Out", ["W", "P"])),
        ["NormalizeSequence"] = ml => Group(ml).Append(ml.Transforms.NormalizeSequence("Out", "Pair", SequenceNormalization.Robust)),
        ["NormalizeSequence of windows"] = ml => Windows(ml).Append(ml.Transforms.NormalizeSequence("P")),
        ["PadOrTruncate"] = ml => Group(ml).Append(ml.Transforms.PadOrTruncate("Out", 4, "Pair")),
        ["PadOrTruncate of keys"] = ml => Group(ml).Append(ml.Transforms.PadOrTruncate("Out", 4, "Kind")),
        ["Differences"] = ml => Group(ml).Append(ml.Transforms.Differences("Out", "Wind")),
        ["LagFeatures"] = ml => Windows(ml).Append(ml.Transforms.LagFeatures("Out", [0, 1], "P")),
        ["TokenizeIntoCharacters"] = ml => ml.Transforms.TokenizeIntoCharacters("Out", "Entity"),
        ["TokenizeWordsIntoCharacters"] = ml => ml.Transforms.Text.TokenizeIntoWords("Words", "Entity")
            .Append(ml.Transforms.TokenizeWordsIntoCharacters("Out", "Words", maximumLength: 4)),
        ["FeaturizeCalendar"] = ml => ml.Transforms.FeaturizeCalendar(
            "Out", CalendarParts.HourOfDay | CalendarParts.DayOfWeek, "Date", CalendarEncoding.OneHot, [new DateOnly(2024, 3, 29)]),
        ["NormalizeByGroup"] = ml => ml.Transforms.NormalizeByGroup("Out", "Entity", "Wind"),
        ["NormalizeByGroup of vectors by keys"] = ml => ml.Transforms.NormalizeByGroup("Out", "Kind", "Pair", SequenceNormalization.MinMax),
        ["DenormalizeByGroup"] = ml => ml.Transforms.NormalizeByGroup("P", "Entity", "Pair", SequenceNormalization.Robust)
            .Append(ml.Transforms.DenormalizeByGroup("Out", "P", "P")),
        ["FillMissingValues"] = ml => ml.Transforms.FillMissingValues(
            new() { OutputColumnName = "Out", InputColumnName = "Gaps", GroupColumnName = "Entity", IndicatorColumnName = "Is filled" }),
        ["FillMissingValues, interpolated"] = ml => ml.Transforms.FillMissingValues(
            "Out", "Gaps", MissingValueFill.InterpolateByOrder, "Entity", "Date"),
        ["FillMissingValues of named slots"] = ml => Calendar(ml).Append(ml.Transforms.FillMissingValues(
            new() { OutputColumnName = "Out", InputColumnName = "Calendar", IndicatorColumnName = "Is filled" })),
        ["NormalizeByGroup of named slots"] = ml => Calendar(ml).Append(ml.Transforms.NormalizeByGroup("Out", "Kind", "Calendar")),
        ["Resample of named slots"] = ml => Calendar(ml).Append(ml.Transforms.Resample(
            "Date", TimeSpan.FromHours(5), [new("Calendar", ResampleFunction.Max, "Out")])),
        ["Resample"] = ml => ml.Transforms.Resample(
            "Date", TimeSpan.FromHours(5), [new("Wind", ResampleFunction.Sum), new("Gaps", ResampleFunction.Last)], "Kind"),
        ["Resample, by number"] = ml => ml.Transforms.Resample(new()
        {
            OrderColumnName = "Time",
            OrderInterval = 7,
            Columns = [new("Pair", ResampleFunction.Mean), new("Pair", ResampleFunction.Max, "Most")],
            GroupColumnName = "Entity",
        }),
    };

    public static TheoryData<string> Transforms => [.. _transforms.Keys];

    /// <summary>The trainers that learn a label of a window; a tagger learns one of each step of a group.</summary>
    public static TheoryData<string> Trainers => [.. ContractCase.Trainers.Keys];

    [Theory]
    [MemberData(nameof(Transforms))]
    public void The_schema_that_was_promised_is_the_one_that_comes(string name)
    {
        IDataView data = Data();
        IEstimator<ITransformer> estimator = _transforms[name](_ml);
        ITransformer transformer = estimator.Fit(data);
        SchemaChecks.AssertSame(estimator.GetOutputSchema(Interop.SchemaShapes.Of(data.Schema)), transformer.Transform(data).Schema);
        SchemaChecks.AssertSame(Interop.SchemaShapes.Of(transformer.Transform(data).Schema), transformer.GetOutputSchema(data.Schema));
        Assert.True(transformer.IsRowToRowMapper);
        Assert.Equal(
            transformer.GetOutputSchema(data.Schema).Select(column => column.Name),
            transformer.GetRowToRowMapper(data.Schema).OutputSchema.Select(column => column.Name));
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void It_comes_back_from_a_file_as_it_was(string name)
    {
        IDataView data = Data();
        ITransformer transformer = _transforms[name](_ml).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(transformer, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        Rows.AssertEqual(Rows.Of(transformer.Transform(data)), Rows.Of(loaded.Transform(data)));
        Assert.Equal(
            transformer.Transform(data).Schema.Select(column => column.Type), loaded.Transform(data).Schema.Select(column => column.Type));
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Columns_are_read_alone_as_they_are_read_together(string name)
    {
        IDataView view = _transforms[name](_ml).Fit(Data()).Transform(Data());
        object[][] all = Rows.Of(view);
        foreach (DataViewSchema.Column column in view.Schema.Where(column => !column.IsHidden))
        {
            Rows.AssertEqual([.. all.Select(row => new[] { row[column.Index] })], Rows.Of(view, column));
            using DataViewRowCursor cursor = view.GetRowCursor([column]);
            Assert.True(cursor.IsColumnActive(column));
            DataViewSchema.Column other = view.Schema.First(other => other.Index != column.Index);
            Assert.Throws<ArgumentOutOfRangeException>(() => Rows.Getter(cursor, other));
        }
        using DataViewRowCursor none = view.GetRowCursor([]);
        Assert.Equal(all.Length, Rows.Of(none).Length);
        object[][] ofSet = [.. view.GetRowCursorSet(view.Schema, n: 3).SelectMany(cursor => Rows.Of(cursor, [.. view.Schema]))];
        Assert.Equal(all.Select(Text).Order(), ofSet.Select(Text).Order());
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_view_of_it_is_cached_and_saved_like_any_other(string name)
    {
        IDataView view = _transforms[name](_ml).Fit(Data()).Transform(Data());
        DataViewSchema.Column[] columns = [.. view.Schema.Where(column => !column.IsHidden)];
        object[][] expected = Rows.Of(view, columns);
        Rows.AssertEqual(expected, Rows.Of(_ml.Data.Cache(view), columns));
        using var stream = new MemoryStream();
        _ml.Data.SaveAsBinary(view, stream);
        IDataView saved = _ml.Data.LoadFromBinary(new MemorySource(stream.ToArray()));
        Rows.AssertEqual(expected, Rows.Of(saved, [.. columns.Select(column => saved.Schema[column.Name])]));
        Assert.Equal(columns.Select(column => column.Type), columns.Select(column => saved.Schema[column.Name].Type));
    }

    [Theory]
    [InlineData("ZipSteps")]
    [InlineData("NormalizeSequence")]
    [InlineData("PadOrTruncate")]
    [InlineData("PadOrTruncate of keys")]
    [InlineData("Differences")]
    [InlineData("FeaturizeCalendar")]
    [InlineData("NormalizeByGroup")]
    [InlineData("NormalizeByGroup of vectors by keys")]
    [InlineData("DenormalizeByGroup")]
    [InlineData("FillMissingValues")]
    [InlineData("FillMissingValues of named slots")]
    public void Single_rows_become_what_rows_of_a_view_become(string name)
    {
        ITransformer fitted = _transforms[name](_ml).Fit(Data());
        ITransformer[] parts = [.. fitted as IEnumerable<ITransformer> ?? [fitted]];
        ITransformer transformer = parts[^1];
        IDataView data = parts[..^1].Aggregate(Data(), (view, part) => part.Transform(view));
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(data.Schema);
        DataViewSchema.Column made = mapper.OutputSchema["Out"];
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        DataViewRow row = mapper.GetRow(cursor, [made]);
        Func<object> getter = Rows.Getter(row, made);
        var found = new List<object[]>();
        while (cursor.MoveNext())
            found.Add([getter()]);
        IDataView view = transformer.Transform(data);
        Rows.AssertEqual(Rows.Of(view, view.Schema["Out"]), [.. found]);
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Every_trainer_learns_from_what_it_makes(string trainer)
    {
        IDataView data = Data();
        bool isTagger = trainer.Contains("SequenceTagger", StringComparison.Ordinal);
        IEstimator<ITransformer> pipeline = isTagger
            ? _ml.Transforms.GroupIntoSequences("Entity", "Time", ["Wind", "Pair", "Kind", "Answer", "Value"], ["Weight"])
                .Append(_ml.Transforms.ZipSteps("Features", ["Wind", "Pair"])).Append(_ml.Transforms.CopyColumns("Tags", "Kind"))
                .Append(_ml.Transforms.CopyColumns("StepAnswers", "Answer")).Append(_ml.Transforms.CopyColumns("StepValues", "Value"))
            : _ml.Transforms.SlidingWindow("Features", ["Wind", "Pair"], windowSize: 3, horizon: 1, groupColumnName: "Entity")
                .Append(_ml.Transforms.CopyColumns("Class", "Kind"))
                .Append(_ml.Transforms.Concatenate("Answers", "Answer", "Answer"))
                .Append(_ml.Transforms.Concatenate("Values", "Value", "Weight"));
        ITransformer model = pipeline.Append(ContractCase.Trainers[trainer](_ml, 0)).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        IDataView scored = model.Transform(data), again = new MLContext().Model.Load(stream, out _).Transform(data);
        Rows.AssertEqual(Rows.Of(scored, scored.Schema["Score"]), Rows.Of(again, again.Schema["Score"]));
        Assert.Equal(isTagger ? 4 : 120 - 4 * 3, Rows.Of(scored, scored.Schema["Score"]).Length);
    }

    [Fact]
    public async Task A_process_that_names_no_type_of_the_library_loads_them_and_gives_the_same_scores()
    {
        IDataView data = Data();
        IEstimator<ITransformer> pipeline = _ml.Transforms.GroupIntoSequences("Entity", "Time", ["Wind", "Pair", "Kind"], ["Answer"])
            .Append(_ml.Transforms.ZipSteps("Zipped", ["Wind", "Pair", "Kind"]))
            .Append(_ml.Transforms.NormalizeSequence("Zipped"))
            .Append(_ml.Transforms.Differences("Changes", "Zipped"))
            .Append(_ml.Transforms.LagFeatures("Lagged", [0, 2], "Changes"))
            .Append(_ml.Transforms.PadOrTruncate("Features", 8, "Lagged"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Class", "Entity"))
            .Append(_ml.MulticlassClassification.Trainers.Gru("Class", hiddenSize: 4, numberOfEpochs: 1));
        ITransformer model = pipeline.Fit(data);
        string zip = Path.Combine(_folder, "model.zip"), binary = Path.Combine(_folder, "data.idv");
        _ml.Model.Save(model, data.Schema, zip);
        using (FileStream stream = File.Create(binary))
            _ml.Data.SaveAsBinary(data, stream);
        string output = await OtherProgram.Run("tests/MlNetRecurrent.Tests.Loader", _folder, zip, binary);
        IEnumerable<string> expected = model.Transform(data).GetColumn<float[]>("Score")
            .Select(row => string.Join(' ', row.Select(score => BitConverter.SingleToUInt32Bits(score).ToString("x8"))));
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("SlidingWindow")]
    [InlineData("GroupIntoSequences")]
    [InlineData("TokenizeIntoCharacters")]
    [InlineData("NormalizeSequence of windows")]
    [InlineData("FeaturizeCalendar")]
    [InlineData("NormalizeByGroup of vectors by keys")]
    [InlineData("DenormalizeByGroup")]
    [InlineData("FillMissingValues")]
    [InlineData("Resample")]
    public void A_file_that_is_damaged_is_refused_or_gives_what_it_gave(string name)
    {
        IDataView data = Data();
        ITransformer transformer = _transforms[name](_ml).Fit(data);
        string zip = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(transformer, data.Schema, zip);
        byte[] whole = File.ReadAllBytes(zip);
        object[][] expected = Rows.Of(transformer.Transform(data));
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 60; i++)
        {
            File.WriteAllBytes(zip, whole);
            Damage(zip, random);
            ITransformer? loaded = null;
            Exception? exception = Record.Exception(() => loaded = _ml.Model.Load(zip, out _));
            if (loaded is not null)
                Rows.AssertEqual(expected, Rows.Of(loaded.Transform(data)));
            else
                // ML.NET's own header, which names the assembly, stands in the same file.
                Assert.True(Innermost(exception!) is InvalidDataException or FormatException or FileNotFoundException, $"{i}: {exception}");
            refused += loaded is null ? 1 : 0;
        }
        Assert.InRange(refused, 40, 60);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEstimator<ITransformer> Calendar(MLContext ml) =>
        ml.Transforms.FeaturizeCalendar("Calendar", CalendarParts.DayOfWeek, "Date", CalendarEncoding.OneHot);

    private static IEstimator<ITransformer> Group(MLContext ml) =>
        ml.Transforms.GroupIntoSequences("Entity", "Time", ["Wind", "Pair", "Kind"]);

    private static IEstimator<ITransformer> Windows(MLContext ml) =>
        ml.Transforms.SlidingWindow("W", ["Wind"], windowSize: 3, start: WindowStart.Pad)
            .Append(ml.Transforms.SlidingWindow("P", ["Pair"], windowSize: 3, start: WindowStart.Pad));

    private IDataView Data()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Reading.Generate(120, 4, seed: 1));
        return _ml.Transforms.Conversion.MapValueToKey(
            "Kind", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(rows).Transform(rows);
    }

    /// <summary>Changes a byte of a file in the zip that is this library's, or cuts it.</summary>
    private static void Damage(string zip, Random random)
    {
        using ZipArchive archive = ZipFile.Open(zip, ZipArchiveMode.Update);
        ZipArchiveEntry[] ours = [.. archive.Entries.Where(entry => Read(entry) is var bytes && bytes.AsSpan().IndexOf("MLNR"u8) >= 0)];
        ZipArchiveEntry entry = ours[random.Next(ours.Length)];
        byte[] bytes = Read(entry);
        int at = random.Next(bytes.Length);
        if (random.Next(4) == 0)
            bytes = bytes[..at];
        else
            bytes[at] ^= (byte)(1 << random.Next(8));
        string name = entry.FullName;
        entry.Delete();
        using Stream stream = archive.CreateEntry(name).Open();
        stream.Write(bytes);
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Exception Innermost(Exception exception) =>
        exception.InnerException is null ? exception : Innermost(exception.InnerException);

    private static string Text(object[] row) =>
        string.Join(" | ", row.Select(value => value is Array items ? string.Join(",", items.Cast<object>()) : value.ToString()));
}
