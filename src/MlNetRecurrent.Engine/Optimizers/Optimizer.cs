namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>
/// Moves the weights against their gradients. Weights do not touch one another, so that ranges of them may be updated side by side.
/// </summary>
internal abstract unsafe class Optimizer<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// A gradient is read in multiples of this number's last bit, 1e-16 in single precision, and averages are kept in those of its
    /// square's, 1e-25: a tenth of the ε that averages are compared with, so that they move no weight, and no number becomes so small that
    /// processors are slow with it.
    /// </summary>
    private const double Small = 1e-9;

    /// <summary>Steps that were begun, at most <see cref="int.MaxValue"/>.</summary>
    public int Steps { get; set; }

    /// <summary>What is remembered of former steps, a number a weight in each.</summary>
    public abstract IReadOnlyList<PinnedBuffer<T>> Memory { get; }

    /// <summary>Begins a step.</summary>
    /// <param name="learningRate">How far it goes.</param>
    public void NextStep(double learningRate)
    {
        // After so many steps the corrections that depend on their number are 1; a negative number would make them NaN.
        if (Steps < int.MaxValue)
            Steps++;
        Begin(learningRate);
    }

    /// <summary>Takes the step for a range of the weights.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="gradientScale">Factor of the gradients.</param>
    /// <param name="start">The first weight of the range.</param>
    /// <param name="end">The end of the range.</param>
    public abstract void Update(T* weights, T* gradients, double gradientScale, nint start, nint end);

    /// <summary>Begins the step with the number <see cref="Steps"/>, from 1.</summary>
    protected abstract void Begin(double learningRate);

    protected static L Constant(double value) => L.Broadcast(T.CreateTruncating(value));

    /// <summary>A gradient, without what is too small to matter.</summary>
    protected static L Gradient(L g) => FlushToZero<L, T>.Round(g, Small);

    /// <summary>An average over steps, without what is too small to matter.</summary>
    protected static L Average(L a) => FlushToZero<L, T>.Round(a, Small * Small);
}
