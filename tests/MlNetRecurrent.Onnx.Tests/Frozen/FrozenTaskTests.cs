using System.Globalization;
using System.Runtime.Intrinsics.X86;
using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>
/// CRFs, labels of several values, several inputs, characters and weights of steps: files of a former version give the same outputs, and
/// the same trainings the same weights.
/// </summary>
public sealed class FrozenTaskTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Cases => [.. FrozenTasks.Names];

    /// <summary>
    /// Files that are read as before: also those of trainings whose weights have changed since, because sums of gradients have another
    /// order.
    /// </summary>
    public static TheoryData<string> CasesToRead => [.. FrozenTasks.Names, "task-characters-1"];

    [Theory]
    [MemberData(nameof(CasesToRead))]
    public void A_model_gives_the_same_outputs_bit_for_bit(string name) =>
        Bits.AssertSame(FrozenFolder.ReadLine("scores.txt", name), FrozenModelTests.OutputsOf(Load(name), FrozenTasks.Scored(_ml)));

    [Theory]
    [MemberData(nameof(CasesToRead))]
    public void An_ONNX_file_gives_the_same_scores_bit_for_bit(string name)
    {
        IDataView data = FrozenTasks.Scored(_ml);
        float[] expected = Scores(Load(name).Transform(data));
        IDataView applied = _ml.Transforms.ApplyRecurrentOnnx(FrozenFolder.PathOf(name + ".onnx")).Fit(data).Transform(data);
        Assert.All(expected.Zip(Scores(applied)), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
        RecurrentTransformer read = RecurrentModel.LoadOnnx(FrozenFolder.PathOf(name + ".onnx"));
        Bits.AssertSame(FrozenFolder.ReadLine("onnx.txt", name), FrozenModelTests.OutputsOf(read, data));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_is_written_as_the_same_graph_byte_for_byte(string name)
    {
        using var stream = new MemoryStream();
        Load(name).SaveAsOnnx(stream);
        ModelProto frozen = ModelProto.Parser.ParseFrom(File.ReadAllBytes(FrozenFolder.PathOf(name + ".onnx")));
        Assert.Equal(frozen.Graph.ToByteString(), ModelProto.Parser.ParseFrom(stream.ToArray()).Graph.ToByteString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_training_gives_the_same_weights_bit_for_bit(string name)
    {
        Assert.SkipUnless(Fma.IsSupported, "Without fused multiply-add the last bits differ.");
        Assert.Equal(FrozenFolder.ReadLine("trainings.txt", name), Summary(FrozenTasks.Train(_ml, name)));
    }

    /// <summary>Writes the files of cases that have none.</summary>
    [Fact(Explicit = true)]
    public void Freeze()
    {
        foreach (string name in FrozenTasks.Names)
        {
            if (File.Exists(FrozenFolder.PathOf(name + ".zip")))
                continue;
            RecurrentTransformer model = FrozenTasks.Train(_ml, name);
            IDataView data = FrozenTasks.Scored(_ml);
            _ml.Model.Save(model, data.Schema, FrozenFolder.PathOf(name + ".zip"));
            model.SaveAsOnnx(FrozenFolder.PathOf(name + ".onnx"));
            FrozenFolder.AddLine("scores.txt", name, Bits.Write(FrozenModelTests.OutputsOf(model, data)));
            FrozenFolder.AddLine("trainings.txt", name, Summary(model));
            RecurrentTransformer read = RecurrentModel.LoadOnnx(FrozenFolder.PathOf(name + ".onnx"));
            FrozenFolder.AddLine("onnx.txt", name, Bits.Write(FrozenModelTests.OutputsOf(read, data)));
        }
    }

    private RecurrentTransformer Load(string name) => (RecurrentTransformer)_ml.Model.Load(FrozenFolder.PathOf(name + ".zip"), out _);

    /// <summary>The loss of a training, and the hash of all outputs on many rows, in which a difference in any weight shows.</summary>
    private string Summary(RecurrentTransformer model) => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {model.Training.FinalLoss:R}, outputs {Bits.Hash(FrozenModelTests.OutputsOf(model, FrozenTasks.Scored(_ml, 300)))}");

    private static float[] Scores(IDataView scored) => [.. scored.GetColumn<float[]>("Score").SelectMany(row => row)];
}
