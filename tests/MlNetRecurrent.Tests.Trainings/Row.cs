namespace MlNetRecurrent.Tests.Trainings;

/// <summary>A sequence whose label says whether its first feature rises more often than not.</summary>
internal sealed class Row
{
    public const int FeaturesOfAStep = 8, Steps = 20;

    public float[] Features { get; set; } = [];

    public bool Label { get; set; }

    public static Row Generate(Random random)
    {
        var row = new Row { Features = new float[Steps * FeaturesOfAStep] };
        row.Fill(random);
        return row;
    }

    /// <summary>Makes another sequence of it.</summary>
    public void Fill(Random random)
    {
        for (int i = 0; i < Features.Length; i++)
            Features[i] = random.NextSingle() - 0.5f;
        int rises = 0;
        for (int t = 1; t < Steps; t++)
            rises += Features[t * FeaturesOfAStep] > Features[(t - 1) * FeaturesOfAStep] ? 1 : 0;
        Label = 2 * rises >= Steps;
    }
}
