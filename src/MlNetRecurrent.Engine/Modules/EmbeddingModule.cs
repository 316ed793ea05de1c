namespace MlNetRecurrent.Engine.Modules;

/// <summary>A learned vector for each token: row k of a table. Token 0 is the unknown one.</summary>
internal sealed unsafe class EmbeddingModule<L, T>(int tokens, int size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _stride = Block.Pad(size);
    private BatchShape _shape = BatchShape.Empty;
    private T* _table;
    private T* _gradients;

    public nint ParameterCount => checked((nint)tokens * _stride);

    public IEnumerable<ParameterTensor> Tensors => [new("weight", tokens, size, (row, column) => (nint)row * _stride + column)];

    /// <summary>The vectors of the batch's tokens [Rows, size].</summary>
    public RowMatrix<T> Outputs { get; private set; }

    /// <summary>Where the layer above puts the gradient of <see cref="Outputs"/>.</summary>
    public RowMatrix<T> OutputGradient { get; private set; }

    /// <summary>A layer with the same weights and gradients, which still has to be given buffers of its own.</summary>
    public EmbeddingModule<L, T> Replicate() => (EmbeddingModule<L, T>)MemberwiseClone();

    public void Bind(T* parameters, T* gradients)
    {
        _table = parameters;
        _gradients = gradients;
    }

    /// <summary>Uniform in ±0.05, as is usual for embeddings.</summary>
    public void Initialize(T* parameters, WeightInitializer initializer) => initializer.Uniform(Tensors.First(), parameters, 0.05);

    public void Prepare(BatchShape shape, Arena<T> arena)
    {
        _shape = shape;
        Outputs = new(arena.Take((nint)shape.Rows * _stride), _stride);
    }

    public void PrepareBackward(Arena<T> arena)
    {
        int stride = Block.PadToPanel(size);
        OutputGradient = new(arena.Take((nint)_shape.Rows * stride), stride);
    }

    /// <summary>The vectors of the tokens of a range of sequences.</summary>
    public void Forward(ReadOnlySpan<int> tokensOfRows, int first, int last)
    {
        for (int t = 0; t < _shape.Steps; t++)
        {
            int end = _shape.Row(t, Math.Min(last, _shape.Active[t]));
            for (int row = _shape.Row(t, first); row < end; row++)
                Buffer.MemoryCopy(_table + (nint)tokensOfRows[row] * _stride, Outputs.Row(row), _stride * sizeof(T), _stride * sizeof(T));
        }
    }

    /// <summary>Adds this batch's part to the gradients. The slice is one of tokens, so that one worker computes each sum.</summary>
    public void AccumulateGradients(ReadOnlySpan<int> tokensOfRows, WorkSlice slice)
    {
        for (int row = 0; row < tokensOfRows.Length; row++)
        {
            int token = tokensOfRows[row];
            if (token % slice.Count == slice.Index)
                FlatVector<L, T>.Add(OutputGradient.Row(row), _gradients + (nint)token * _stride, _stride);
        }
    }
}
