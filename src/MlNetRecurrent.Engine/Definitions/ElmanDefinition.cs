using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Cells;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A simple recurrent cell with tanh.</summary>
internal sealed record ElmanDefinition(int Size) : LayerDefinition(Size)
{
    [JsonIgnore]
    public override string Kind => "Elman";

    [JsonIgnore]
    public override int Gates => 1;

    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new ElmanCell<L, T, Tanh<L, T>>(inputSize, Size);
}
