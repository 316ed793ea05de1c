using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A simple recurrent cell with tanh.</summary>
internal sealed record ElmanDefinition(int Size) : RecurrentLayerDefinition(Size, "Elman", Gates: 1)
{
    [JsonIgnore]
    public override bool HasGates => false;

    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new ElmanCell<L, T, Tanh<L, T>>(inputSize, Size);
}

/// <summary>A simple recurrent cell with a rectifier.</summary>
internal sealed record ElmanRectifierDefinition(int Size) : RecurrentLayerDefinition(Size, "ElmanRectifier", Gates: 1)
{
    [JsonIgnore]
    public override bool HasGates => false;

    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new ElmanCell<L, T, Rectifier<L, T>>(inputSize, Size);
}
