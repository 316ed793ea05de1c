using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Windows bound to the schema of their input.</summary>
internal sealed class WindowSchema
{
    public WindowSchema(WindowSettings settings, DataViewSchema input)
    {
        Settings = settings;
        Input = input;
        DataViewSchema.Column[] columns = Array.ConvertAll(settings.InputColumnNames, name => Find(input, name));
        Features = columns.Sum(SizeOf);
        ThrowIfUnfit(settings, Features);
        ThrowIfOtherKeys(settings, columns);
        if (settings.Order is { } order)
            OrderColumn.ThrowIfUnfit(Find(input, order.ColumnName), order);
        if (settings.GroupColumnName is { } group && Find(input, group).Type is VectorDataViewType vector)
            throw new InvalidOperationException($"Group column '{group}' is {vector}; expected a scalar.");
        var annotations = new DataViewSchema.Annotations.Builder();
        SlotNames.Add(annotations, settings.WindowSize * Features, () => NameSlots(columns));
        annotations.AddPrimitiveValue(AnnotationNames.Horizon, NumberDataViewType.Int32, settings.Horizon);
        new WindowAnnotation(settings.WindowSize, settings.Stride, settings.Horizon, settings.ShortestSeries, settings.GroupColumnName).AddTo(annotations);
        KeyMeaning.Add(annotations, columns);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(settings.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, settings.WindowSize, Features), annotations.ToAnnotations());
        Output = builder.ToSchema();
    }

    public WindowSettings Settings { get; }

    public DataViewSchema Input { get; }

    /// <summary>The columns of the input, then the windows.</summary>
    public DataViewSchema Output { get; }

    /// <summary>Numbers of a row.</summary>
    public int Features { get; }

    /// <summary>What rows are remembered, and how they are kept apart.</summary>
    public string Signature => FormattableString.Invariant($"windows '{Settings.OutputColumnName}' of {Settings.WindowSize} rows")
        + FormattableString.Invariant($" of {Features} numbers ({string.Join(", ", Settings.InputColumnNames)}),")
        + $" groups {TypeOf(Settings.GroupColumnName)}, order {TypeOf(Settings.OrderColumnName)}";

    /// <summary>The numbers of a window.</summary>
    public int WindowLength => Settings.WindowSize * Features;

    /// <summary>The column of the input that a column of the output is; null for the windows.</summary>
    public DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => column.Index < Input.Count ? Input[column.Index] : null;

    /// <summary>The columns of the input that these columns of the output need: the groups always, since they say which rows there are.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IReadOnlyCollection<DataViewSchema.Column> columns)
    {
        HashSet<int> needed = [.. columns.Where(column => column.Index < Input.Count).Select(column => column.Index)];
        if (NeedsWindows(columns))
            needed.UnionWith(Settings.InputColumnNames.Select(name => Input[name].Index));
        if (Settings.GroupColumnName is { } group)
            needed.Add(Input[group].Index);
        if (Settings.OrderColumnName is { } order)
            needed.Add(Input[order].Index);
        return Input.Where(column => needed.Contains(column.Index));
    }

    public bool NeedsWindows(IEnumerable<DataViewSchema.Column> columns) => columns.Any(column => column.Index == Input.Count);

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
                    $"Windows '{column.Name}' have the horizon {horizon}, windows '{Settings.OutputColumnName}' {Settings.Horizon}. Row by row, as a PredictionEngine does it, each window ends with the row that is fed, so that they would not be what the model was trained on. Score a view instead.");
            }
        }
    }

    private static void ThrowIfUnfit(WindowSettings settings, int features)
    {
        const int most = WindowSettings.MostNumbers;
        if ((long)settings.WindowSize * features > most)
            throw new InvalidOperationException($"A window of {settings.WindowSize} rows of {features} numbers would hold {(long)settings.WindowSize * features}; at most {most} are possible.");
        if (settings.Features > 0 && settings.Features != features)
            throw new InvalidOperationException($"The columns {string.Join(", ", settings.InputColumnNames.Select(name => $"'{name}'"))} hold {features} numbers a row; the windows were fitted on {settings.Features}.");
    }

    private static void ThrowIfOtherKeys(WindowSettings settings, DataViewSchema.Column[] columns)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (KeyMeaning.Differ(settings.KeyHashes?[i], KeyMeaning.HashOf(columns[i])))
                throw new InvalidOperationException(KeyMeaning.Describe($"Column '{columns[i].Name}'", SizeOf(columns[i]), $"the windows '{settings.OutputColumnName}' were fitted on"));
        }
    }

    private static DataViewSchema.Column Find(DataViewSchema input, string name) => input.GetColumnOrNull(name) ?? throw SchemaShapeRules.Missing(nameof(input), name, input.Select(column => column.Name));

    private static int SizeOf(DataViewSchema.Column column) => column.Type switch
    {
        NumberDataViewType number when number == NumberDataViewType.Single => 1,
        VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single => vector.Size,
        _ => throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; expected Single or a vector of Single of known size (ConvertType makes numbers Single, OneHotEncoding makes vectors of keys)."),
    };

    private string TypeOf(string? name) => name is null ? "none" : $"'{name}' ({KeyMeaning.DescribeType(Input[name])})";

    private string[] NameSlots(DataViewSchema.Column[] columns)
    {
        string[] ofRow = [.. columns.SelectMany(SlotNames.OfStep)];
        return [.. Enumerable.Range(0, Settings.WindowSize).SelectMany(step => ofRow.Select(name => SlotName(name, Settings.WindowSize - 1 - step + Settings.Horizon)))];
    }

    /// <summary>What a number is called that is so many rows older than the row beside which its window stands.</summary>
    public static string SlotName(string name, int lag) => lag == 0 ? $"{name}[t]" : string.Create(CultureInfo.InvariantCulture, $"{name}[t-{lag}]");
}
