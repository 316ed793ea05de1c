namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// Outputs for several steps ahead, which read values that are known about these steps: a linear layer, and beside it the local decoder of
/// the MQ-RNN (Wen et al. 2017, "A Multi-Horizon Quantile Recurrent Forecaster", arXiv 1711.11053), a network of one hidden layer that all
/// steps share. For the step ahead k of a row with the encoding h:
/// y[k] = W[k] h + b[k] + V z[k], z[k] = relu(A h + a + C x[k] + P[k]), where x[k] are the known values and P[k] is learned.
/// </summary>
/// <param name="inputSize">The width of the encoding.</param>
/// <param name="outputs">The outputs of all steps ahead.</param>
/// <param name="bias">Whether there is a b.</param>
/// <param name="horizon">The number of steps ahead.</param>
/// <param name="features">The width of x.</param>
/// <param name="units">The width of z.</param>
internal sealed unsafe class DecoderModule<L, T>(int inputSize, int outputs, bool bias, int horizon, int features, int units)
    : ProjectionModule<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _outputsOfAStep = outputs / horizon;

    /// <summary>The units in whole panels.</summary>
    private readonly int _width = Block.PadToPanel(units);

    /// <summary>W, b.</summary>
    private LinearModule<L, T> _direct = new(inputSize, outputs, bias);

    /// <summary>A, a.</summary>
    private AffineMap<L, T> _encodingMap = new(inputSize, states: 0, units, gates: 1);

    /// <summary>C.</summary>
    private AffineMap<L, T> _knownMap = new(features, states: 0, units, gates: 1, bias: false);

    /// <summary>V.</summary>
    private AffineMap<L, T> _outputMap = new(units, states: 0, outputs / horizon, gates: 1, bias: false);

    /// <summary>P [Horizon, width].</summary>
    private T* _positions;
    private T* _positionGradients;

    /// <summary>A h + a [panel][rows, panel], then its gradient.</summary>
    private PanelMatrix<T> _ofEncoding;

    /// <summary>C x [panel][rows · Horizon, panel], then the gradient of z̃, the pre-activation of z.</summary>
    private PanelMatrix<T> _ofKnown;

    /// <summary>z [rows · Horizon, width].</summary>
    private RowMatrix<T> _hidden;

    /// <summary>dz [rows · Horizon, width].</summary>
    private RowMatrix<T> _hiddenGradient;

    /// <summary>V z [panel][rows · Horizon, panel], then its gradient.</summary>
    private PanelMatrix<T> _ofHidden;

    private int _rows;
    private T* _known;

    public override nint ParameterCount => checked(PositionOffset + (nint)horizon * _width);

    public override IEnumerable<ParameterTensor> Tensors =>
    [
        .. _direct.Tensors,
        .. _encodingMap.Tensors("decoder.encoding_weight", "", "decoder.bias", 0, EncodingOffset),
        .. _knownMap.Tensors("decoder.known_weight", "", "", 0, KnownOffset),
        .. _outputMap.Tensors("decoder.output_weight", "", "", 0, OutputOffset),
        new("decoder.positions", units, horizon, (row, column) => PositionOffset + (nint)column * _width + row),
    ];

    public override PanelMatrix<T> Outputs => _direct.Outputs;

    public override T* KnownValues => _known;

    private nint EncodingOffset => _direct.ParameterCount;

    private nint KnownOffset => EncodingOffset + _encodingMap.ParameterCount;

    private nint OutputOffset => KnownOffset + _knownMap.ParameterCount;

    private nint PositionOffset => OutputOffset + _outputMap.ParameterCount;

    public override DecoderModule<L, T> Replicate()
    {
        var replica = (DecoderModule<L, T>)MemberwiseClone();
        replica._direct = _direct.Replicate();
        replica._encodingMap = _encodingMap.Replicate();
        replica._knownMap = _knownMap.Replicate();
        replica._outputMap = _outputMap.Replicate();
        return replica;
    }

    public override void Bind(T* parameters, T* gradients)
    {
        _direct.Bind(parameters, gradients);
        _encodingMap.Bind(parameters + EncodingOffset, GradientsAt(EncodingOffset));
        _knownMap.Bind(parameters + KnownOffset, GradientsAt(KnownOffset));
        _outputMap.Bind(parameters + OutputOffset, GradientsAt(OutputOffset));
        _positions = parameters + PositionOffset;
        _positionGradients = GradientsAt(PositionOffset);

        T* GradientsAt(nint offset) => gradients is null ? null : gradients + offset;
    }

    public override void Initialize(T* parameters, WeightInitializer initializer)
    {
        foreach (ParameterTensor tensor in Tensors.Where(tensor => tensor.Name is not ("bias" or "decoder.bias")))
            initializer.GlorotUniform(tensor, parameters);
    }

    public override void Prepare(int rows, Arena<T> arena)
    {
        _direct.Prepare(rows, arena);
        _rows = rows;
        _known = arena.Take((nint)rows * horizon * features);
        _hidden = new(arena.Take((nint)rows * horizon * _width), _width);
        _ofEncoding = Take(arena, rows, _encodingMap);
        _ofKnown = Take(arena, rows * horizon, _knownMap);
        _ofHidden = Take(arena, rows * horizon, _outputMap);
    }

    public override void PrepareBackward(Arena<T> arena)
    {
        _direct.PrepareBackward(arena);
        _encodingMap.PrepareBackward(input: true);
        _outputMap.PrepareBackward(input: true);
        _hiddenGradient = new(arena.Take((nint)_rows * horizon * _width), _width);
    }

    public override void RefreshTransposed(WorkSlice slice)
    {
        _direct.RefreshTransposed(slice);
        _encodingMap.RefreshTransposed(slice);
        _outputMap.RefreshTransposed(slice);
    }

    public override void Forward(RowMatrix<T> x, int first, int last)
    {
        if (last <= first)
            return;
        _direct.Forward(x, first, last);
        int start = first * horizon, count = (last - first) * horizon;
        _encodingMap.Forward(0, _encodingMap.Panels, last - first, x.From(first), default, _ofEncoding.From(first));
        _knownMap.Forward(0, _knownMap.Panels, count, Known.From(start), default, _ofKnown.From(start));
        for (int row = first; row < last; row++)
            ComputeHidden(row);
        _outputMap.Forward(0, _outputMap.Panels, count, _hidden.From(start), default, _ofHidden.From(start));
        for (int row = first; row < last; row++)
            AddToOutputs(row);
    }

    public override void Backward(RowMatrix<T> dx, int first, int last)
    {
        _direct.Backward(dx, first, last);
        for (int row = first; row < last; row++)
            SplitGradient(row);
        int start = first * horizon;
        _outputMap.BackwardInput((last - first) * horizon, _ofHidden.From(start), _hiddenGradient.From(start));
        for (int row = first; row < last; row++)
            BackwardHidden(row);
        _encodingMap.BackwardInput(last - first, _ofEncoding.From(first), dx.From(first), add: true);
    }

    /// <summary>The slice is one of the panels of each map, and one of the positions.</summary>
    public override void AccumulateGradients(RowMatrix<T> x, int rows, WorkSlice slice)
    {
        _direct.AccumulateGradients(x, rows, slice);
        _encodingMap.AccumulateGradients(rows, x, default, _ofEncoding, slice);
        _knownMap.AccumulateGradients(rows * horizon, Known, default, _ofKnown, slice);
        _outputMap.AccumulateGradients(rows * horizon, _hidden, default, _ofHidden, slice);
        (int first, int last) = slice.Of(horizon);
        for (int row = 0; row < rows; row++)
        {
            for (int k = first; k < last; k++)
            {
                for (int panel = 0; panel < _knownMap.Panels; panel++)
                {
                    T* gradient = _positionGradients + (nint)k * _width + panel * Block.Panel;
                    FlatVector<L, T>.Add(_ofKnown.Panel(panel, (nint)row * horizon + k), gradient, Block.Panel);
                }
            }
        }
    }

    private RowMatrix<T> Known => new(_known, features);

    private static PanelMatrix<T> Take(Arena<T> arena, int rows, AffineMap<L, T> map)
    {
        nint stride = PanelMatrix<T>.StrideFor(rows);
        return new(arena.Take(map.Panels * stride), stride);
    }

    /// <summary>z of a row.</summary>
    private void ComputeHidden(int row)
    {
        L zero = L.Broadcast(T.Zero);
        for (int k = 0; k < horizon; k++)
        {
            nint ahead = (nint)row * horizon + k;
            for (int unit = 0; unit < _width; unit += L.Count)
            {
                int panel = unit / Block.Panel, lane = unit % Block.Panel;
                L sum = L.Load(_ofEncoding.Panel(panel, row) + lane) + L.Load(_ofKnown.Panel(panel, ahead) + lane)
                    + L.Load(_positions + (nint)k * _width + unit);
                // In this order a sum that is not a number is not lost.
                L.Store(L.Max(zero, sum), _hidden.Row(ahead) + unit);
            }
        }
    }

    private void AddToOutputs(int row)
    {
        for (int output = 0; output < outputs; output++)
        {
            (int k, int place) = Math.DivRem(output, _outputsOfAStep);
            Outputs[row, output] += _ofHidden[(nint)row * horizon + k, place];
        }
    }

    /// <summary>Copies the gradients of the outputs of a row, so that each step ahead has a row of its own.</summary>
    private void SplitGradient(int row)
    {
        for (int k = 0; k < horizon; k++)
        {
            nint ahead = (nint)row * horizon + k;
            for (int place = 0; place < _outputMap.Panels * Block.Panel; place++)
                _ofHidden[ahead, place] = place < _outputsOfAStep ? Outputs[row, k * _outputsOfAStep + place] : T.Zero;
        }
    }

    /// <summary>From dz of a row to the gradients of z̃, of which that of A h + a is the sum.</summary>
    private void BackwardHidden(int row)
    {
        for (int panel = 0; panel < _knownMap.Panels; panel++)
        {
            T* sum = _ofEncoding.Panel(panel, row);
            FlatVector<L, T>.Clear(sum, Block.Panel);
            for (int k = 0; k < horizon; k++)
            {
                nint ahead = (nint)row * horizon + k;
                T* gradient = _ofKnown.Panel(panel, ahead);
                T* z = _hidden.Row(ahead) + panel * Block.Panel, dz = _hiddenGradient.Row(ahead) + panel * Block.Panel;
                for (int i = 0; i < Block.Panel; i++)
                    gradient[i] = z[i] > T.Zero ? dz[i] : T.Zero;
                FlatVector<L, T>.Add(gradient, sum, Block.Panel);
            }
        }
    }
}
