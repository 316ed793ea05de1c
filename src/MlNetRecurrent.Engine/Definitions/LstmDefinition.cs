using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Long short-term memory.</summary>
internal sealed record LstmDefinition(int Size) : LayerDefinition(Size)
{
    public const string Name = "Lstm";

    [JsonIgnore]
    public override string Kind => Name;

    [JsonIgnore]
    public override int Gates => 4;

    protected override Recurrence<L, T> CreateOneWay<L, T>(int inputSize) => new LstmRecurrence<L, T>(inputSize, Size);
}
