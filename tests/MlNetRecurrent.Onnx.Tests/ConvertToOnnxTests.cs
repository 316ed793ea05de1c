using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>ML.NET's own export, which knows nothing of this library's transformers, and must not leave them out in silence.</summary>
public sealed class ConvertToOnnxTests
{
    private const string Network = "a recurrent network";

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Each transformer of the library, and the name by which the refusal calls it.</summary>
    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> _components = new()
    {
        [Network] = ml => ml.Regression.Trainers.Gru("Value", hiddenSize: 2, numberOfEpochs: 1),
        ["SlidingWindow"] = ml => ml.Transforms.SlidingWindow("Window", ["Value"], windowSize: 2),
        ["GroupIntoSequences"] = ml => ml.Transforms.GroupIntoSequences("Group", null, ["Value"], ["Features"]),
        ["ZipSteps"] = ml => ml.Transforms.ZipSteps("Out", ["Features", "Features"]),
        ["NormalizeSequence"] = ml => ml.Transforms.NormalizeSequence("Out", "Features"),
        ["PadOrTruncate"] = ml => ml.Transforms.PadOrTruncate("Out", 4, "Features"),
        ["Differences"] = ml => ml.Transforms.Differences("Out", "Features"),
        ["LagFeatures"] = ml => ml.Transforms.LagFeatures("Out", [0, 1], "Features"),
        ["TokenizeIntoCharacters"] = ml => ml.Transforms.TokenizeIntoCharacters("Out", "Text"),
    };

    private static readonly string[] _places = ["alone", "first", "last", "in the middle", "nested", "loaded"];

    public static TheoryData<string, string> Places =>
        [.. _components.Keys.SelectMany(component => _places.Select(place => (component, place)))];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_chain_with_a_transformer_of_this_library_is_refused_with_the_name_of_the_method_that_can(string component, string place)
    {
        IDataView data = Data();
        IEstimator<ITransformer> one = _components[component](_ml);
        IEstimator<ITransformer> before = _ml.Transforms.CopyColumns("First", "Features");
        IEstimator<ITransformer> after = _ml.Transforms.CopyColumns("Last", "Features");
        IEstimator<ITransformer> estimator = place switch
        {
            "first" => one.Append(after),
            "last" => before.Append(one),
            "in the middle" or "loaded" => before.Append(one).Append(after),
            "nested" => before.Append(before.Append(one)).Append(after.Append(after)),
            _ => one,
        };
        ITransformer fitted = estimator.Fit(data), model = place == "loaded" ? SavedAndLoaded(fitted, data.Schema) : fitted;
        AssertRefused(component, stream => _ml.Model.ConvertToOnnx(model, data, stream));
    }

    [Fact]
    public void Every_way_to_call_it_refuses_also_where_only_columns_of_the_data_are_to_be_kept()
    {
        IDataView data = Data();
        ITransformer model = _components[Network](_ml).Append(_ml.Transforms.CopyColumns("Last", "Features")).Fit(data);
        AssertRefused(Network, stream => _ml.Model.ConvertToOnnx(model, data, stream, "Value"));
        AssertRefused(Network, stream => _ml.Model.ConvertToOnnx(model, data, 12, stream));
    }

    [Fact]
    public void A_network_of_an_ONNX_file_is_refused_as_well()
    {
        IDataView data = Data();
        using var file = new MemoryStream();
        ((RecurrentTransformer)_components[Network](_ml).Fit(data)).SaveAsOnnx(file);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, file.ToArray());
        try
        {
            ITransformer model = _ml.Transforms.ApplyRecurrentOnnx(path).Fit(data);
            Assert.Throws<InvalidOperationException>(() => _ml.Model.ConvertToOnnx(model, data, Stream.Null));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_model_of_ML_NET_on_windows_that_were_cut_before_is_converted_from_cached_windows()
    {
        IDataView windows = _components["SlidingWindow"](_ml).Fit(Data()).Transform(Data());
        ITransformer model = _ml.Transforms.NormalizeMinMax("Scaled", "Window").Fit(windows);
        AssertRefused("SlidingWindow", stream => _ml.Model.ConvertToOnnx(model, windows, stream));
        using var file = new MemoryStream();
        _ml.Model.ConvertToOnnx(model, _ml.Data.Cache(windows), file, "Scaled");
        Assert.True(file.Length > 0);
    }

    [Fact]
    public void A_chain_without_a_transformer_of_this_library_is_converted_as_ever()
    {
        IDataView data = Data();
        using var file = new MemoryStream();
        _ml.Model.ConvertToOnnx(_ml.Transforms.NormalizeMinMax("Scaled", "Features").Fit(data), data, file, "Scaled");
        Assert.True(file.Length > 0);
    }

    private static void AssertRefused(string component, Action<Stream> convert)
    {
        using var file = new MemoryStream();
        string message = Assert.Throws<InvalidOperationException>(() => convert(file)).Message;
        string expected = $"ML.NET's ConvertToOnnx cannot convert {component}. SaveAsOnnx of the package MlNetRecurrent.Onnx";
        Assert.StartsWith(expected, message, StringComparison.Ordinal);
        Assert.Equal(0, file.Length);
    }

    private IDataView Data()
    {
        var random = new Random(1);
        float[] Features() => [.. Enumerable.Range(0, 6).Select(_ => random.NextSingle())];
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40)
            .Select(i => new Row { Group = i / 4, Value = random.NextSingle(), Features = Features() }).ToArray());
    }

    private ITransformer SavedAndLoaded(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return _ml.Model.Load(stream, out _);
    }

    private sealed class Row
    {
        public float Group { get; set; }

        public float Value { get; set; }

        public string Text { get; set; } = "abc";

        [VectorType(3, 2)]
        public float[] Features { get; set; } = [];
    }
}
