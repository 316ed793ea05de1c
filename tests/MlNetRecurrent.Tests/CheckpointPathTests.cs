using System.Diagnostics;
using Microsoft.ML;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Tests;

/// <summary>A checkpoint touches no file but its own, and a path that can never be written is an error before the training.</summary>
public sealed class CheckpointPathTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string CheckpointPath => Path.Combine(_folder, "yarn");

    [Fact]
    public void Files_beside_it_whose_names_begin_like_its_own_stay_as_they_are()
    {
        string[] names = ["yarn.lock", "yarn.writing", "yarn.tmp", "yarn~", ".yarn", "package.json"];
        foreach (string name in names)
            File.WriteAllText(Path.Combine(_folder, name), name);
        File.CreateSymbolicLink(Path.Combine(_folder, "yarn.link"), Path.Combine(_folder, "yarn.lock"));
        Fit();
        Assert.Equal([.. names.Append("yarn").Append("yarn.link").Order()], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        Assert.All(names, name => Assert.Equal(name, File.ReadAllText(Path.Combine(_folder, name))));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(248)]
    [InlineData(255)]
    public void A_name_may_be_as_long_as_the_file_system_allows(int length)
    {
        string path = Path.Combine(_folder, new string('c', length));
        List<string> log = Fit(path);
        Assert.Equal([path], Directory.GetFiles(_folder));
        Assert.DoesNotContain(log, line => line.Contains("could not be written", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_vanishes_in_the_course_of_the_training_does_not_take_the_model_with_it()
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "gone")).FullName, "checkpoint");
        List<string> log = Fit(path, progress: progress =>
        {
            if (progress is { IsEpochDone: true, Epoch: 1 })
                Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        });
        Assert.Contains(log, line => line.EndsWith("(RecurrentWarning.CheckpointNotWritten)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_is_too_long_is_an_error_before_the_data_is_read()
    {
        bool isRead = false;
        IEnumerable<Example> Rows()
        {
            isRead = true;
            return Example.Generate(10);
        }
        string path = Path.Combine(_folder, new string('c', 256));
        string message = Assert.Throws<IOException>(() => Fit(path, new Anew(Rows))).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", message, StringComparison.Ordinal);
        Assert.False(isRead);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs a folder that nobody can write.");
        string message = Assert.Throws<IOException>(() => Fit("/proc/self/training.ckpt")).Message;
        Assert.Contains("cannot be written", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("empty")]
    [InlineData("link to a pipe")]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/full")]
    public void A_pipe_or_a_device_or_an_empty_file_is_refused_at_once_and_stays_what_it_is(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs pipes and devices.");
        string path = kind[0] == '/' ? kind : CheckpointPath;
        if (kind == "empty")
            File.WriteAllBytes(path, []);
        if (kind == "pipe")
            MakePipe(path);
        if (kind == "link to a pipe")
        {
            MakePipe(path + ".pipe");
            File.CreateSymbolicLink(path, path + ".pipe");
        }
        string message = Assert.Throws<InvalidDataException>(() => Fit(path)).Message;
        Assert.Contains("no checkpoint of a training, but an empty file, a pipe or a device", message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        Assert.Equal(0, new FileInfo(kind == "link to a pipe" ? path + ".pipe" : path).Length);
    }

    [Fact]
    public void A_link_is_followed_to_what_it_points_to_even_where_that_is_not_there_yet()
    {
        string target = Path.Combine(_folder, "target");
        File.CreateSymbolicLink(CheckpointPath, target);
        Fit();
        Assert.Equal(target, new FileInfo(CheckpointPath).LinkTarget);
        Assert.Equal(CheckpointKind.Checkpoint, CheckpointContent.Of(target));
        Assert.Contains(Fit(), line => line.Contains("is over", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("temporary")]
    public void A_file_of_another_that_has_a_name_of_the_librarys_own_is_named_and_left_alone(string which)
    {
        var names = new CheckpointNames(CheckpointPath);
        string path = which == "lock" ? names.Lock : names.Temporary;
        File.WriteAllText(path, "This is something else.");
        Assert.Contains(path, Assert.Throws<IOException>(() => Fit()).Message, StringComparison.Ordinal);
        Assert.Equal("This is something else.", File.ReadAllText(path));
        File.Delete(path);
        string target = Path.Combine(_folder, "target");
        File.WriteAllText(target, "");
        File.CreateSymbolicLink(path, target);
        Assert.Throws<IOException>(() => Fit());
        Assert.True(File.Exists(target));
        File.Delete(path);
        Directory.CreateDirectory(path);
        Assert.Throws<IOException>(() => Fit());
        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void A_pipe_that_has_the_name_of_the_lock_does_not_wait_for_its_other_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs a pipe.");
        string path = new CheckpointNames(CheckpointPath).Lock;
        MakePipe(path);
        Assert.Contains(path, Assert.Throws<IOException>(() => Fit()).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MLNRTRY\n")]
    [InlineData("MLNRCKPT and a part of a checkpoint")]
    public void What_a_killed_training_leaves_behind_does_not_stop_the_next_one_and_is_gone_after_it(string unfinished)
    {
        var names = new CheckpointNames(CheckpointPath);
        File.WriteAllText(names.Lock, "");
        File.WriteAllText(names.Temporary, unfinished);
        if (unfinished == "MLNRTRY\n")
            File.WriteAllText(CheckpointPath, unfinished);
        Fit();
        Assert.Equal([CheckpointPath], Directory.GetFiles(_folder));
        Assert.Equal(CheckpointKind.Checkpoint, CheckpointContent.Of(CheckpointPath));
    }

    [Fact]
    public void A_file_that_took_its_place_in_the_course_of_the_training_is_not_overwritten()
    {
        List<string> log = Fit(CheckpointPath, progress: progress =>
        {
            if (progress is { IsEpochDone: true, Epoch: 1 })
                File.WriteAllText(CheckpointPath, "This is something else.");
        });
        Assert.Equal("This is something else.", File.ReadAllText(CheckpointPath));
        Assert.Equal([CheckpointPath], Directory.GetFiles(_folder));
        Assert.Contains(log, line => line.Contains("could not be written", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing/training.ckpt")]
    [InlineData("training.ckpt/")]
    public void A_folder_that_is_missing_is_an_error(string path) =>
        Assert.Throws<DirectoryNotFoundException>(() => Fit(Path.Combine(_folder, path)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void MakePipe(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>The log of a training that is kept in a file.</summary>
    private List<string> Fit(string? path = null, IEnumerable<Example>? rows = null, Action<TrainingProgress>? progress = null)
    {
        var log = new List<string>();
        void Write(object? sender, LoggingEventArgs message) => log.Add(message.Message);
        _ml.Log += Write;
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 2;
        options.CheckpointPath = path ?? CheckpointPath;
        options.Progress = new SynchronousProgress(progress ?? (_ => { }));
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(20));
        ITransformer keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data);
        _ml.MulticlassClassification.Trainers.Recurrent(options)
            .Fit(keys.Transform(rows is null ? data : _ml.Data.LoadFromEnumerable(rows)));
        _ml.Log -= Write;
        return log;
    }
}
