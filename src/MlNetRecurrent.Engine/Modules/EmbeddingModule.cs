namespace MlNetRecurrent.Engine.Modules;

/// <summary>A learned vector for each token: row k of a table. Token 0 is the unknown one.</summary>
internal sealed unsafe class EmbeddingModule<L, T>(int tokens, int size) : TokenModule<L, T>(size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override nint ParameterCount => checked((nint)tokens * Stride);

    public override IEnumerable<ParameterTensor> Tensors =>
        [new("weight", tokens, Size, (row, column) => (nint)row * Stride + column)];

    protected override void Forward(ReadOnlySpan<int> tokens, int row) => Buffer.MemoryCopy(
        Parameters + (nint)tokens[row] * Stride, Outputs.Row(row), Stride * sizeof(T), Stride * sizeof(T));

    /// <summary>The slice is one of tokens.</summary>
    public override void AccumulateGradients(ReadOnlySpan<int> tokens, WorkSlice slice)
    {
        for (int row = 0; row < tokens.Length; row++)
        {
            int token = tokens[row];
            if (token % slice.Count == slice.Index)
                FlatVector<L, T>.Add(OutputGradient.Row(row), Gradients + (nint)token * Stride, Stride);
        }
    }
}
