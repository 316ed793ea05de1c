using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Networks with several outputs in files.</summary>
public sealed class AdditionalOutputTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string FilePath => Path.Combine(_folder, "model.onnx");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_columns_come_out_of_the_file_as_they_come_out_of_the_network(bool isTagger)
    {
        RecurrentTransformer model = Train(isTagger);
        model.SaveAsOnnx(FilePath);
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(60, seed: 2));
        IDataView expected = model.Transform(data);
        ITransformer applied = _ml.Transforms.ApplyRecurrentOnnx(FilePath).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(applied, data.Schema, stream);
        stream.Position = 0;
        foreach (IDataView found in (IDataView[])[applied.Transform(data), new MLContext().Model.Load(stream, out _).Transform(data)])
        {
            DataViewSchema.Column[] added = [.. expected.Schema.Where(column => column.Index >= data.Schema.Count)];
            HashSet<string> before = [.. data.Schema.Select(column => column.Name)];
            Assert.Equal(
                added.Select(column => column.Name).Order(),
                found.Schema.Select(column => column.Name).Where(name => !before.Contains(name)).Order());
            foreach (DataViewSchema.Column column in added)
            {
                Assert.Equal(column.Type, found.Schema[column.Name].Type);
                Assert.Equal(SetOf(column), SetOf(found.Schema[column.Name]));
                Assert.All(Numbers(expected, column.Name).Zip(Numbers(found, column.Name)), rows =>
                    Assert.All(rows.First.Zip(rows.Second), pair =>
                        Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, Math.Abs(pair.First)))));
            }
        }
        Assert.Equal(4, expected.Schema.Select(SetOf).Where(set => set > 0).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OnnxRuntime_scores_batches_of_different_lengths_alike(bool isTagger)
    {
        RecurrentTransformer model = Train(isTagger);
        model.SaveAsOnnx(FilePath);
        SequenceRow[] rows = SequenceRow.Generate(20, seed: 3);
        double[][] expected = Numbers(model.Transform(_ml.Data.LoadFromEnumerable(rows)), "Answer.Probability");
        int[] lengths = [.. rows.Select(row => row.Tokens.Length)];
        foreach (SequenceRow row in rows)
        {
            row.Features = [.. row.Features, .. Enumerable.Repeat(7f, (15 - row.Tokens.Length) * SequenceRow.FeaturesOfAStep)];
            row.Tokens = [.. row.Tokens, .. new uint[15 - row.Tokens.Length]];
        }
        using var session = new OnnxSession(FilePath, "Features");
        float[] found = session.Run<float>(rows, "Answer.Probability", lengths);
        for (int i = 0; i < rows.Length; i++)
            Assert.Equal(expected[i][0], found[i], 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_loaded_scores_the_same_bits_and_goes_on_to_be_saved(bool isTagger)
    {
        RecurrentTransformer model = Train(isTagger);
        model.SaveAsOnnx(FilePath);
        RecurrentTransformer loaded = RecurrentModel.LoadOnnx(FilePath);
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(30, seed: 3));
        foreach (DataViewSchema.Column column in model.Transform(data).Schema.Skip(data.Schema.Count))
            Assert.Equal(Numbers(model.Transform(data), column.Name), Numbers(loaded.Transform(data), column.Name));
        byte[] bytes = File.ReadAllBytes(FilePath);
        loaded.SaveAsOnnx(FilePath);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void The_names_of_an_outputs_classes_come_out_of_the_file_of_a_pipeline()
    {
        IDataView names = _ml.Data.LoadFromEnumerable(((string[])["a", "b", "c"]).Select(name => new { Kind = name }));
        IDataView data = _ml.Data.LoadFromEnumerable(
            SequenceRow.Generate(60, seed: 1).Select(
                row => new Named { Features = row.Features, Value = row.Value, Kind = row.Answer ? "a" : "c" }));
        var options = new RecurrentOptions
        {
            LabelColumnName = "Value",
            AdditionalOutputs = [new("Kind", OutputTask.MulticlassClassification)],
            Layers = [new GruLayer(6)],
            NumberOfEpochs = 2,
            Seed = 1,
        };
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Kind", keyData: names)
            .Append(_ml.Regression.Trainers.Recurrent(options))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Name", "Kind.PredictedLabel"))
            .Fit(data);
        model.SaveAsOnnx(data.Schema, FilePath);
        IDataView applied = _ml.Transforms.ApplyOnnxModel(["Name"], ["Features"], FilePath).Fit(data).Transform(data);
        string[] expected = [.. model.Transform(data).GetColumn<ReadOnlyMemory<char>>("Name").Select(name => name.ToString())];
        Assert.Equal(expected, applied.GetColumn<ReadOnlyMemory<char>[]>("Name").Select(name => Assert.Single(name).ToString()));
        using var session = new OnnxSession(FilePath, "Features");
        Assert.Equal("[\"a\",\"b\",\"c\"]", session.Metadata["labels of Kind"]);
    }

    [Fact]
    public void A_column_that_is_read_cannot_have_the_name_of_an_output()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(20, seed: 1));
        data = _ml.Transforms.CopyColumns("Answer.Score", "Features").Fit(data).Transform(data);
        RecurrentOptions options = Options(isTagger: false);
        options.FeatureColumnName = "Answer.Score";
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(options).Fit(data);
        string message = Assert.Throws<InvalidOperationException>(() => model.SaveAsOnnx(FilePath)).Message;
        Assert.Contains("The feature column is named 'Answer.Score', as another input or output", message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RecurrentTransformer Train(bool isTagger)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(60, seed: 1));
        return isTagger
            ? _ml.MulticlassClassification.Trainers.SequenceTagger(Options(isTagger)).Fit(data)
            : _ml.Regression.Trainers.Recurrent(Options(isTagger)).Fit(data);
    }

    private static RecurrentOptions Options(bool isTagger) => new()
    {
        LabelColumnName = isTagger ? "Tags" : "Value",
        AdditionalOutputs =
        [
            new("Answer", OutputTask.BinaryClassification), new("Class", OutputTask.MulticlassClassification),
            new(isTagger ? "StepValues" : "Values", OutputTask.Regression) { Name = "Further" },
        ],
        UseCrf = isTagger,
        Layers = [new GruLayer(6) { Bidirectional = true }],
        NumberOfEpochs = 3,
        LearningRate = 0.05f,
        Seed = 1,
    };

    private static uint SetOf(DataViewSchema.Column column)
    {
        uint set = 0;
        if (column.Annotations.Schema.GetColumnOrNull("ScoreColumnSetId") is not null)
            column.Annotations.GetValue("ScoreColumnSetId", ref set);
        return set;
    }

    /// <summary>The values of a column as numbers.</summary>
    private static double[][] Numbers(IDataView view, string column)
    {
        return view.Schema[column].Type switch
        {
            VectorDataViewType { ItemType: KeyDataViewType } => Convert<uint[]>(row => Array.ConvertAll(row, value => (double)value)),
            VectorDataViewType { ItemType: BooleanDataViewType } => Convert<bool[]>(row => Array.ConvertAll(row, value => value ? 1.0 : 0)),
            VectorDataViewType => Convert<float[]>(row => Array.ConvertAll(row, value => (double)value)),
            KeyDataViewType => Convert<uint>(value => [value]),
            BooleanDataViewType => Convert<bool>(value => [value ? 1 : 0]),
            _ => Convert<float>(value => [value]),
        };

        double[][] Convert<T>(Func<T, double[]> convert) => [.. view.GetColumn<T>(column).Select(convert)];
    }

    private sealed class Named
    {
        [VectorType(0, SequenceRow.FeaturesOfAStep)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }

        public string Kind { get; set; } = "";
    }
}
