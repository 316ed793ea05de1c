namespace MlNetRecurrent.Engine.Workers;

/// <summary>One worker's part of some work.</summary>
internal readonly record struct WorkSlice(int Index, int Count)
{
    /// <summary>All of the work.</summary>
    public static WorkSlice Whole => new(0, 1);

    /// <summary>The range of <paramref name="items"/> that is this worker's.</summary>
    public (int First, int Last) Of(int items) => ((int)((long)items * Index / Count), (int)((long)items * (Index + 1) / Count));
}
