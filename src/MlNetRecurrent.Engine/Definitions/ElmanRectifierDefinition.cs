using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Cells;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A simple recurrent cell with a rectifier.</summary>
internal sealed record ElmanRectifierDefinition(int Size) : LayerDefinition(Size)
{
    public const string Name = "ElmanRectifier";

    [JsonIgnore]
    public override string Kind => Name;

    [JsonIgnore]
    public override int Gates => 1;

    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new ElmanCell<L, T, Rectifier<L, T>>(inputSize, Size);
}
