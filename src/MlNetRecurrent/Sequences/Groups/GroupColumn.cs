using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Reads a column of the current row, and keeps its values in the rows of groups.</summary>
internal abstract class GroupColumn
{
    private static readonly MethodInfo _steps = Method(nameof(OfSteps)), _vectors = Method(nameof(OfVectors)), _last = Method(nameof(OfLast)), _lastVector = Method(nameof(OfLastVector));

    /// <summary>The column of the input that becomes a column of the output.</summary>
    public static GroupColumn Of(DataViewRow row, DataViewSchema.Column output, bool isSequence)
    {
        DataViewSchema.Column input = row.Schema[output.Name];
        MethodInfo maker = input.Type is VectorDataViewType vector
            ? (isSequence ? _vectors : _lastVector).MakeGenericMethod(vector.ItemType.RawType)
            : (isSequence ? _steps : _last).MakeGenericMethod(input.Type.RawType);
        return (GroupColumn)maker.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, input], null)!;
    }

    /// <summary>Reads the value of the current row. No group changes.</summary>
    /// <exception cref="InvalidOperationException">It is a vector of another length than its type says.</exception>
    public abstract void Read();

    /// <summary>Makes what a group keeps of the column.</summary>
    public abstract GroupValues MakeValues();

    /// <summary>A getter of the column of the output.</summary>
    /// <param name="current">The current group.</param>
    /// <param name="index">The column.</param>
    public abstract Delegate MakeGetter(Func<GroupRows> current, int index);

    private static MethodInfo Method(string name) => typeof(GroupColumn).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static GroupColumn OfSteps<T>(DataViewRow row, DataViewSchema.Column column) => StepValues<T>.Of(row.GetGetter<T>(column));

    private static GroupColumn OfVectors<T>(DataViewRow row, DataViewSchema.Column column) => StepValues<T>.Of(row, column);

    private static GroupColumn OfLast<T>(DataViewRow row, DataViewSchema.Column column) => LastValue<T>.OfScalar(row.GetGetter<T>(column));

    private static GroupColumn OfLastVector<T>(DataViewRow row, DataViewSchema.Column column) => new LastVector<T>(row, column);
}

/// <summary>What a group keeps of a column.</summary>
internal abstract class GroupValues
{
    /// <summary>Adds the value that the column has read.</summary>
    public abstract void Append();

    /// <summary>Writes the values.</summary>
    public abstract void Write(BinaryWriter writer);

    public abstract void Read(BinaryReader reader);

    /// <summary>Whether there are values of so many rows.</summary>
    public abstract bool HasRows(int count);

    /// <summary>Text may belong to a buffer that is used again.</summary>
    public static T Own<T>(T value) => value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;
}
