namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// Computes the outputs of a network, which are logits or values, from the encoding of each row. The order of the calls, the parameters and
/// the buffers are those of a <see cref="Module{L, T}"/>. The first and the last row take the place of sequences.
/// </summary>
internal abstract unsafe class ProjectionModule<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public abstract nint ParameterCount { get; }

    public abstract IEnumerable<ParameterTensor> Tensors { get; }

    /// <summary>[panel][rows, panel]: the outputs; a loss puts their gradients in the same place.</summary>
    public abstract PanelMatrix<T> Outputs { get; }

    /// <summary>
    /// The values that are known about the steps ahead of each row [rows · Horizon, Features], to be filled before <see cref="Forward"/>;
    /// null where none are read.
    /// </summary>
    public virtual T* KnownValues => null;

    /// <summary>A module with the same weights, which still has to be given gradients and buffers of its own.</summary>
    public abstract ProjectionModule<L, T> Replicate();

    public abstract void Bind(T* parameters, T* gradients);

    public abstract void Initialize(T* parameters, WeightInitializer initializer);

    public abstract void Prepare(int rows, Arena<T> arena);

    public abstract void PrepareBackward(Arena<T> arena);

    public abstract void RefreshTransposed(WorkSlice slice);

    /// <summary>Computes the outputs of some rows from the encodings x [rows, inputs].</summary>
    public abstract void Forward(RowMatrix<T> x, int first, int last);

    /// <summary>Writes the gradient of the encodings to dx [rows, whole panels].</summary>
    public abstract void Backward(RowMatrix<T> dx, int first, int last);

    /// <summary>Adds the batch's part to a slice of the gradients of the parameters.</summary>
    public abstract void AccumulateGradients(RowMatrix<T> x, int rows, WorkSlice slice);
}
