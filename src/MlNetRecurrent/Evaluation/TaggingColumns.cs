using System.Globalization;

namespace MlNetRecurrent.Evaluation;

/// <summary>The columns for the evaluation of a tagger, checked against each other.</summary>
/// <param name="Label">The true labels.</param>
/// <param name="Predicted">The predicted labels.</param>
/// <param name="Score">The probabilities.</param>
/// <param name="Classes">The number of probabilities per step.</param>
/// <param name="Names">The names of the labels, in the order of the keys.</param>
internal sealed record TaggingColumns(
    DataViewSchema.Column Label, DataViewSchema.Column Predicted, DataViewSchema.Column Score, int Classes, string[] Names)
{
    /// <summary>The maximum number of labels. Keys with more values are not classes.</summary>
    private const ulong MostLabels = 1 << 20;

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The keys of labels and predictions differ in meaning.</exception>
    public static TaggingColumns Find(IDataView data, string labelName, string scoreName, string predictedName)
    {
        DataViewSchema.Column label = Find(data, "Label", labelName);
        DataViewSchema.Column predicted = Find(data, "Predicted label", predictedName);
        DataViewSchema.Column score = Find(data, "Score", scoreName);
        string[] names = NamesOfKeys(data, label, predicted);
        if (score.Type is not VectorDataViewType { Dimensions: [_, > 0 and int classes] } scores
            || scores.ItemType != NumberDataViewType.Single)
        {
            throw Unfit(data, "Score", score, "Vector<Single, *, C>, the probabilities of C classes at each step");
        }
        return new(label, predicted, score, classes, names);
    }

    /// <summary>The true and the predicted labels, and their names, without the scores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The keys of labels and predictions differ in meaning.</exception>
    public static (DataViewSchema.Column Label, DataViewSchema.Column Predicted, string[] Names) FindLabels(
        IDataView data, string labelName, string predictedName)
    {
        DataViewSchema.Column label = Find(data, "Label", labelName);
        DataViewSchema.Column predicted = Find(data, "Predicted label", predictedName);
        return (label, predicted, NamesOfKeys(data, label, predicted));
    }

    private static string[] NamesOfKeys(IDataView data, DataViewSchema.Column label, DataViewSchema.Column predicted)
    {
        ulong count = KeyCount(data, "Label", label), predictedCount = KeyCount(data, "Predicted label", predicted);
        if (count != predictedCount)
        {
            throw new InvalidOperationException(
                $"Label column '{label.Name}' has keys of {count} values, predicted label column '{predicted.Name}' of {predictedCount}, " +
                "so the keys mean something else.");
        }
        if (count > MostLabels)
        {
            throw new InvalidOperationException(
                $"Label column '{label.Name}' has keys of {count} values; at most {MostLabels} labels can be evaluated.");
        }
        return NamesOf(label, predicted, (int)count);
    }

    private static DataViewSchema.Column Find(IDataView data, string role, string name) => data.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(
            nameof(data), name,
            $"{role} column '{name}' is missing. The data has: {string.Join(", ", data.Schema.Select(column => column.Name))}.");

    private static ulong KeyCount(IDataView data, string role, DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { ItemType: KeyDataViewType key }
            ? key.Count
            : throw Unfit(data, role, column, "a vector of keys, one a step (MapValueToKey makes keys of values)");

    private static ArgumentOutOfRangeException Unfit(IDataView data, string role, DataViewSchema.Column column, string expected) =>
        new(nameof(data), column.Type.ToString(), $"{role} column '{column.Name}' is {column.Type}; expected {expected}.");

    private static string[] NamesOf(DataViewSchema.Column label, DataViewSchema.Column predicted, int count)
    {
        string[]? names = KeyValues(label, count), predictedNames = KeyValues(predicted, count);
        for (int i = 0; i < count && names is not null && predictedNames is not null; i++)
        {
            if (names[i] != predictedNames[i])
            {
                throw new InvalidOperationException(
                    $"Key {i + 1} is '{names[i]}' in label column '{label.Name}' but '{predictedNames[i]}' in predicted label column " +
                    $"'{predicted.Name}', so they cannot be compared. " +
                    "Make the keys of both with the same MapValueToKey.");
            }
        }
        return names ?? predictedNames ?? [.. Enumerable.Range(1, count).Select(key => key.ToString(CultureInfo.InvariantCulture))];
    }

    private static string[]? KeyValues(DataViewSchema.Column column, int count) =>
        LabelValues.Read(column)?.Texts is { } texts && texts.Length == count ? texts : null;
}
