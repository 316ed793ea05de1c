namespace MlNetRecurrent.Engine.Workers;

/// <summary>The part of some work that one of several workers does.</summary>
internal readonly record struct WorkSlice(int Index, int Count)
{
    /// <summary>All of the work.</summary>
    public static WorkSlice Whole => new(0, 1);

    /// <summary>The range of <paramref name="items"/> that is this worker's.</summary>
    public (int First, int Last) Of(int items) => ((int)((long)items * Index / Count), (int)((long)items * (Index + 1) / Count));
}
