using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Cells;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A simple recurrent cell with a rectifier.</summary>
internal sealed record ElmanRectifierDefinition(int Size) : LayerDefinition(Size)
{
    [JsonIgnore]
    public override string Kind => "ElmanRectifier";

    [JsonIgnore]
    public override int Gates => 1;

    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new ElmanCell<L, T, Rectifier<L, T>>(inputSize, Size);
}
