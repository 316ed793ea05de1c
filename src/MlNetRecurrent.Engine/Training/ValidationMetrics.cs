namespace MlNetRecurrent.Engine.Training;

/// <summary>Receives the outputs of a network for the sequences that are set aside for validation, epoch by epoch.</summary>
internal abstract class ValidationMetrics
{
    /// <summary>
    /// The metrics of the sequences since the last <see cref="Clear"/>, the most important one first; NaN where a metric is not defined for
    /// them.
    /// </summary>
    public virtual IReadOnlyList<KeyValuePair<string, double>> Values => [];

    /// <summary>Forgets all sequences.</summary>
    public abstract void Clear();

    /// <summary>Adds a sequence.</summary>
    /// <param name="labels">Its labels, as the data has them: one, or one a step, of one or several values.</param>
    /// <param name="outputs">The outputs for each of them.</param>
    public abstract void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs);
}
