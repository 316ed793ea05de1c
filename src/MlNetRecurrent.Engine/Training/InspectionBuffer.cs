namespace MlNetRecurrent.Engine.Training;

/// <summary>The values of a quantity inside a network for the sequences of the last batch. Grows only with the batch.</summary>
internal sealed unsafe class InspectionBuffer<L>
    where L : unmanaged, IFloatLanes<L>
{
    private readonly Network<L, float> _network;

    /// <summary>The first row of each sequence, in the order in which the sequences were given.</summary>
    private int[] _offsets = [0];

    private float[] _values = [];

    public InspectionBuffer(Network<L, float> network, Inspection inspection)
    {
        _network = network;
        Inspection = inspection;
        network.Record(inspection);
    }

    public Inspection Inspection { get; }

    /// <summary>Copies the values of the batch that the network has run.</summary>
    /// <param name="order">For each row of the batch: the place of its sequence among those that were given.</param>
    public void Fill(ReadOnlySpan<int> order)
    {
        (RowMatrix<float> values, BatchShape shape) = _network.Recorded(Inspection);
        MakeRoom(order, shape);
        for (int row = 0; row < order.Length; row++)
        {
            for (int i = 0; i < shape.Lengths[row]; i++)
            {
                var source = new ReadOnlySpan<float>(values.Row(shape.Row(i, row)), Inspection.Width);
                source.CopyTo(_values.AsSpan((_offsets[order[row]] + i) * Inspection.Width));
            }
        }
        GC.KeepAlive(_network);
    }

    /// <summary>The values of a sequence by its place among those that were given.</summary>
    public ReadOnlyMemory<float> Of(int place)
    {
        int start = _offsets[place] * Inspection.Width;
        return _values.AsMemory(start, _offsets[place + 1] * Inspection.Width - start);
    }

    private void MakeRoom(ReadOnlySpan<int> order, BatchShape shape)
    {
        if (_offsets.Length <= order.Length)
            _offsets = new int[order.Length + 1];
        for (int row = 0; row < order.Length; row++)
            _offsets[order[row] + 1] = shape.Lengths[row];
        for (int place = 0; place < order.Length; place++)
            _offsets[place + 1] = checked(_offsets[place + 1] + _offsets[place]);
        ScoredValues.MakeRoom(ref _values, Inspection.Width, _offsets[order.Length]);
    }
}
