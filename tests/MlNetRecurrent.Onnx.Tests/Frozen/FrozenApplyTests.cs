using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>Pipelines with an ONNX file that a former version saved give the same scores.</summary>
public sealed class FrozenApplyTests
{
    private const string Name = "apply-several";

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_pipeline_gives_the_same_scores()
    {
        ITransformer applied = _ml.Model.Load(FrozenFolder.PathOf(Name + ".zip"), out _);
        float[] expected = Bits.Read(FrozenFolder.ReadLine("apply.txt", Name));
        float[] found = [.. applied.Transform(TableRow.Load(_ml)).GetColumn<float>("Score")];
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
    }

    /// <summary>Writes the pipeline that is not there.</summary>
    [Fact(Explicit = true)]
    public void Freeze()
    {
        string path = FrozenFolder.PathOf(Name + ".zip"), onnx = Path.GetTempFileName();
        if (File.Exists(path))
            return;
        IDataView data = TableRow.Load(_ml);
        var options = new RecurrentOptions
        {
            LabelColumnName = "B",
            FeatureColumnNames = ["Steps", "Keys"],
            StaticColumnNames = ["Key", "Numbers", "A"],
            Layers = [new GruLayer(3)],
            NumberOfEpochs = 2,
            Seed = 1,
        };
        _ml.Regression.Trainers.Recurrent(options).Fit(data).SaveAsOnnx(onnx);
        ITransformer applied = _ml.Transforms.ApplyRecurrentOnnx(onnx).Fit(data);
        FrozenFolder.AddLine("apply.txt", Name, Bits.Write(applied.Transform(data).GetColumn<float>("Score")));
        _ml.Model.Save(applied, data.Schema, path);
        File.Delete(onnx);
    }
}
