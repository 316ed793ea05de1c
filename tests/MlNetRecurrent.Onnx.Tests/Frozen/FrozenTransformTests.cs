using System.IO.Compression;
using Microsoft.ML;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>Transforms that the version before the redesign saved give the same rows.</summary>
public sealed class FrozenTransformTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static readonly Dictionary<string, Func<TransformsCatalog, IEstimator<ITransformer>>> _transforms = new()
    {
        ["window"] = catalog => catalog.SlidingWindow("Window", ["A", "B"], windowSize: 3),
        ["windowOptions"] = catalog => catalog.SlidingWindow(new SlidingWindowOptions
        {
            OutputColumnName = "Window",
            InputColumnNames = ["A", "Numbers"],
            WindowSize = 4,
            Stride = 2,
            Horizon = 1,
            GroupColumnName = "Group",
            OrderColumnName = "Time",
            Start = WindowStart.Pad,
            MissingGroups = MissingRowAction.Drop,
            AllowOrderTies = true,
            StrideInTrainingOnly = true,
        }),
        ["windowInterval"] = catalog => catalog.SlidingWindow(new SlidingWindowOptions
        {
            OutputColumnName = "Window",
            InputColumnNames = ["B"],
            WindowSize = 2,
            OrderColumnName = "Number",
            OrderInterval = 2,
        }),
        ["groups"] = catalog => catalog.GroupIntoSequences("Group", "Number", ["A", "Numbers", "Key"], ["Name"]),
        ["groupOptions"] = catalog => catalog.GroupIntoSequences(new GroupIntoSequencesOptions
        {
            GroupColumnName = "Group",
            OrderColumnName = "Time",
            SequenceColumnNames = ["A", "Name", "B"],
            ScalarColumnNames = ["Key"],
            CheckOrder = true,
            AllowOrderTies = true,
            GroupsAreContiguous = true,
        }),
        ["differences"] = catalog => catalog.Differences("Out", "Steps", lag: 2),
        ["lags"] = catalog => catalog.LagFeatures("Out", [1, 3], "Steps"),
        ["normalized"] = catalog => catalog.NormalizeSequence("Out", "Steps"),
        ["normalizedMinMax"] = catalog => catalog.NormalizeSequence("Out", "Steps", SequenceNormalization.MinMax),
        ["padded"] = catalog => catalog.PadOrTruncate("Out", 4, "Steps", atStart: false, value: -1),
        ["characters"] = catalog => catalog.TokenizeIntoCharacters("Out", "Name", maximumNumberOfKeys: 6),
        ["zipped"] = catalog => catalog.ZipSteps("Out", ["Steps", "Keys"]),
        ["zippedNumbers"] = catalog => catalog.ZipSteps("Out", ["Keys", "Steps"], oneHotKeys: false),
    };

    public static TheoryData<string> Names => [.. _transforms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transform_gives_the_same_rows(string name)
    {
        ITransformer transform = _ml.Model.Load(FrozenFolder.PathOf($"transform-{name}.zip"), out _);
        Assert.Equal(FrozenFolder.ReadLine("transforms.txt", name), Output(transform));
        IDataView data = TableRow.Load(_ml);
        Assert.Equal(Output(_transforms[name](_ml.Transforms).Fit(data)), Output(transform));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transform_is_written_as_it_was(string name)
    {
        IDataView data = TableRow.Load(_ml);
        using var file = new MemoryStream();
        _ml.Model.Save(_transforms[name](_ml.Transforms).Fit(data), data.Schema, file);
        using FileStream frozen = File.OpenRead(FrozenFolder.PathOf($"transform-{name}.zip"));
        Assert.Equal(Entries(frozen), Entries(file));
    }

    /// <summary>Writes the transforms that are not there.</summary>
    [Fact(Explicit = true)]
    public void Freeze()
    {
        foreach ((string name, Func<TransformsCatalog, IEstimator<ITransformer>> make) in _transforms)
        {
            string path = FrozenFolder.PathOf($"transform-{name}.zip");
            if (File.Exists(path))
                continue;
            IDataView data = TableRow.Load(_ml);
            ITransformer transform = make(_ml.Transforms).Fit(data);
            FrozenFolder.AddLine("transforms.txt", name, Output(transform));
            _ml.Model.Save(transform, data.Schema, path);
        }
    }

    /// <summary>The entries of a model file that are this library's, by their names.</summary>
    private static Dictionary<string, string> Entries(Stream file)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read);
        var entries = new Dictionary<string, string>();
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            if (bytes.ToArray().AsSpan().IndexOf("MLNR"u8) >= 0)
                entries.Add(entry.FullName, Convert.ToHexString(bytes.ToArray()));
        }
        Assert.NotEmpty(entries);
        return entries;
    }

    /// <summary>The types and the values of all columns that the transform adds.</summary>
    private string Output(ITransformer transform)
    {
        IDataView data = TableRow.Load(_ml);
        DataViewSchema before = data.Schema, after = transform.GetOutputSchema(before);
        return ViewText.Of(
            transform.Transform(data),
            added => before.GetColumnOrNull(added) is null || before[added].Type != after[added].Type);
    }
}
