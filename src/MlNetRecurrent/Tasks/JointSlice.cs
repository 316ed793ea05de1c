namespace MlNetRecurrent.Tasks;

/// <summary>Where the values of an output lie among those of all outputs of a network.</summary>
/// <param name="FirstLabel">The first value of its label.</param>
/// <param name="LabelSize">The number of values of its label.</param>
/// <param name="AllLabels">The number of values of the labels of all outputs.</param>
/// <param name="FirstPrediction">The first value of its prediction.</param>
/// <param name="PredictionSize">The number of values of its prediction.</param>
/// <param name="AllPredictions">The number of values of the predictions of all outputs.</param>
/// <param name="IsOfSequence">Whether it has one prediction for the sequence, although the network has predictions for each step.</param>
internal readonly record struct JointSlice(
    int FirstLabel, int LabelSize, int AllLabels, int FirstPrediction, int PredictionSize, int AllPredictions, bool IsOfSequence)
{
    /// <summary>Copies the labels of the output [its rows, LabelSize].</summary>
    public ReadOnlySpan<float> LabelsOf(ReadOnlySpan<float> labels, ref float[] buffer) =>
        Gather(labels, FirstLabel, LabelSize, AllLabels, ref buffer);

    /// <summary>Copies the predictions of the output [its rows, PredictionSize].</summary>
    public ReadOnlySpan<float> PredictionsOf(ReadOnlySpan<float> predictions, ref float[] buffer) =>
        Gather(predictions, FirstPrediction, PredictionSize, AllPredictions, ref buffer);

    private ReadOnlySpan<float> Gather(ReadOnlySpan<float> values, int first, int size, int stride, ref float[] buffer)
    {
        int rows = IsOfSequence ? Math.Min(1, values.Length / stride) : values.Length / stride;
        if (buffer.Length < rows * size)
            buffer = new float[rows * size];
        for (int row = 0; row < rows; row++)
            values.Slice(row * stride + first, size).CopyTo(buffer.AsSpan(row * size));
        return buffer.AsSpan(0, rows * size);
    }
}
