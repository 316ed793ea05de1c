using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Scales a number, or each number of a vector, by what was learned about its group.</summary>
internal abstract record GroupScaling : RowMap
{
    protected const string Expected = "Single or a vector of Single of known size (ConvertType makes numbers Single)";

    public required string InputColumnName { get; init; }

    /// <summary>What was learned; null before that.</summary>
    public GroupScales? Scales { get; init; }

    /// <summary>The numbers of a row.</summary>
    /// <exception cref="InvalidOperationException">The column holds something else.</exception>
    public static int SlotsOf(DataViewSchema.Column column) => column.Type switch
    {
        NumberDataViewType number when number == NumberDataViewType.Single => 1,
        VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single => vector.Size,
        _ => throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; expected {Expected}."),
    };

    public sealed override AddedColumn AddColumn(DataViewSchema input)
    {
        DataViewSchema.Column column = SchemaShapeRules.Find(input, InputColumnName);
        int slots = SlotsOf(column);
        ThrowIfOtherGroups(SchemaShapeRules.Find(input, Scales!.GroupColumnName));
        ThrowIfOtherSlots(column, slots);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(column.Annotations, name => name == AnnotationNames.SlotNames);
        Annotate(builder);
        return new(
            column.Type, builder.ToAnnotations(),
            row => column.Type is VectorDataViewType ? MakeVectorGetter(row, column) : MakeGetter(row, column));
    }

    /// <summary>Adds annotations beside the names of the slots.</summary>
    protected virtual void Annotate(DataViewSchema.Annotations.Builder builder)
    {
    }

    /// <summary>Scales a number.</summary>
    protected abstract float Scale(float number, double center, double spread);

    /// <exception cref="InvalidOperationException">There are more or fewer numbers than were learned.</exception>
    protected abstract void ThrowIfOtherSlots(DataViewSchema.Column column, int slots);

    protected static SchemaShape.Column FindInput(SchemaShape input, string name)
    {
        SchemaShape.Column column = SchemaShapeRules.Find(input, name);
        bool fits = column is { IsKey: false, Kind: not SchemaShape.Column.VectorKind.VariableVector }
            && column.ItemType == NumberDataViewType.Single;
        return fits ? column : throw SchemaShapeRules.Unfit(column, Expected);
    }

    protected override void ValidateMap()
    {
        if (Scales is null)
            throw Damaged("it has no scales");
        Scales.Validate();
    }

    private void ThrowIfOtherGroups(DataViewSchema.Column group)
    {
        RowGroupingRules.ThrowIfVector(group);
        if (LabelValues.KindNameOf(group.Type) != Scales!.GroupType || group.Type is KeyDataViewType != Scales.GroupsAreKeys)
        {
            string learned = Scales.GroupsAreKeys ? "keys" : Scales.GroupType;
            throw new InvalidOperationException(
                $"Group column '{group.Name}' is {group.Type}; NormalizeByGroup was fitted on groups of type {learned}.");
        }
        if (KeyMeaning.Differ(Scales.KeyHash, KeyMeaning.HashOf(group)))
        {
            throw new InvalidOperationException(
                KeyMeaning.Describe($"Group column '{group.Name}'", group.Type.GetKeyCountAsInt32(), "NormalizeByGroup was fitted on"));
        }
    }

    private ValueGetter<float> MakeGetter(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<float> getter = row.GetGetter<float>(row.Schema[column.Name]);
        GroupLookup groups = GroupLookup.Of(row, Scales!);
        return (ref float value) =>
        {
            getter(ref value);
            NumberReader.ThrowIfInfinite(row, column, new(ref value));
            (double center, double spread) = Scales!.Of(groups.Find(), slot: 0);
            value = Scale(value, center, spread);
        };
    }

    private ValueGetter<VBuffer<float>> MakeVectorGetter(DataViewRow row, DataViewSchema.Column column)
    {
        var reader = new VectorReader(row, row.Schema[column.Name]);
        GroupLookup groups = GroupLookup.Of(row, Scales!);
        bool sharesScale = Scales!.Slots == 1;
        return (ref VBuffer<float> value) =>
        {
            ReadOnlySpan<float> numbers = reader.Read();
            NumberReader.ThrowIfInfinite(row, column, numbers);
            int group = groups.Find();
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, numbers.Length);
            for (int i = 0; i < numbers.Length; i++)
            {
                (double center, double spread) = Scales.Of(group, sharesScale ? 0 : i);
                editor.Values[i] = Scale(numbers[i], center, spread);
            }
            value = editor.Commit();
        };
    }
}
