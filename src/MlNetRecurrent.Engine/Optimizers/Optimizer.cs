namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>
/// Updates the weights from their gradients. The weights are independent of each other, so ranges of them may be updated in parallel.
/// </summary>
internal abstract unsafe class Optimizer<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// A gradient is rounded to multiples of this number's last bit, 1e-16 in single precision, and averages to those of its square's,
    /// 1e-25: a tenth of the ε that averages are compared with. Smaller numbers move no weight, and denormal ones slow processors down.
    /// </summary>
    private const double Small = 1e-9;

    /// <summary>Steps that were begun, at most <see cref="int.MaxValue"/>.</summary>
    public int Steps { get; set; }

    /// <summary>The state of the optimizer, in each buffer one number a weight.</summary>
    public abstract IReadOnlyList<PinnedBuffer<T>> Memory { get; }

    /// <summary>Begins a step.</summary>
    /// <param name="learningRate">The learning rate.</param>
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
    protected virtual void Begin(double learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate of the step.</summary>
    protected double LearningRate { get; private set; }

    protected static L Constant(double value) => L.Broadcast(T.CreateTruncating(value));

    /// <summary>A gradient whose small numbers are flushed to zero.</summary>
    protected static L Gradient(L g) => FlushToZero<L, T>.Round(g, Small);

    /// <summary>An average over steps whose small numbers are flushed to zero.</summary>
    protected static L Average(L a) => FlushToZero<L, T>.Round(a, Small * Small);
}
