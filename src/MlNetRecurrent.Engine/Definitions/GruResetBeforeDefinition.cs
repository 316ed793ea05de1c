using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A gated recurrent unit whose reset gate acts before the recurrent product.</summary>
internal sealed record GruResetBeforeDefinition(int Size) : LayerDefinition(Size)
{
    public const string Name = "GruResetBefore";

    [JsonIgnore]
    public override string Kind => Name;

    [JsonIgnore]
    public override int Gates => 3;

    protected override Recurrence<L, T> CreateOneWay<L, T>(int inputSize) => new GruResetBeforeRecurrence<L, T>(inputSize, Size);
}
