namespace MlNetRecurrent.Engine.Modules;

/// <summary>A linear layer: y = W x + b, or y = W x.</summary>
internal sealed unsafe class LinearModule<L, T>(int inputSize, int outputs, bool bias) : ProjectionModule<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private AffineMap<L, T> _map = new(inputSize, states: 0, outputs, gates: 1, bias);
    private PanelMatrix<T> _outputs;

    public override nint ParameterCount => _map.ParameterCount;

    public override IEnumerable<ParameterTensor> Tensors => _map.Tensors("weight", "", "bias", 0);

    public override PanelMatrix<T> Outputs => _outputs;

    public override LinearModule<L, T> Replicate()
    {
        var replica = (LinearModule<L, T>)MemberwiseClone();
        replica._map = _map.Replicate();
        return replica;
    }

    public override void Bind(T* parameters, T* gradients) => _map.Bind(parameters, gradients);

    public override void Initialize(T* parameters, WeightInitializer initializer) => initializer.GlorotUniform(Tensors.First(), parameters);

    public override void Prepare(int rows, Arena<T> arena)
    {
        nint stride = PanelMatrix<T>.StrideFor(rows);
        _outputs = new(arena.Take(_map.Panels * stride), stride);
    }

    public override void PrepareBackward(Arena<T> arena) => _map.PrepareBackward(input: true);

    public override void RefreshTransposed(WorkSlice slice) => _map.RefreshTransposed(slice);

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        if (last > first)
            _map.Forward(0, _map.Panels, last - first, x.From(first), default, Outputs.From(first));
    }

    public override void Backward(RowMatrix<T> dx, int first, int last) =>
        _map.BackwardInput(last - first, Outputs.From(first), new(dx.Row(first), dx.Stride));

    public override void AccumulateGradients(RowMatrix<T> x, int rows, WorkSlice slice) =>
        _map.AccumulateGradients(rows, x, default, Outputs, slice);
}
