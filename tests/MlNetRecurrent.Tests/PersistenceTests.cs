using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

public sealed class PersistenceTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void A_loaded_model_gives_the_same_scores_bit_for_bit()
    {
        (ITransformer model, IDataView data) = Train();
        ITransformer loaded = new MLContext().Model.Load(Save(model, data), out DataViewSchema schema);
        Assert.Equal(data.Schema["Features"].Type, schema["Features"].Type);
        Assert.Equal(Scores(model, data), Scores(loaded, data));
    }

    [Fact]
    public async Task A_process_that_names_no_type_of_the_library_loads_a_model_and_gives_the_same_scores_bit_for_bit()
    {
        (ITransformer model, IDataView data) = Train();
        string zip = Save(model, data), binary = Path.Combine(_folder, "data.idv");
        using (FileStream stream = File.Create(binary))
            _ml.Data.SaveAsBinary(data, stream);
        string output = await OtherProgram.Run("tests/MlNetRecurrent.Tests.Loader", _folder, zip, binary);
        IEnumerable<string> expected = Scores(model, data).Select(
            row => string.Join(' ', row.Select(score => BitConverter.SingleToUInt32Bits(score).ToString("x8"))));
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void A_model_is_saved_and_loaded_without_the_pipeline_around_it()
    {
        (_, IDataView data) = Train();
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions()).Fit(keyed);
        ITransformer loaded = _ml.Model.Load(Save(model, keyed), out _);
        Assert.Equal(Scores(model, keyed), Scores(loaded, keyed));
    }

    [Fact]
    public void A_loader_saved_with_the_model_comes_back_with_it()
    {
        string text = Path.Combine(_folder, "data.tsv");
        IEnumerable<string> lines = Example.Generate(60, fixedLength: 2)
            .Select(example => example.Label + "\t" + string.Join('\t', example.Features));
        File.WriteAllLines(text, lines);
        TextLoader loader = _ml.Data.CreateTextLoader([new("Label", DataKind.String, 0), new("Features", DataKind.Single, 1, 6)]);
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfFeatures = 3;
        IDataView data = loader.Load(text);
        ITransformer model = Example.Pipeline(_ml, options).Fit(data);
        string zip = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, loader, zip);
        ITransformer loaded = _ml.Model.LoadWithDataLoader(zip, out IDataLoader<IMultiStreamSource> loadedLoader);
        Assert.Equal(Scores(model, data), Scores(loaded, loadedLoader.Load(new MultiFileSource(text))));
    }

    [Fact]
    public void A_file_that_is_cut_in_the_middle_is_refused()
    {
        (ITransformer model, IDataView data) = Train();
        byte[] whole = File.ReadAllBytes(Save(model, data));
        string cut = Path.Combine(_folder, "cut.zip");
        File.WriteAllBytes(cut, whole[..(whole.Length / 2)]);
        Exception exception = Innermost(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(cut, out _)));
        Assert.IsType<InvalidDataException>(exception);
        Assert.Contains("Central Directory", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.95)]
    public void A_model_that_is_cut_in_the_middle_within_a_whole_file_is_refused(double part)
    {
        (ITransformer model, IDataView data) = Train();
        string zip = Save(model, data);
        RewriteModel(zip, bytes => bytes[..(int)(bytes.Length * part)]);
        Exception exception = Innermost(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(zip, out _)));
        Assert.True(exception is InvalidDataException or FormatException or EndOfStreamException, exception.ToString());
    }

    [Fact]
    public void A_model_with_a_changed_weight_is_refused()
    {
        (ITransformer model, IDataView data) = Train();
        string zip = Save(model, data);
        RewriteModel(zip, bytes =>
        {
            bytes[bytes.Length / 2] ^= 1;
            return bytes;
        });
        Exception exception = Innermost(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(zip, out _)));
        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_a_changed_byte_anywhere_in_its_description_is_refused_as_damaged()
    {
        (ITransformer model, IDataView data) = Train();
        string zip = Save(model, data);
        int start = 0;
        RewriteModel(zip, bytes =>
        {
            start = bytes.AsSpan().IndexOf("\"Format\":2"u8) - 1;
            return bytes;
        });
        for (int offset = 0; offset < 400; offset += 7)
        {
            RewriteModel(zip, bytes => Flip(bytes, start + offset));
            Exception exception = Innermost(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(zip, out _)));
            Assert.Contains("The model is damaged", exception.Message, StringComparison.Ordinal);
            RewriteModel(zip, bytes => Flip(bytes, start + offset));
        }

        static byte[] Flip(byte[] bytes, int at)
        {
            bytes[at] ^= 1;
            return bytes;
        }
    }

    [Fact]
    public void A_model_of_a_newer_format_says_so()
    {
        (ITransformer model, IDataView data) = Train();
        string zip = Save(model, data);
        RewriteModel(zip, bytes =>
        {
            int at = bytes.AsSpan().IndexOf("\"Format\":2"u8);
            bytes[at + 9] = (byte)'7';
            return WithChecksum(bytes, at - 1);
        });
        Exception exception = Innermost(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(zip, out _)));
        Assert.Contains("format 7", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (ITransformer Model, IDataView Data) Train()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(80));
        return (Example.Pipeline(_ml).Fit(data), data);
    }

    private string Save(ITransformer model, IDataView data)
    {
        string path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, data.Schema, path);
        return path;
    }

    private static float[][] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score")];

    /// <summary>Changes the entry that holds the network.</summary>
    private static void RewriteModel(string zip, Func<byte[], byte[]> change)
    {
        using ZipArchive archive = ZipFile.Open(zip, ZipArchiveMode.Update);
        foreach (ZipArchiveEntry entry in archive.Entries.ToArray())
        {
            using var content = new MemoryStream();
            using (Stream stream = entry.Open())
                stream.CopyTo(content);
            if (content.ToArray().AsSpan().IndexOf("MLNRECUR"u8) < 0)
                continue;
            byte[] changed = change(content.ToArray());
            using Stream target = entry.Open();
            target.SetLength(0);
            target.Write(changed);
            return;
        }
        Assert.Fail("No entry of the file holds the network.");
    }

    /// <summary>Puts the checksum behind the description, which begins at <paramref name="start"/>, with its length before it.</summary>
    private static byte[] WithChecksum(byte[] bytes, int start)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start - sizeof(int)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(start + length), Crc32.HashToUInt32(bytes.AsSpan(start, length)));
        return bytes;
    }

    private static Exception Innermost(Exception exception) =>
        exception.InnerException is null ? exception : Innermost(exception.InnerException);
}
