namespace MlNetRecurrent.Tasks;

/// <summary>The results of one of several outputs for the row of a cursor.</summary>
/// <param name="row">The results of all outputs.</param>
/// <param name="slice">The place of the output's values.</param>
internal sealed class JointRow(IScoredRow row, JointSlice slice) : IScoredRow
{
    private float[] _buffer = [];

    public long Position => row.Position;

    /// <summary>The predictions of the output. That for a sequence without steps is missing.</summary>
    public ReadOnlyMemory<float> Outputs
    {
        get
        {
            int length = slice.PredictionsOf(row.Outputs.Span, ref _buffer).Length;
            if (length > 0 || !slice.IsOfSequence)
                return _buffer.AsMemory(0, length);
            _buffer = new float[slice.PredictionSize];
            Array.Fill(_buffer, float.NaN);
            return _buffer;
        }
    }

    public ReadOnlyMemory<float> Inspect(string inspection) => row.Inspect(inspection);
}
