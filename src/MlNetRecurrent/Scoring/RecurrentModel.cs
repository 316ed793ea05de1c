using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>All that a trained model is: the column it reads, the network, and what its outputs mean. It does not change.</summary>
/// <param name="Features">The column that it reads.</param>
/// <param name="Outputs">What its outputs mean.</param>
/// <param name="Network">The network.</param>
/// <param name="Training">How it came about.</param>
/// <param name="EncodingColumnName">The column that takes what the head of the network reads, or null.</param>
internal sealed record RecurrentModel(SequenceColumn Features, TaskOutputs Outputs, TrainedNetwork Network, TrainingSummary Training, string? EncodingColumnName)
{
    /// <summary>The columns that the model adds to a view.</summary>
    public IReadOnlyList<OutputColumn> Columns { get; } = EncodingColumnName is null ? Outputs.Columns : [.. Outputs.Columns, EncodingColumn(EncodingColumnName, Network)];

    private static OutputColumn EncodingColumn(string name, TrainedNetwork network) => new(
        name, network.Definition.EveryStep ? new VectorDataViewType(NumberDataViewType.Single, 0, network.Definition.EncodingSize) : new VectorDataViewType(NumberDataViewType.Single, network.Definition.EncodingSize),
        row => OutputColumn.VectorGetter(() => row.Encoding));
}

/// <summary>What is remembered of the training, for whoever looks into a model file.</summary>
internal sealed record TrainingSummary
{
    public required int Epochs { get; init; }

    public required int Sequences { get; init; }

    public required double FinalLoss { get; init; }

    public required int Seed { get; init; }
}
