using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MlNetRecurrent.Forecasting;
using MlNetRecurrent.Tests.Files;

namespace MlNetRecurrent.Tests.Forecasting;

public sealed class ForecastFileTests
{
    private static readonly MLContext _ml = new(seed: 1);

    private static readonly ForecastRow[] _rows = ForecastRow.Interleave(ForecastRow.Generate(3, 20));

    /// <summary>Fields where another number, or another column of the same type, is as possible as the right one.</summary>
    private static readonly string[] _free =
    [
        ".Normalization.Mean[", ".Normalization.Scale[", ".Normalization.Largest", ".Targets[", ".Shape.ContextLength", ".Shape.Scaling",
        ".Shape.Quantiles[", ".Columns.SeriesColumnName", ".Columns.TimeColumnName",
    ];

    public static TheoryData<bool> Kinds => [false, true];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_loaded_pipeline_forecasts_the_same_bit_for_bit(bool hasAll)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_rows);
        TransformerChain<ForecastTransformer> model = Keys().Append(_ml.Forecasting.Trainers.Recurrent(Options(hasAll))).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        ITransformer loaded = new MLContext().Model.Load(stream, out DataViewSchema schema);
        Assert.Equal(data.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        Rows.AssertEqual(Rows.Of(model.Transform(data)), Rows.Of(loaded.Transform(data)));
        ForecastTransformer before = model.LastTransformer;
        ForecastTransformer after = ((IEnumerable<ITransformer>)loaded).OfType<ForecastTransformer>().Single();
        Assert.Equal(before.ToString(), after.ToString());
        Assert.Equal(
            (before.Training.Epochs, before.Training.FinalLoss, before.Training.Seed, before.NumberOfParameters),
            (after.Training.Epochs, after.Training.FinalLoss, after.Training.Seed, after.NumberOfParameters));
    }

    [Fact]
    public void A_model_with_a_bit_changed_or_cut_short_is_refused()
    {
        byte[] whole = FileOf(hasAll: false).ToArray();
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<InvalidDataException>(() => Read(changed));
            Assert.Throws<InvalidDataException>(() => Read(whole[..random.Next(whole.Length)]));
        }
    }

    [Fact]
    public void A_zip_with_a_damaged_model_is_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_rows);
        ITransformer model = _ml.Forecasting.Trainers.Recurrent(ForecastTraining.Options()).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry entry = zip.Entries.MaxBy(entry => entry.Length)!;
            using Stream content = entry.Open();
            content.Position = content.Length / 2;
            int value = content.ReadByte();
            content.Position--;
            content.WriteByte((byte)(value ^ 1));
        }
        Exception? exception = Assert.ThrowsAny<Exception>(() => _ml.Model.Load(stream, out _));
        while (exception.InnerException is { } inner)
            exception = inner;
        Assert.IsType<InvalidDataException>(exception);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_description_with_an_odd_field_is_refused_or_gives_the_same_forecasts(bool hasAll)
    {
        DescribedFile file = FileOf(hasAll);
        string expected = Forecasts(new(ForecastFile.Read(file.Read())));
        int refused = 0, loaded = 0;
        foreach (JsonMutation mutation in JsonMutation.Of(file.Description))
        {
            string what = $"{mutation.Path} is {mutation.What}";
            ForecastModel? read = null;
            Exception? exception = Record.Exception(() => read = Read((file with { Description = mutation.Json }).ToArray()));
            if (read is null)
                Assert.True(exception is InvalidDataException && exception.Message.Length > 20, $"{what}: {exception}");
            else
            {
                string? found = null;
                exception = Record.Exception(() => found = Forecasts(new(read)));
                Assert.True(exception is null or InvalidOperationException or ArgumentOutOfRangeException, $"{what}: {exception}");
                bool isFree = Array.Exists(_free, free => mutation.Path.StartsWith(free, StringComparison.Ordinal));
                Assert.True(isFree || found is null || found == expected, $"{what}: the forecasts are others");
            }
            refused += read is null ? 1 : 0;
            loaded += read is null ? 0 : 1;
        }
        Assert.InRange(refused, 2 * loaded, int.MaxValue);
    }

    [Fact]
    public void A_model_of_a_newer_version_is_told_from_a_damaged_one()
    {
        DescribedFile file = FileOf(hasAll: false).Replace("{\"Format\":1,", "{\"Format\":2,");
        string message = Assert.Throws<InvalidDataException>(() => Read(file.ToArray())).Message;
        Assert.Contains("Use a newer one", message, StringComparison.Ordinal);
    }

    private static ForecastModel Read(byte[] bytes) => ForecastFile.Read(new BinaryReader(new MemoryStream(bytes)));

    private static DescribedFile FileOf(bool hasAll)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_rows);
        ForecastTransformer model = _ml.Forecasting.Trainers.Recurrent(Options(hasAll)).Fit(Keys().Fit(data).Transform(data));
        return DescribedFile.Of(writer => ForecastFile.Write(writer, model.Model));
    }

    private static ForecastOptions Options(bool hasAll) => ForecastTraining.With(options =>
    {
        if (!hasAll)
            return;
        (options.TargetColumnNames, options.PastColumnNames) = (["Sales", "Visits"], ["Rain"]);
        (options.KnownAheadColumnNames, options.StaticColumnNames) = (["Price"], ["Kind"]);
        (options.Quantiles, options.TimeColumnName) = ([0.1, 0.9], "Day");
    });

    private static ValueToKeyMappingEstimator Keys() => _ml.Transforms.Conversion.MapValueToKey("Kind");

    private static string Forecasts(ForecastTransformer model)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_rows), scored = model.Transform(Keys().Fit(data).Transform(data));
        return string.Join(" ", ForecastTraining.Forecasts(scored).SelectMany(row => row).Select(BitConverter.SingleToUInt32Bits));
    }
}
