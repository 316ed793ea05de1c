namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// A learned vector for the tokens of a step. The order of the calls is that of <see cref="InputModule{L, T}"/>, which owns the tokens.
/// </summary>
/// <param name="size">The size of the vector.</param>
internal abstract unsafe class TokenModule<L, T>(int size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public abstract nint ParameterCount { get; }

    public abstract IEnumerable<ParameterTensor> Tensors { get; }

    /// <summary>The vectors of the batch's tokens [Rows, Size].</summary>
    public RowMatrix<T> Outputs { get; private set; }

    /// <summary>Where the layer above puts the gradient of <see cref="Outputs"/>.</summary>
    public RowMatrix<T> OutputGradient { get; private set; }

    protected int Size => size;

    /// <summary>The size of a vector in whole blocks.</summary>
    protected int Stride { get; } = Block.Pad(size);

    protected BatchShape Shape { get; private set; } = BatchShape.Empty;

    protected T* Parameters { get; private set; }

    protected T* Gradients { get; private set; }

    /// <summary>A module with the same weights and gradients, which still has to be given buffers of its own.</summary>
    public virtual TokenModule<L, T> Replicate() => (TokenModule<L, T>)MemberwiseClone();

    public virtual void Bind(T* parameters, T* gradients)
    {
        Parameters = parameters;
        Gradients = gradients;
    }

    /// <summary>Uniform in ±0.05, as is usual for embeddings.</summary>
    public virtual void Initialize(T* parameters, WeightInitializer initializer)
    {
        foreach (ParameterTensor tensor in Tensors)
            initializer.Uniform(tensor, parameters, 0.05);
    }

    public virtual void Prepare(BatchShape shape, Arena<T> arena)
    {
        Shape = shape;
        Outputs = new(arena.Take((nint)shape.Rows * Stride), Stride);
    }

    public virtual void PrepareBackward(Arena<T> arena)
    {
        int stride = Block.PadToPanel(size);
        OutputGradient = new(arena.Take((nint)Shape.Rows * stride), stride);
    }

    /// <summary>When the tokens are known: finds the distinct words, where tokens are characters.</summary>
    /// <param name="tokens">The tokens of the batch, which stay as they are until the next one.</param>
    public virtual void CollectWords(int[] tokens)
    {
    }

    /// <summary>Before the forward pass: computes the vectors of a slice of the distinct words.</summary>
    public virtual void EncodeWords(WorkSlice slice)
    {
    }

    /// <summary>After the backward pass of all sequences: goes back through a slice of the distinct words.</summary>
    public virtual void BackwardWords(WorkSlice slice)
    {
    }

    /// <summary>Updates the transposed weights, which <see cref="BackwardWords"/> reads.</summary>
    public virtual void RefreshTransposed(WorkSlice slice)
    {
    }

    /// <summary>Computes the vectors of a range of sequences.</summary>
    public void Forward(ReadOnlySpan<int> tokens, int first, int last)
    {
        foreach ((int start, int end) in RowRanges.Of(Shape, first, last))
        {
            for (int row = start; row < end; row++)
                Forward(tokens, row);
        }
    }

    /// <summary>Adds this batch's part to a slice of the gradients, so that one worker computes each sum.</summary>
    public abstract void AccumulateGradients(ReadOnlySpan<int> tokens, WorkSlice slice);

    /// <summary>Computes the vector of a row.</summary>
    protected abstract void Forward(ReadOnlySpan<int> tokens, int row);
}
