namespace MlNetRecurrent.Engine.Modules;

/// <summary>The parts of a pooled vector. Each is as wide as the layer that is pooled, and they stand side by side.</summary>
internal static class PoolingParts
{
    private static readonly Pooling[] _lastMeanMax = [Pooling.Last, Pooling.Mean, Pooling.Max];

    public static Pooling[] Parts(this Pooling pooling) => pooling == Pooling.LastMeanMax ? _lastMeanMax : [pooling];
}
