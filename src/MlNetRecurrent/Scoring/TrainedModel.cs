using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>A trained model: the columns that it reads, the network, and the meaning of its outputs. It does not change.</summary>
/// <param name="Inputs">The columns that it reads.</param>
/// <param name="Outputs">The meaning of its outputs.</param>
/// <param name="Network">The network.</param>
/// <param name="Training">The summary of its training.</param>
/// <param name="Inside">The columns for quantities inside the network.</param>
internal sealed record TrainedModel(
    InputColumns Inputs, TaskOutputs Outputs, TrainedNetwork Network, TrainingSummary Training, InspectionColumns Inside)
    : ScoringModel(Inputs, Outputs)
{
    public override IReadOnlyList<OutputColumn> Columns { get; } = [.. Outputs.Columns, .. Inside.Of(Network.Definition)];

    public override NetworkDefinition Definition => Network.Definition;

    /// <summary>The quantities inside the network that have a column.</summary>
    public IReadOnlyList<Inspection> Inspections { get; } = Inside.InspectionsOf(Network.Definition);

    public override SequenceScorer NewScorer() => SequenceScorer.For(Network, Inspections);
}
