namespace MlNetRecurrent.Engine.Modules;

/// <summary>The head of a network: y = W x + b, or y = W x, whose outputs are logits or values.</summary>
internal sealed unsafe class LinearModule<L, T>(int inputSize, int outputs, bool bias)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private AffineMap<L, T> _map = new(inputSize, states: 0, outputs, gates: 1, bias);

    public nint ParameterCount => _map.ParameterCount;

    public IEnumerable<ParameterTensor> Tensors => _map.Tensors("weight", "", "bias", 0);

    /// <summary>[panel][rows, panel]: the outputs; a loss puts their gradients in the same place.</summary>
    public PanelMatrix<T> Outputs { get; private set; }

    /// <summary>A layer with the same weights, which still has to be given gradients and buffers of its own.</summary>
    public LinearModule<L, T> Replicate()
    {
        var replica = (LinearModule<L, T>)MemberwiseClone();
        replica._map = _map.Replicate();
        return replica;
    }

    public void Bind(T* parameters, T* gradients) => _map.Bind(parameters, gradients);

    public void Initialize(T* parameters, WeightInitializer initializer) => initializer.GlorotUniform(Tensors.First(), parameters);

    public void Prepare(int rows, Arena<T> arena)
    {
        nint stride = PanelMatrix<T>.StrideFor(rows);
        Outputs = new(arena.Take(_map.Panels * stride), stride);
    }

    public void PrepareBackward() => _map.PrepareBackward(input: true);

    public void RefreshTransposed(WorkSlice slice) => _map.RefreshTransposed(slice);

    public void Forward(RowMatrix<T> x, int first, int last)
    {
        if (last > first)
            _map.Forward(0, _map.Panels, last - first, x.From(first), default, Outputs.From(first));
    }

    public void Backward(RowMatrix<T> dx, int first, int last) =>
        _map.BackwardInput(last - first, Outputs.From(first), new(dx.Row(first), dx.Stride));

    public void AccumulateGradients(RowMatrix<T> x, int rows, WorkSlice slice) =>
        _map.AccumulateGradients(rows, x, default, Outputs, slice);
}
