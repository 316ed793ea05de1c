namespace MlNetRecurrent.Engine.Matrices;

/// <summary>
/// y = b + W x + R h, the product under every layer, and its gradients. The outputs are <c>gates</c> groups of <c>units</c>; in y the
/// blocks of the gates of the same units stand side by side. Weights are stored in the panels of the kernels, which have
/// <c>1 + inputs + states</c> rows.
/// </summary>
/// <param name="inputs">Width of x.</param>
/// <param name="states">Width of h, padded to whole blocks; 0 where the map has no recurrent part.</param>
/// <param name="units">Outputs of one gate.</param>
/// <param name="gates">Number of gates.</param>
/// <param name="bias">Whether b is learned; else it is 0.</param>
internal sealed unsafe class AffineMap<L, T>(int inputs, int states, int units, int gates, bool bias = true)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T* _weights;
    private T* _gradients;
    private TransposedWeights<T>? _inputTransposed;
    private TransposedWeights<T>? _stateTransposed;

    public int Panels { get; } = (Block.CountFor(units) * gates + 1) / 2;

    public nint ParameterCount => Panels * PanelSize;

    /// <summary>Parameters in one panel.</summary>
    private nint PanelSize { get; } = checked((1 + inputs + states) * Block.Panel);

    /// <summary>
    /// A map with the same weights, to be bound to its own gradients. It shares the transposed weights where they are prepared.
    /// </summary>
    public AffineMap<L, T> Replicate() => (AffineMap<L, T>)MemberwiseClone();

    /// <summary>Sets the addresses of the parameters and, for training, of their gradients.</summary>
    public void Bind(T* weights, T* gradients)
    {
        _weights = weights;
        _gradients = gradients;
    }

    /// <summary>Some panels of y for <paramref name="rows"/> rows, which are the first of <paramref name="y"/>.</summary>
    public void Forward(int firstPanel, int count, int rows, RowMatrix<T> x, RowMatrix<T> h, PanelMatrix<T> y)
    {
        if (rows <= SkinnyRows<L, T>.Most)
        {
            var product = new SkinnyProduct<L, T>(
                inputs, x.Data, x.Stride, states, h.Data, h.Stride, _weights + firstPanel * PanelSize, PanelSize,
                y.Panel(firstPanel, 0), y.PanelStride);
            if (rows == 1)
                SkinnyRows<L, T>.One(count, product);
            else if (rows == 2)
                SkinnyRows<L, T>.Two(count, product);
            return;
        }
        for (int panel = firstPanel; panel < firstPanel + count; panel++)
        {
            TileProduct<L, T>.ForRows(rows, new PanelProduct<L, T>(
                rows, inputs, x.Data, x.Stride, states, h.Data, h.Stride, _weights + panel * PanelSize, y.Panel(panel, 0)));
        }
    }

    /// <summary>dx = dy Wᵀ, or dx += dy Wᵀ. The rows of dx are written to the next whole panel.</summary>
    public void BackwardInput(int rows, PanelMatrix<T> dy, RowMatrix<T> dx, bool add = false) =>
        Backward(_inputTransposed!, rows, dy, dx, add);

    /// <summary>dh = dy Rᵀ, or dh += dy Rᵀ. The rows of dh are written to the next whole panel.</summary>
    public void BackwardState(int rows, PanelMatrix<T> dy, RowMatrix<T> dh, bool add = false) =>
        Backward(_stateTransposed!, rows, dy, dh, add);

    /// <summary>
    /// db += Σ dy, dW += xᵀ dy, dR += hᵀ dy over the rows. The slice is one of panels, so that one worker computes each sum.
    /// </summary>
    public void AccumulateGradients(int rows, RowMatrix<T> x, RowMatrix<T> h, PanelMatrix<T> dy, WorkSlice slice)
    {
        (int first, int last) = slice.Of(Panels);
        if (first < last)
        {
            new WeightGradient<L, T>(last - first, dy.Panel(first, 0), dy.PanelStride, _gradients + first * PanelSize, PanelSize)
                .Add(rows, inputs, x.Data, x.Stride, states, h.Data, h.Stride, bias);
        }
    }

    /// <summary>Takes the memory that the backward pass needs, once.</summary>
    /// <param name="input">Whether <see cref="BackwardInput"/> will be called.</param>
    public void PrepareBackward(bool input)
    {
        if (input && inputs > 0)
            _inputTransposed ??= new(inputs, Panels);
        if (states > 0)
            _stateTransposed ??= new(states, Panels);
    }

    /// <summary>Updates the transposed weights, which the backward pass reads.</summary>
    public void RefreshTransposed(WorkSlice slice)
    {
        _inputTransposed?.Refresh(_weights + Block.Panel, PanelSize, slice);
        _stateTransposed?.Refresh(_weights + (1 + inputs) * Block.Panel, PanelSize, slice);
    }

    /// <summary>
    /// The tensors of the map. Its parameters begin at <paramref name="offset"/>; <paramref name="stateUnits"/> is the number of columns of
    /// the recurrent tensor.
    /// </summary>
    public IEnumerable<ParameterTensor> Tensors(string inputName, string stateName, string biasName, int stateUnits, nint offset = 0)
    {
        int rows = gates * units;
        if (inputs > 0)
            yield return new(inputName, rows, inputs, (row, column) => offset + Position(row, 1 + column));
        if (states > 0)
            yield return new(stateName, rows, stateUnits, (row, column) => offset + Position(row, 1 + inputs + column));
        if (bias)
            yield return new(biasName, rows, 1, (row, _) => offset + Position(row, 0));
    }

    private static void Backward(TransposedWeights<T> weights, int rows, PanelMatrix<T> dy, RowMatrix<T> dx, bool add)
    {
        if (rows == 1)
        {
            SkinnyRows<L, T>.One(weights.OutputPanels, new SkinnyTransposedProduct<L, T>(
                weights.InputPanels, dy.Data, dy.PanelStride, weights.Panel(0), dx.Data, add));
            return;
        }
        for (int panel = 0; panel < weights.OutputPanels; panel++)
        {
            TileProduct<L, T>.ForRows(rows, new TransposedProduct<L, T>(
                rows, weights.InputPanels, dy.Data, dy.PanelStride, weights.Panel(panel),
                dx.Data + panel * Block.Panel, dx.Stride, add));
        }
    }

    private nint Position(int output, int panelRow)
    {
        (int gate, int unit) = Math.DivRem(output, units);
        int block = unit / Block.Size * gates + gate;
        return block / 2 * PanelSize + panelRow * Block.Panel + block % 2 * Block.Size + unit % Block.Size;
    }
}
