using System.Globalization;

namespace MlNetRecurrent.Tasks;

/// <summary>The classes of a label column of keys.</summary>
internal static class ClassLabels
{
    /// <summary>The largest number of classes of a head: columns with more keys do not hold classes.</summary>
    private const ulong MostClasses = 1 << 20;

    /// <summary>The class of a key, from 0; NaN for the missing key.</summary>
    /// <exception cref="InvalidOperationException">The key is beyond those of the column's type.</exception>
    public static float ClassOf(ulong key, ulong keys, DataViewRow row, DataViewSchema.Column column) => key <= keys
        ? key > 0 ? key - 1 : float.NaN
        : throw new InvalidOperationException(
            $"Label column '{column.Name}': row {row.Position} (counted from 0) holds key {key}, beyond the {keys} of its type.");

    /// <summary>The number of keys of a column of labels.</summary>
    /// <exception cref="InvalidOperationException">There are too many for the classes of a network.</exception>
    public static ulong KeysOf(DataViewSchema.Column column)
    {
        ulong count = ((KeyDataViewType)((column.Type as VectorDataViewType)?.ItemType ?? column.Type)).Count;
        if (count is 0 or > MostClasses)
        {
            throw new InvalidOperationException(
                $"Label column '{column.Name}' has keys of {count} values; a network can tell at most {MostClasses} classes apart. " +
                "MapValueToKey counts the values that occur; Hash makes keys of 2 to the power of numberOfBits.");
        }
        return count;
    }

    /// <summary>The name of a class for messages: its value between quotation marks, or the number of its key.</summary>
    /// <param name="values">The values of the keys; null if they have none.</param>
    /// <param name="index">The class, from 0.</param>
    public static string NameOf(LabelValues? values, int index) =>
        values is null ? (index + 1).ToString(CultureInfo.InvariantCulture) : $"'{values.Texts[index]}'";

    /// <param name="label">The labels.</param>
    /// <param name="data">The figures of the data.</param>
    /// <param name="previous">The outputs of the previous model, or null. Without one, a single class is an error.</param>
    /// <exception cref="InvalidOperationException">There is only one class.</exception>
    /// <exception cref="ArgumentException">The classes of the previous model differ, or their order does.</exception>
    public static (int Count, LabelValues? Values) Learn(LabelColumn label, DataStatistics data, ClassOutputs? previous)
    {
        ulong count = KeysOf(label.Column);
        LabelValues? values = LabelValues.Read(label.Column);
        if (previous is null && Only(data) is { } only)
        {
            throw label.NothingToTellApart(data.Count, NameOf(values, only));
        }
        if (previous is not null)
            ThrowIfOther(label, previous.Count, previous.Labels, (int)count, values);
        return ((int)count, values);
    }

    /// <summary>Throws where the classes of a previous model differ from those of the data.</summary>
    /// <exception cref="ArgumentException">They differ, or their order does.</exception>
    public static void ThrowIfOther(LabelColumn label, int previousCount, LabelValues? previous, int count, LabelValues? found)
    {
        if (previousCount != count)
        {
            throw LabelColumn.OtherThanBefore(
                $"it knows {previousCount} labels, the data has {count}", $"The labels are those of {label.Describe()}.");
        }
        if (previous is null || found is null)
            return;
        string[] before = previous.Identities, now = found.Identities;
        for (int i = 0; i < count; i++)
        {
            if (before[i] != now[i])
            {
                throw LabelColumn.OtherThanBefore(
                    $"its label {i + 1} is '{before[i]}', that of the data '{now[i]}'",
                    $"The keys must be made in the same way. The labels are those of {label.Describe()}.");
            }
        }
    }

    /// <summary>Adds the values of the keys of a predicted label.</summary>
    public static void AddKeyValues(DataViewSchema.Annotations.Builder builder, LabelValues? labels) =>
        labels?.AddTo(builder, AnnotationNames.KeyValues);

    /// <summary>The class of all labels, where there is only one.</summary>
    private static int? Only(DataStatistics data)
    {
        int[] present = [.. Enumerable.Range(0, data.ClassWeights.Count).Where(label => data.ClassWeights[label] > 0).Take(2)];
        return present.Length == 1 ? present[0] : null;
    }
}
