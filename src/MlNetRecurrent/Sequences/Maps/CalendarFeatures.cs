namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Makes features of the parts of a date. Those of a missing date are NaN.</summary>
internal sealed record CalendarFeatures : RowMap
{
    private const string Expected = "DateTime or DateTimeOffset (ConvertType parses text into DateTime)";

    private const string Holiday = "Holiday";

    public required string InputColumnName { get; init; }

    public required CalendarParts Parts { get; init; }

    public required CalendarEncoding Encoding { get; init; }

    /// <summary>The holidays; null for no feature that tells them.</summary>
    public DateOnly[]? Holidays { get; init; }

    public override IReadOnlyList<string> InputColumnNames => [InputColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Find(input, InputColumnName);
        bool isTime = column.ItemType is DateTimeDataViewType or DateTimeOffsetDataViewType;
        return isTime && column.Kind == SchemaShape.Column.VectorKind.Scalar
            ? SchemaShapeRules.Numbers(OutputColumnName, isFixed: true)
            : throw SchemaShapeRules.Unfit(column, Expected);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        DataViewSchema.Column column = SchemaShapeRules.Find(input, InputColumnName);
        if (column.Type is not (DateTimeDataViewType or DateTimeOffsetDataViewType))
            throw new InvalidOperationException($"Column '{InputColumnName}' is {column.Type}; expected {Expected}.");
        string[] names = NameSlots();
        var builder = new DataViewSchema.Annotations.Builder();
        SlotNames.Add(builder, names.Length, () => names);
        return new(
            new VectorDataViewType(NumberDataViewType.Single, names.Length), builder.ToAnnotations(), row => MakeGetter(row, names.Length));
    }

    protected override void ValidateMap()
    {
        if ((Parts & ~CalendarPart.All) != 0 || (Parts == CalendarParts.None && Holidays is null))
            throw Damaged($"its parts of a date are {Parts}");
        if (!Enum.IsDefined(Encoding))
            throw Damaged($"its encoding is {Encoding}");
        if (Holidays is [])
            throw Damaged("it has a list of holidays without any");
    }

    private string[] NameSlots()
    {
        IEnumerable<string> holiday = Holidays is null ? [] : [Holiday];
        return [.. CalendarPart.Of(Parts).SelectMany(part => part.NameSlots(Encoding)), .. holiday];
    }

    private ValueGetter<VBuffer<float>> MakeGetter(DataViewRow row, int slots)
    {
        Func<DateTime> read = MakeReader(row, row.Schema[InputColumnName]);
        CalendarPart[] parts = CalendarPart.Of(Parts);
        HashSet<DateOnly>? holidays = Holidays is null ? null : [.. Holidays];
        return (ref VBuffer<float> value) =>
        {
            DateTime date = read();
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, slots);
            // The first of all dates is how ML.NET reads an empty cell.
            if (date.Ticks == 0)
                editor.Values.Fill(float.NaN);
            else
                Write(date, parts, holidays, editor.Values);
            value = editor.Commit();
        };
    }

    private void Write(DateTime date, CalendarPart[] parts, HashSet<DateOnly>? holidays, Span<float> rest)
    {
        foreach (CalendarPart part in parts)
            rest = rest[part.Write(date, Encoding, rest)..];
        if (holidays is not null)
            rest[0] = holidays.Contains(DateOnly.FromDateTime(date)) ? 1 : 0;
    }

    private static Func<DateTime> MakeReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is DateTimeDataViewType)
        {
            ValueGetter<DateTime> getter = row.GetGetter<DateTime>(column);
            DateTime date = default;
            return () =>
            {
                getter(ref date);
                return date;
            };
        }
        ValueGetter<DateTimeOffset> offsetGetter = row.GetGetter<DateTimeOffset>(column);
        DateTimeOffset time = default;
        return () =>
        {
            offsetGetter(ref time);
            return time.DateTime;
        };
    }
}
