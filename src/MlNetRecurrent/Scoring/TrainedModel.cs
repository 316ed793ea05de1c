using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>All that a trained model is: the column it reads, the network, and what its outputs mean. It does not change.</summary>
/// <param name="Features">The column that it reads.</param>
/// <param name="Outputs">What its outputs mean.</param>
/// <param name="Network">The network.</param>
/// <param name="Training">How it came about.</param>
/// <param name="Inside">The columns that show what is inside of the network.</param>
internal sealed record TrainedModel(
    SequenceColumn Features, TaskOutputs Outputs, TrainedNetwork Network, TrainingSummary Training, InspectionColumns Inside)
{
    /// <summary>The columns that the model adds to a view.</summary>
    public IReadOnlyList<OutputColumn> Columns { get; } = [.. Outputs.Columns, .. Inside.Of(Network.Definition)];

    /// <summary>The quantities inside of the network that have a column.</summary>
    public IReadOnlyList<Inspection> Inspections { get; } = Inside.InspectionsOf(Network.Definition);
}
