namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Long short-term memory.</summary>
internal sealed record LstmDefinition(int Size) : RecurrentLayerDefinition(Size, "Lstm", Gates: 4)
{
    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new LstmCell<L, T>(inputSize, Size);
}
