namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// Sets a random part of the numbers of a row to zero and scales up the others, so that their sum is the same on average (Srivastava et al.
/// 2014). The mask follows from the seed of the batch, the layer, the row and the unit: it need not be stored for the backward pass, and
/// does not depend on the worker.
/// </summary>
/// <param name="rate">The dropout rate, in 0..1.</param>
/// <param name="layer">The layer's number, so that layers differ.</param>
internal sealed unsafe class DropoutMask<T>(float rate, int layer)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One random number of 64 bits decides on so many units.</summary>
    private const int UnitsOfADraw = 4;

    private const int Values = 1 << 16;

    private readonly uint _dropped = (uint)(rate * Values);

    private readonly T _scale = T.CreateTruncating(Values / (Values - Math.Floor((double)rate * Values)));

    /// <summary>The seed of the batch.</summary>
    public int Seed { get; set; }

    /// <summary>A mask that gets seeds of its own.</summary>
    public DropoutMask<T> Replicate() => (DropoutMask<T>)MemberwiseClone();

    /// <summary>target = source, or zero where the number is dropped. Both may be the same.</summary>
    public void Apply(T* source, T* target, int row, int count)
    {
        ulong state = SeedSequence.Mix(((ulong)(uint)Seed << 32) + (uint)row + ((ulong)layer << 56));
        for (int unit = 0; unit < count; unit += UnitsOfADraw)
        {
            ulong draw = SeedSequence.Mix(state + (ulong)unit * SeedSequence.Golden);
            for (int i = unit; i < Math.Min(unit + UnitsOfADraw, count); i++, draw >>= 16)
                target[i] = (uint)(draw % Values) < _dropped ? T.Zero : source[i] * _scale;
        }
    }
}
