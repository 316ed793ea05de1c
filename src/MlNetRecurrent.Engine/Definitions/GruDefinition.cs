namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A gated recurrent unit whose reset gate acts after the recurrent product.</summary>
internal sealed record GruDefinition(int Size) : RecurrentLayerDefinition(Size, "Gru", Gates: 3)
{
    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new GruCell<L, T>(inputSize, Size);
}

/// <summary>A gated recurrent unit whose reset gate acts before the recurrent product.</summary>
internal sealed record GruResetBeforeDefinition(int Size) : RecurrentLayerDefinition(Size, "GruResetBefore", Gates: 3)
{
    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new GruResetBeforeCell<L, T>(inputSize, Size);
}
