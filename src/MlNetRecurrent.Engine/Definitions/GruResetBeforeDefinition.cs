using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Cells;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A gated recurrent unit whose reset gate acts before the recurrent product.</summary>
internal sealed record GruResetBeforeDefinition(int Size) : LayerDefinition(Size)
{
    [JsonIgnore]
    public override string Kind => "GruResetBefore";

    [JsonIgnore]
    public override int Gates => 3;

    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new GruResetBeforeCell<L, T>(inputSize, Size);
}
