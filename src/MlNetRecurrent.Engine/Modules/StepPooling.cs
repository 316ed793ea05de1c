namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// The mean and the maximum over the steps of one sequence, zero for an empty one, and their gradients. Writes whole blocks.
/// </summary>
internal readonly unsafe struct StepPooling<L, T>(Module<L, T> below, BatchShape shape, int sequence)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowMatrix<T> _outputs = below.Outputs, _gradients = below.StepGradient;
    private readonly int _length = shape.Lengths[sequence], _size = below.Size, _paddedSize = below.PaddedSize;

    /// <summary>pooled = Σ h / T.</summary>
    public void Mean(T* pooled)
    {
        FlatVector<L, T>.Clear(pooled, _paddedSize);
        for (int t = 0; t < _length; t++)
            FlatVector<L, T>.Add(Output(t), pooled, _paddedSize);
        if (_length > 0)
            Scale(pooled, T.One / T.CreateTruncating(_length), pooled);
    }

    /// <summary>pooled = max h.</summary>
    public void Max(T* pooled)
    {
        FlatVector<L, T>.Clear(pooled, _paddedSize);
        for (int t = 0; t < _length; t++)
            TakeLarger(Output(t), pooled, isFirst: t == 0);
    }

    /// <summary>dh = 0 at all steps.</summary>
    public void ClearGradient()
    {
        for (int t = 0; t < _length; t++)
            FlatVector<L, T>.Clear(Gradient(t), _paddedSize);
    }

    /// <summary>dh = gradient / T at all steps.</summary>
    public void SpreadMeanGradient(T* gradient)
    {
        for (int t = 0; t < _length; t++)
            Scale(gradient, T.One / T.CreateTruncating(_length), Gradient(t));
    }

    /// <summary>dh += gradient, for each unit at the first of the steps where it is the largest.</summary>
    public void AddMaxGradient(T* gradient, T* largest)
    {
        for (int unit = 0; unit < _size; unit++)
        {
            for (int t = 0; t < _length; t++)
            {
                if (Output(t)[unit] == largest[unit])
                {
                    Gradient(t)[unit] += gradient[unit];
                    break;
                }
            }
        }
    }

    private T* Output(int t) => _outputs.Row(shape.Row(t, sequence));

    private T* Gradient(int t) => _gradients.Row(shape.Row(t, sequence));

    private void TakeLarger(T* state, T* pooled, bool isFirst)
    {
        for (int i = 0; i < _paddedSize; i += L.Count)
        {
            L next = L.Load(state + i), largest = L.Load(pooled + i);
            // The difference is zero, unless the largest is not a finite number, which must not be lost.
            L.Store(isFirst ? next : L.Max(largest, next) + (largest - largest), pooled + i);
        }
    }

    private void Scale(T* source, T factor, T* target)
    {
        for (int i = 0; i < _paddedSize; i += L.Count)
            L.Store(L.Load(source + i) * L.Broadcast(factor), target + i);
    }
}
