using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>The names of the columns for quantities inside the network; null for none.</summary>
/// <param name="Encoding">The input of the head.</param>
/// <param name="StackActions">The probabilities of the actions of the last layer with stacks.</param>
internal sealed record InspectionColumns(string? Encoding, string? StackActions)
{
    private IEnumerable<(string Inspection, string Column)> Names
    {
        get
        {
            if (Encoding is not null)
                yield return (Inspection.Encoding, Encoding);
            if (StackActions is not null)
                yield return (Inspection.StackActions, StackActions);
        }
    }

    /// <summary>The quantities of a network that have a column.</summary>
    public IReadOnlyList<Inspection> InspectionsOf(NetworkDefinition network) =>
        [.. Names.Join(network.Inspections, name => name.Inspection, inspection => inspection.Name, (_, inspection) => inspection)];

    /// <summary>The columns for a network.</summary>
    public IEnumerable<OutputColumn> Of(NetworkDefinition network) =>
        Names.Join(
            network.Inspections, name => name.Inspection, inspection => inspection.Name,
            (name, inspection) => Make(name.Column, inspection));

    private static OutputColumn Make(string column, Inspection inspection)
    {
        int[] dimensions = inspection.IsPerStep ? [0, .. inspection.Dimensions] : [.. inspection.Dimensions];
        var type = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return new(column, type, row => OutputColumn.VectorGetter(() => row.Inspect(inspection.Name)));
    }
}
