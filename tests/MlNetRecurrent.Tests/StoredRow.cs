using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Tests;

/// <summary>A row whose outputs are known.</summary>
internal sealed class StoredRow(float[] outputs) : IScoredRow
{
    public long Position => 0;

    public ReadOnlyMemory<float> Outputs => outputs;

    public ReadOnlyMemory<float> Inspect(string inspection) => default;
}
