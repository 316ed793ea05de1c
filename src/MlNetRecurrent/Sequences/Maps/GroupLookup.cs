using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Finds the place of the group of the current row among the groups that were learned.</summary>
internal abstract class GroupLookup
{
    /// <summary>The advice about rows whose group has no scale.</summary>
    public const string Remedy =
        $"With unseenGroups: {nameof(UnseenGroupAction)}.{nameof(UnseenGroupAction.UseAllGroups)}, it is scaled as all rows are.";

    /// <exception cref="InvalidOperationException">The column is of another type than the groups.</exception>
    public static GroupLookup Of(DataViewRow row, GroupScales scales)
    {
        DataViewSchema.Column column = row.Schema[scales.GroupColumnName];
        return column.Type is TextDataViewType
            ? new Texts(row, column, scales)
            : TypeDispatch.Call(OfValues<int>, column.Type, row, column, scales);
    }

    /// <summary>The place of the group, or -1 where it was not learned or is missing, and such rows are allowed.</summary>
    /// <exception cref="InvalidOperationException">It was not learned or is missing, which is not allowed.</exception>
    public abstract int Find();

    private static GroupLookup OfValues<T>(DataViewRow row, DataViewSchema.Column column, GroupScales scales)
        where T : notnull => new Values<T>(row, column, scales);

    private static InvalidOperationException Unseen<T>(DataViewRow row, DataViewSchema.Column column, T value) => new(
        $"Row {row.Position} (counted from 0) is{GroupNames.Describe(column, value)}, " +
        $"which is not in the data that NormalizeByGroup was fitted on. {Remedy}");

    private sealed class Values<T>(DataViewRow row, DataViewSchema.Column column, GroupScales scales) : GroupLookup
        where T : notnull
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private readonly Func<T, bool>? _isMissing = MissingValue.Test<T>(column.Type);
        private readonly Dictionary<T, int> _places = PlacesOf(LabelValues.Restore(scales.GroupType, scales.Groups).Values<T>());
        private T _value = default!;

        public override int Find()
        {
            _getter(ref _value);
            bool isMissing = _isMissing is not null && _isMissing(_value);
            if (!isMissing && GroupNames.Imprecise(row, column, _value) is { } error)
                throw error;
            if (!isMissing && _places.TryGetValue(_value, out int place))
                return place;
            if (scales.UnseenGroups == UnseenGroupAction.Throw)
                throw isMissing ? GroupNames.Missing(row, column, Remedy) : Unseen(row, column, _value);
            return -1;
        }

        private static Dictionary<T, int> PlacesOf(T[] groups)
        {
            var places = new Dictionary<T, int>();
            for (int i = 0; i < groups.Length; i++)
                places[groups[i]] = i;
            return places;
        }
    }

    private sealed class Texts : GroupLookup
    {
        private readonly DataViewRow _row;
        private readonly DataViewSchema.Column _column;
        private readonly GroupScales _scales;
        private readonly ValueGetter<ReadOnlyMemory<char>> _getter;
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _places;
        private ReadOnlyMemory<char> _value;

        public Texts(DataViewRow row, DataViewSchema.Column column, GroupScales scales)
        {
            (_row, _column, _scales) = (row, column, scales);
            _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < scales.Groups.Length; i++)
                places[scales.Groups[i]] = i;
            _places = places.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public override int Find()
        {
            _getter(ref _value);
            if (_places.TryGetValue(_value.Span, out int place))
                return place;
            if (_scales.UnseenGroups == UnseenGroupAction.Throw)
                throw _value.Span.IsWhiteSpace() ? GroupNames.Missing(_row, _column, Remedy) : Unseen(_row, _column, _value);
            return -1;
        }
    }
}
