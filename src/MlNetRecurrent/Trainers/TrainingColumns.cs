using MlNetRecurrent.Leaks;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Trainers;

/// <summary>The columns of a view that a training reads.</summary>
/// <param name="View">The view.</param>
/// <param name="Inputs">The columns that the network reads.</param>
/// <param name="Labels">The columns of the labels.</param>
/// <param name="Weight">The column of the weights, if there is one.</param>
/// <param name="Watch">The check whether the features reveal the labels; null where that is allowed.</param>
internal sealed record TrainingColumns(
    IDataView View, InputColumns Inputs, LabelColumns Labels, DataViewSchema.Column? Weight, LabelWatch? Watch = null)
{
    /// <summary>The column of the series, where the rows of each are counted.</summary>
    public DataViewSchema.Column? Series { get; init; }

    /// <summary>The columns of the validation view, whose rows follow those of this one; null where there is none.</summary>
    public TrainingColumns? Validation { get; init; }

    public IEnumerable<DataViewSchema.Column> All => ((DataViewSchema.Column?[])[Weight, Series])
        .OfType<DataViewSchema.Column>()
        .Concat(Labels.All.Select(label => label.Column))
        .Concat(Inputs.Names.Select(name => View.Schema[name]))
        .DistinctBy(column => column.Index);
}
