using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Trainers;

/// <summary>Checks that the validation data has the columns of the training data.</summary>
internal static class ValidationView
{
    /// <param name="view">The validation data.</param>
    /// <param name="options">The options.</param>
    /// <param name="inputs">The columns of the training data that the network reads.</param>
    /// <param name="task">The task.</param>
    /// <param name="labels">The labels of the training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that the trainer cannot read.</exception>
    /// <exception cref="InvalidOperationException">A column differs from that of the training data, or a part of the training data is to be
    /// set aside, too.</exception>
    public static TrainingColumns ColumnsOf(
        IDataView view, RecurrentOptions options, InputColumns inputs, RecurrentTask task, LabelColumns labels)
    {
        if (options.ValidationFraction > 0)
        {
            throw new InvalidOperationException(
                $"{nameof(RecurrentOptions.ValidationFraction)} is {options.ValidationFraction}, "
                + "and there is validation data: only one of them can validate.");
        }
        InputSchemaCheck.ThrowIfUnfit(SchemaShapes.Of(view.Schema), task, options, "validation data");
        inputs.ThrowIfNot(view.Schema, " of the validation data", "the training data holds");
        LabelColumns own = options.FindLabels(view.Schema, task);
        foreach ((LabelColumn label, LabelColumn other) in labels.All.Zip(own.All))
        {
            string expected = KeyMeaning.DescribeType(label.Column), found = KeyMeaning.DescribeType(other.Column);
            if (expected != found)
            {
                throw new InvalidOperationException(
                    $"Label column '{label.Column.Name}' of the validation data is {found}; that of the training data is {expected}. "
                    + "Make both with the same fitted transforms.");
            }
        }
        return new(view, inputs, own, options.ExampleWeightColumnName is { } weight ? view.Schema[weight] : null);
    }
}
