namespace MlNetRecurrent.Engine.Heads;

/// <summary>A head whose loss is a sum over the rows: the outputs of different steps are independent.</summary>
/// <param name="outputs">The number of outputs of a row, which is that of its predictions.</param>
/// <param name="labelSize">The number of values of the label of a row.</param>
internal abstract class RowHead<T>(int outputs, int labelSize = 1) : Head<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public sealed override int LabelSize => labelSize;

    public override int PredictionSize => outputs;

    public sealed override void ComputeLoss(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        foreach ((int start, int end) in RowRanges.Of(Shape, first, last))
            ComputeLossOfRows(outputs, labels, weights, scale, losses, start, end);
    }

    /// <summary>The same for a range of rows.</summary>
    public abstract void ComputeLossOfRows(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last);

    public sealed override void Predict(PanelMatrix<T> outputs, int sequence, Span<float> predictions)
    {
        int rows = Shape.Lengths[sequence];
        for (int i = 0; i < rows; i++)
            PredictRow(outputs, Shape.Row(i, sequence), predictions.Slice(i * PredictionSize, PredictionSize));
    }

    /// <summary>The prediction of one row.</summary>
    public abstract void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction);

    /// <summary>Writes zero to the columns beyond the outputs of a row.</summary>
    protected void ClearPadding(PanelMatrix<T> values, int row)
    {
        int padded = Kernels.Block.PadToPanel(outputs);
        for (int k = outputs; k < padded; k++)
            values[row, k] = T.Zero;
    }

    /// <summary>Predicts the outputs themselves.</summary>
    protected static void CopyOutputs(PanelMatrix<T> outputs, int row, Span<float> prediction)
    {
        for (int k = 0; k < prediction.Length; k++)
            prediction[k] = float.CreateTruncating(outputs[row, k]);
    }
}
