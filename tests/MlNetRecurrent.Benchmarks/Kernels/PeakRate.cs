using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Benchmarks.Kernels;

/// <summary>The peak of one core with the widest vectors, in floating-point operations in a second.</summary>
internal sealed class PeakRate : IWidthDependent<double>
{
    public static double Measure() => Hardware.WithWidestVectors(new PeakRate());

    public double Run<L>()
        where L : unmanaged, IFloatLanes<L> => Peak<L>.Measure();
}
