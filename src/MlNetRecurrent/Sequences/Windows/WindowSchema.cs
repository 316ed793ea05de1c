using System.Globalization;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Windows bound to the schema of their input.</summary>
internal sealed class WindowSchema : BoundSchema
{
    public WindowSchema(WindowSettings settings, DataViewSchema input)
        : base(input)
    {
        Settings = settings;
        DataViewSchema.Column[] columns = Array.ConvertAll(settings.InputColumnNames, name => SchemaShapeRules.Find(input, name));
        Features = columns.Sum(SizeOf);
        ThrowIfUnfit(settings, Features);
        ThrowIfOtherKeys(settings, columns);
        if (settings.Order is { } order)
            OrderColumn.ThrowIfUnfit(SchemaShapeRules.Find(input, order.ColumnName), order);
        if (settings.GroupColumnName is { } group)
            RowGroupingRules.ThrowIfVector(SchemaShapeRules.Find(input, group));
        var annotations = new DataViewSchema.Annotations.Builder();
        SlotNames.Add(annotations, settings.WindowSize * Features, () => NameSlots(columns));
        annotations.AddPrimitiveValue(AnnotationNames.Horizon, NumberDataViewType.Int32, settings.Horizon);
        new WindowAnnotation(settings.WindowSize, settings.Stride, settings.Horizon, settings.ShortestSeries, settings.GroupColumnName)
            .AddTo(annotations);
        KeyMeaning.Add(annotations, columns);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        var type = new VectorDataViewType(NumberDataViewType.Single, settings.WindowSize, Features);
        builder.AddColumn(settings.OutputColumnName, type, annotations.ToAnnotations());
        Output = builder.ToSchema();
    }

    public WindowSettings Settings { get; }

    /// <summary>The columns of the input, then the windows.</summary>
    public override DataViewSchema Output { get; }

    /// <summary>Numbers of a row.</summary>
    public int Features { get; }

    /// <summary>What rows are remembered, and how they are kept apart.</summary>
    public string Signature => FormattableString.Invariant($"windows '{Settings.OutputColumnName}' of {Settings.WindowSize} rows")
        + FormattableString.Invariant($" of {Features} numbers ({string.Join(", ", Settings.InputColumnNames)}),")
        + $" groups {TypeOf(Settings.GroupColumnName)}, order {TypeOf(Settings.OrderColumnName)}";

    /// <summary>The numbers of a window.</summary>
    public int WindowLength => Settings.WindowSize * Features;

    protected override IEnumerable<string> RowColumnNames => Settings.ColumnNames();

    protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) => Settings.InputColumnNames;

    /// <summary>Throws where another window ends at another row: fed row by row, they would be of other rows than in a view.</summary>
    /// <exception cref="InvalidOperationException">There is a window of another horizon.</exception>
    public void ThrowIfHorizonsDiffer()
    {
        foreach (DataViewSchema.Column column in Input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.Horizon)?.Type is not NumberDataViewType)
                continue;
            int horizon = 0;
            column.Annotations.GetValue(AnnotationNames.Horizon, ref horizon);
            if (horizon != Settings.Horizon)
            {
                throw new InvalidOperationException(
                    $"Windows '{column.Name}' have the horizon {horizon}, windows '{Settings.OutputColumnName}' {Settings.Horizon}. " +
                    "Row by row, as a PredictionEngine does it, each window ends with the row that is fed, " +
                    "so that they would not be what the model was trained on. Score a view instead.");
            }
        }
    }

    private static void ThrowIfUnfit(WindowSettings settings, int features)
    {
        long numbers = (long)settings.WindowSize * features;
        if (numbers > WindowSettings.MostNumbers)
        {
            throw new InvalidOperationException(
                $"A window of {settings.WindowSize} rows of {features} numbers would hold {numbers}; " +
                $"at most {WindowSettings.MostNumbers} are possible.");
        }
        if (settings.Features > 0 && settings.Features != features)
        {
            string names = string.Join(", ", settings.InputColumnNames.Select(name => $"'{name}'"));
            throw new InvalidOperationException(
                $"The columns {names} hold {features} numbers a row; the windows were fitted on {settings.Features}.");
        }
    }

    private static void ThrowIfOtherKeys(WindowSettings settings, DataViewSchema.Column[] columns)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (!KeyMeaning.Differ(settings.KeyHashes?[i], KeyMeaning.HashOf(columns[i])))
                continue;
            string fittedOn = $"the windows '{settings.OutputColumnName}' were fitted on";
            throw new InvalidOperationException(KeyMeaning.Describe($"Column '{columns[i].Name}'", SizeOf(columns[i]), fittedOn));
        }
    }

    private static int SizeOf(DataViewSchema.Column column) => column.Type switch
    {
        NumberDataViewType number when number == NumberDataViewType.Single => 1,
        VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single => vector.Size,
        _ => throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; expected {WindowSettings.ExpectedInput}."),
    };

    private string TypeOf(string? name) => name is null ? "none" : $"'{name}' ({KeyMeaning.DescribeType(Input[name])})";

    private string[] NameSlots(DataViewSchema.Column[] columns)
    {
        string[] ofRow = [.. columns.SelectMany(SlotNames.OfStep)];
        int oldest = Settings.WindowSize - 1 + Settings.Horizon;
        return [.. Enumerable.Range(0, Settings.WindowSize).SelectMany(step => ofRow.Select(name => SlotName(name, oldest - step)))];
    }

    /// <summary>The name of a number of an earlier row.</summary>
    /// <param name="name">The name of the number.</param>
    /// <param name="lag">The number of rows between that row and the row that the window is attached to.</param>
    private static string SlotName(string name, int lag) =>
        lag == 0 ? $"{name}[t]" : string.Create(CultureInfo.InvariantCulture, $"{name}[t-{lag}]");
}
