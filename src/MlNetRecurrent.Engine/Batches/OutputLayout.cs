namespace MlNetRecurrent.Engine.Batches;

/// <summary>The places of a batch's outputs: one row for each step of each sequence, in the order of the steps, or one row for each sequence.</summary>
/// <param name="shape">The lengths of the sequences.</param>
/// <param name="everyStep">Whether every step has an output.</param>
internal readonly struct OutputLayout(BatchShape shape, bool everyStep)
{
    /// <summary>The rows of the batch.</summary>
    public int Rows => everyStep ? shape.Rows : shape.Count;

    /// <summary>The number of outputs of a sequence.</summary>
    public int CountOf(int sequence) => everyStep ? shape.Lengths[sequence] : 1;

    /// <summary>The row of an output of a sequence.</summary>
    public int Row(int sequence, int index) => everyStep ? shape.Row(index, sequence) : sequence;

    /// <summary>The rows of a range of sequences.</summary>
    public RowRanges RowsOf(int first, int last) => everyStep ? RowRanges.OfSteps(shape, first, last) : RowRanges.Single(first, last);

    /// <summary>The labels of a window of time: those of its steps, or that of the sequence, whose place is at its end.</summary>
    /// <param name="labels">The labels of the whole sequence, or none.</param>
    /// <param name="start">The first step of the window.</param>
    /// <param name="length">The number of its steps.</param>
    public ReadOnlySpan<float> LabelsOf(ReadOnlySpan<float> labels, int start, int length) =>
        everyStep && labels.Length > 0 ? labels.Slice(start, length) : labels;
}
