using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A simple recurrent cell with a rectifier.</summary>
internal sealed record ElmanRectifierDefinition(int Size) : LayerDefinition(Size)
{
    public const string Name = "ElmanRectifier";

    [JsonIgnore]
    public override string Kind => Name;

    [JsonIgnore]
    public override int Gates => 1;

    protected override Recurrence<L, T> CreateOneWay<L, T>(int inputSize) => new ElmanRecurrence<L, T, Rectifier<L, T>>(inputSize, Size);
}
