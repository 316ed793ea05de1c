using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary>An operation that is compiled for a vector width.</summary>
internal interface IWidthDependent<TResult>
{
    TResult Run<L>()
        where L : unmanaged, IFloatLanes<L>;
}

/// <summary>Chooses the widest vectors that the processor has.</summary>
internal static class Hardware
{
    private const int CacheLine = 64;

    /// <summary>Prefetches memory that is read next. The address need not be valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(T* start, int count)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < count; i += CacheLine / sizeof(T))
            Sse.Prefetch0(start + i);
    }

    /// <summary>Prefetches a cache line that is read later. The address need not be valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PrefetchToSecondLevel<T>(T* address)
        where T : unmanaged
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }

    public static TResult WithWidestVectors<TResult>(IWidthDependent<TResult> work)
    {
        if (Vector512.IsHardwareAccelerated)
            return work.Run<Lanes512>();
        if (Vector256.IsHardwareAccelerated)
            return work.Run<Lanes256>();
        return Vector128.IsHardwareAccelerated ? work.Run<Lanes128>() : work.Run<ScalarLane>();
    }
}
