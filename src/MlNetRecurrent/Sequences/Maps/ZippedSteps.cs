using System.Globalization;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Joins sequences of the same length step by step.</summary>
internal sealed record ZippedSteps : RowMap
{
    public required string[] Inputs { get; init; }

    /// <summary>Whether a key becomes as many numbers as there are keys, rather than one.</summary>
    public required bool OneHotKeys { get; init; }

    /// <summary>A hash of what the keys of each input, or its one-hot numbers, stood for in the data that it was fitted on, by
    /// <see cref="KeyMeaning"/>; null in files of older versions.</summary>
    public string?[]? KeyHashes { get; init; }

    public override IReadOnlyList<string> InputColumnNames => Inputs;

    public override RowMap Learn(IDataView data, Action checkCancelled) =>
        this with { KeyHashes = Array.ConvertAll(Inputs, name => KeyMeaning.HashOf(data.Schema[name])) };

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column[] columns = Array.ConvertAll(Inputs, name => SchemaShapeRules.Sequence(input, name, orKeys: true));
        bool isFixed = Array.TrueForAll(columns, column => column.Kind == SchemaShape.Column.VectorKind.Vector);
        return SchemaShapeRules.Numbers(OutputColumnName, isFixed, columns);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        StepColumn[] columns = Array.ConvertAll(Inputs, name => StepColumn.Any(input, name, numberOfFeatures: 0, OneHotKeys));
        ThrowIfOtherKeys(columns);
        int features = SequenceSize.OfStep(columns.Sum(column => (long)column.Features), OutputColumnName);
        int steps = Array.TrueForAll(columns, column => column.Steps is not null) ? columns[0].Steps!.Value : 0;
        if (steps > 0 && Array.Find(columns, column => column.Steps != steps) is { } other)
        {
            throw new InvalidOperationException(
                $"Column '{columns[0].Name}' has {steps} steps, column '{other.Name}' {other.Steps}: they cannot be joined step by step.");
        }
        var builder = new DataViewSchema.Annotations.Builder();
        if (steps > 0)
            SlotNames.Add(builder, SequenceSize.OfType(steps, features, OutputColumnName), () => NameSlots(columns, steps));
        KeyMeaning.Add(builder, Array.ConvertAll(columns, column => column.Column));
        var type = new VectorDataViewType(NumberDataViewType.Single, steps, features);
        return new(type, builder.ToAnnotations(), row => MakeGetter(row, columns, features, OutputColumnName));
    }

    protected override void ValidateMap()
    {
        TransformFile.CheckKeyHashes(KeyHashes, Inputs.Length);
    }

    private void ThrowIfOtherKeys(StepColumn[] columns)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            StepColumn column = columns[i];
            if (!KeyMeaning.Differ(KeyHashes?[i], KeyMeaning.HashOf(column.Column)))
                continue;
            string fittedOn = $"ZipSteps, which makes '{OutputColumnName}' of it, was fitted on";
            throw new InvalidOperationException(KeyMeaning.Describe($"Column '{column.Name}'", column.Keys ?? column.Features, fittedOn));
        }
    }

    private static string[] NameSlots(StepColumn[] columns, int steps)
    {
        string[][] names = Array.ConvertAll(columns, column => column.SlotNames);
        return [.. Enumerable.Range(0, steps).SelectMany(t => columns.Zip(names).SelectMany(pair => OfStep(pair.First, pair.Second, t)))];

        static IEnumerable<string> OfStep(StepColumn column, string[] names, int step) =>
            new ArraySegment<string>(names, step * column.Features, column.Features);
    }

    private static ValueGetter<VBuffer<float>> MakeGetter(DataViewRow row, StepColumn[] columns, int features, string name)
    {
        StepReader[] readers = Array.ConvertAll(columns, column => StepReader.Of(row, column));
        return (ref VBuffer<float> value) =>
        {
            int steps = readers[0].Read().Length / columns[0].Features, place = 0;
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, SequenceSize.OfRow(steps, features, name, row));
            for (int i = 0; i < columns.Length; place += columns[i++].Features)
            {
                ReadOnlySpan<float> numbers = readers[i].Read();
                int width = columns[i].Features;
                if (numbers.Length / width != steps)
                    throw OtherLength(row, columns[0], steps, columns[i], numbers.Length / width);
                for (int t = 0; t < steps; t++)
                    numbers.Slice(t * width, width).CopyTo(editor.Values[(t * features + place)..]);
            }
            value = editor.Commit();
        };
    }

    private static InvalidOperationException OtherLength(DataViewRow row, StepColumn first, int steps, StepColumn other, int found) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"Row {row.Position} (counted from 0) has {steps} steps in column '{first.Name}' but {found} in column '{other.Name}': ")
            + "they cannot be joined step by step.");
}
