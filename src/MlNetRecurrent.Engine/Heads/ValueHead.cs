namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// Labels of one or several values, with an output for each: loss = weight · (y - label)². The loss of a row is the sum over its values.
/// </summary>
/// <param name="outputs">The number of values of a label.</param>
internal sealed class ValueHead<T>(int outputs) : RowHead<T>(outputs, labelSize: outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void ComputeLossOfRows(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        for (int row = first; row < last; row++)
        {
            double loss = 0;
            for (int k = 0; k < LabelSize; k++)
            {
                float weight = weights[row * LabelSize + k];
                T error = outputs[row, k] - T.CreateTruncating(labels[row * LabelSize + k]);
                loss += weight * double.CreateTruncating(error * error);
                outputs[row, k] = T.CreateTruncating(2 * weight * scale) * error;
            }
            losses[row] = loss;
            ClearPadding(outputs, row);
        }
    }

    /// <summary>The values.</summary>
    public override void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction) => CopyOutputs(outputs, row, prediction);
}
