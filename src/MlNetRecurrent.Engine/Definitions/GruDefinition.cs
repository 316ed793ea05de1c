using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Cells;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A gated recurrent unit whose reset gate acts after the recurrent product.</summary>
internal sealed record GruDefinition(int Size) : LayerDefinition(Size)
{
    [JsonIgnore]
    public override string Kind => "Gru";

    [JsonIgnore]
    public override int Gates => 3;

    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new GruCell<L, T>(inputSize, Size);
}
