namespace MlNetRecurrent.Engine.Heads;

/// <summary>A head whose loss is a sum over the rows: the outputs of different steps are independent.</summary>
/// <param name="outputs">The number of outputs of a row, which is that of its predictions.</param>
internal abstract class RowHead<T>(int outputs) : Head<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
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

    /// <summary>Writes the only gradient of a row.</summary>
    protected static void SetOnly(PanelMatrix<T> outputs, int row, T gradient)
    {
        for (int k = 1; k < Kernels.Block.Panel; k++)
            outputs[row, k] = T.Zero;
        outputs[row, 0] = gradient;
    }
}
