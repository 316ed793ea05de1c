namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>A row of a set. Which of its members are used depends on the set.</summary>
internal sealed class Example
{
    /// <summary>Step after step, as many numbers a step as the set has features.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>One token a step.</summary>
    public string[] Words { get; set; } = [];

    /// <summary>The class, or the tag of each word.</summary>
    public string Class { get; set; } = "";

    public string[] Tags { get; set; } = [];

    /// <summary>The value of a regression.</summary>
    public float Value { get; set; }
}
