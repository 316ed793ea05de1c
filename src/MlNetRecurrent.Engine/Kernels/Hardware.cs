using System.Runtime.Intrinsics;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary>Something that is compiled for a width of vectors.</summary>
internal interface IWidthDependent<TResult>
{
    TResult Run<L>()
        where L : unmanaged, IFloatLanes<L>;
}

/// <summary>Chooses the widest vectors that the processor has.</summary>
internal static class Hardware
{
    public static TResult WithWidestVectors<TResult>(IWidthDependent<TResult> work)
    {
        if (Vector512.IsHardwareAccelerated)
            return work.Run<Lanes512>();
        if (Vector256.IsHardwareAccelerated)
            return work.Run<Lanes256>();
        return Vector128.IsHardwareAccelerated ? work.Run<Lanes128>() : work.Run<ScalarLane>();
    }
}
