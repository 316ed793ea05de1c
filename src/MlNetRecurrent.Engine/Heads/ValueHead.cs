namespace MlNetRecurrent.Engine.Heads;

/// <summary>loss = weight · (y - label)².</summary>
internal sealed class ValueHead<T>() : RowHead<T>(1)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void ComputeLossOfRows(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        for (int row = first; row < last; row++)
        {
            T error = outputs[row, 0] - T.CreateTruncating(labels[row]);
            losses[row] = weights[row] * double.CreateTruncating(error * error);
            SetOnly(outputs, row, T.CreateTruncating(2 * weights[row] * scale) * error);
        }
    }

    /// <summary>The value.</summary>
    public override void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction) =>
        prediction[0] = float.CreateTruncating(outputs[row, 0]);
}
