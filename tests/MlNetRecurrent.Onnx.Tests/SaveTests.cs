using System.Diagnostics;
using Microsoft.ML;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Where files are written to, and what happens where they cannot be.</summary>
public sealed class SaveTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void Of_a_link_the_file_that_it_points_to_is_written()
    {
        string file = Path.Combine(_folder, "model.onnx"), link = Path.Combine(_folder, "link"), second = Path.Combine(_folder, "second");
        File.CreateSymbolicLink(link, "model.onnx");
        File.CreateSymbolicLink(second, link);
        Train().SaveAsOnnx(second);
        Assert.Equal("model.onnx", new FileInfo(link).LinkTarget);
        Assert.Equal(link, new FileInfo(second).LinkTarget);
        Assert.Null(new FileInfo(file).LinkTarget);
        RecurrentModel.LoadOnnx(file);
        Assert.Equal(3, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public void A_folder_a_pipe_and_a_device_are_refused_and_stay()
    {
        RecurrentTransformer model = Train();
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => model.SaveAsOnnx(_folder)).Message, StringComparison.Ordinal);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes and devices of this kind.");
        string pipe = Path.Combine(_folder, "pipe"), link = Path.Combine(_folder, "link");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        File.CreateSymbolicLink(link, pipe);
        foreach (string path in (string[])[pipe, link, "/dev/null", "/dev/zero"])
        {
            var exception = Assert.Throws<IOException>(() => model.SaveAsOnnx(path));
            Assert.Contains($"'{path}' is a pipe or a device", exception.Message, StringComparison.Ordinal);
        }
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public void A_file_keeps_its_place_and_its_rights_and_the_longest_name_will_do()
    {
        string path = Path.Combine(_folder, new string('n', 250) + ".nnx");
        File.WriteAllText(path, "before");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Train().SaveAsOnnx(path);
        RecurrentModel.LoadOnnx(path);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_file_stays_when_the_model_cannot_be_written()
    {
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllText(path, "before");
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(30, seed: 1));
        IDataView named = _ml.Transforms.CopyColumns("lengths", "Features").Fit(data).Transform(data);
        RecurrentTransformer model = _ml.Regression.Trainers.Gru("Value", "lengths", hiddenSize: 4, numberOfEpochs: 1).Fit(named);
        Assert.Throws<InvalidOperationException>(() => model.SaveAsOnnx(path));
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void More_than_a_file_can_hold_is_refused_before_anything_is_written()
    {
        ModelProto file = ForeignFiles.All["Keras LSTM"];
        long bytes = file.Graph.Initializer.Sum(tensor => tensor.RawData.Length);
        using var stream = new MemoryStream();
        string message = Assert.Throws<InvalidOperationException>(() => OnnxFile.Write(file, stream, bytes - 1)).Message;
        Assert.Contains($"takes {bytes:N0} bytes; an ONNX file can hold {bytes - 1:N0}", message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
        OnnxFile.Write(file, stream, bytes);
        Assert.True(stream.Length > bytes);
        // 2 GiB of weights are refused before the graph is made.
        Assert.Throws<InvalidOperationException>(() => OnnxFile.ThrowIfTooLarge(1L << 31));
        OnnxFile.ThrowIfTooLarge(1L << 30);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RecurrentTransformer Train() =>
        _ml.Regression.Trainers.Gru("Value", hiddenSize: 4, numberOfEpochs: 1)
            .Fit(_ml.Data.LoadFromEnumerable(SequenceRow.Generate(30, seed: 1)));
}
