using Microsoft.ML.Data;

namespace MlNetRecurrent.Samples.Tests.Guide;

/// <summary>A recording as an array of steps, for the page on data and transforms.</summary>
public class Recording
{
    public string Name { get; set; } = "";

    // The steps as they come. ML.NET leaves this property out.
    [NoColumn]
    public float[][] Steps { get; set; } = [];

    // The column: three features of each step, one step after the other.
    [VectorType(0, 3)]
    public float[] Features => [.. Steps.SelectMany(Check)];

    public string Label { get; set; } = "";

    private float[] Check(float[] step, int number) => step.Length == 3 ? step : throw new InvalidOperationException(
        $"Recording '{Name}', step {number} (counted from 0) has {step.Length} features; expected 3.");
}
