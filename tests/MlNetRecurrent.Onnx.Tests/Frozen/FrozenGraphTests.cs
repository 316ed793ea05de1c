using Google.Protobuf;
using Microsoft.ML;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>Models are written to ONNX as they were by the version before the redesign.</summary>
public sealed class FrozenGraphTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string, string> Cases => [.. FrozenNetworks.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_is_written_as_the_same_graph_byte_for_byte(string network, string task, string column)
    {
        string name = FrozenNetworks.NameOf(network, task, column);
        var model = (RecurrentTransformer)_ml.Model.Load(FrozenFolder.PathOf(name + ".zip"), out _);
        using var stream = new MemoryStream();
        model.SaveAsOnnx(stream);
        ModelProto written = ModelProto.Parser.ParseFrom(stream.ToArray());
        // The version of the producer and the description of the model change from version to version.
        ModelProto frozen = ModelProto.Parser.ParseFrom(File.ReadAllBytes(FrozenFolder.PathOf(name + ".onnx")));
        Assert.Equal(frozen.Graph.ToByteString(), written.Graph.ToByteString());
        Assert.Equal(frozen.OpsetImport, written.OpsetImport);
    }
}
