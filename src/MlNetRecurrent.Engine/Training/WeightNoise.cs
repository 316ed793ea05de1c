namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// Noise that is added to the weights for a batch, and removed before the weights are updated (Graves 2011): w + σ ε, where ε is normally
/// distributed. The noise of a weight depends on the seed, the step and the weight alone, not on the worker.
/// </summary>
internal sealed unsafe class WeightNoise
{
    private readonly PinnedBuffer<float> _weights, _kept;
    private readonly int[] _places;
    private readonly double _deviation;
    private readonly int _seed;

    /// <param name="parameters">The weights.</param>
    /// <param name="tensors">The tensors that get noise; the padding between them gets none.</param>
    /// <param name="deviation">σ.</param>
    /// <param name="seed">The seed.</param>
    public WeightNoise(Parameters<float> parameters, IEnumerable<ParameterTensor> tensors, double deviation, int seed)
    {
        _weights = parameters.Values;
        _kept = new(_weights.Length);
        _places =
        [
            .. tensors.SelectMany(tensor => Enumerable.Range(0, (int)tensor.Count)
                .Select(i => (int)tensor.Position(i / tensor.Columns, i % tensor.Columns))),
        ];
        _deviation = deviation;
        _seed = seed;
    }

    /// <summary>The factor of the standard deviation.</summary>
    public double Strength { get; set; } = 1;

    /// <summary>Adds the noise of a step to a slice of the weights.</summary>
    public void Add(int step, WorkSlice slice)
    {
        ulong seed = (ulong)SeedSequence.Derive(_seed, SeedSequence.WeightNoise, step) << 32;
        double deviation = Strength * _deviation;
        (int first, int last) = slice.Of(_places.Length);
        for (int i = first; i < last; i++)
        {
            int place = _places[i];
            float weight = _weights.Pointer[place];
            _kept.Pointer[place] = weight;
            _weights.Pointer[place] = weight + (float)(deviation * Normal(seed + (uint)i));
        }
    }

    /// <summary>Removes the noise from a slice of the weights.</summary>
    public void Remove(WorkSlice slice)
    {
        (int first, int last) = slice.Of(_places.Length);
        for (int i = first; i < last; i++)
            _weights.Pointer[_places[i]] = _kept.Pointer[_places[i]];
    }

    /// <summary>A normally distributed number for a counter (Box and Muller 1958).</summary>
    private static double Normal(ulong counter)
    {
        ulong bits = SeedSequence.Mix((counter + 1) * SeedSequence.Golden);
        double radius = ((bits >> 32) + 0.5) / (1L << 32), angle = (uint)bits / (double)(1L << 32);
        return Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle);
    }
}
