namespace MlNetRecurrent.Reproductions.Running;

/// <summary>What a figure has to reach.</summary>
internal sealed record Bar
{
    private Bar(double limit, bool isFloor)
    {
        Limit = limit;
        IsFloor = isFloor;
    }

    public double Limit { get; }

    /// <summary>Whether more is better.</summary>
    public bool IsFloor { get; }

    public static Bar AtLeast(double limit) => new(limit, isFloor: true);

    public static Bar Below(double limit) => new(limit, isFloor: false);

    public bool IsReachedBy(double value) => IsFloor ? value >= Limit : value < Limit;
}
