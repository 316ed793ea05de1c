using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Layers;

/// <summary>A learnt vector for each token: row k of a table. Token 0 is the unknown one.</summary>
internal sealed unsafe class EmbeddingLayer<L, T>(int tokens, int size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _stride = Block.Pad(size);
    private T* _table;
    private T* _gradients;

    public nint ParameterCount => checked((nint)tokens * _stride);

    public IEnumerable<ParameterTensor> Tensors => [new("weight", tokens, size, (row, column) => (nint)row * _stride + column)];

    /// <summary>The vectors of the batch's tokens [Rows, size].</summary>
    public RowMatrix<T> Outputs { get; private set; }

    /// <summary>Where the layer above puts the gradient of <see cref="Outputs"/>.</summary>
    public RowMatrix<T> OutputGradient { get; private set; }

    public void Bind(T* parameters, T* gradients)
    {
        _table = parameters;
        _gradients = gradients;
    }

    /// <summary>Uniform in ±0.05, as is usual for embeddings.</summary>
    public void Initialize(T* parameters, WeightInitializer initializer) => initializer.Uniform(Tensors.First(), parameters, 0.05);

    public void Prepare(BatchShape shape, Arena<T> arena) => Outputs = new(arena.Take((nint)shape.Rows * _stride), _stride);

    public void PrepareBackward(BatchShape shape, Arena<T> arena)
    {
        int stride = Block.PadToPanel(size);
        OutputGradient = new(arena.Take((nint)shape.Rows * stride), stride);
    }

    public void Forward(ReadOnlySpan<int> tokensOfRows)
    {
        for (int row = 0; row < tokensOfRows.Length; row++)
            Buffer.MemoryCopy(_table + (nint)tokensOfRows[row] * _stride, Outputs.Row(row), _stride * sizeof(T), _stride * sizeof(T));
    }

    public void AccumulateGradients(ReadOnlySpan<int> tokensOfRows)
    {
        for (int row = 0; row < tokensOfRows.Length; row++)
            FlatVector<L, T>.Add(OutputGradient.Row(row), _gradients + (nint)tokensOfRows[row] * _stride, _stride);
    }
}
