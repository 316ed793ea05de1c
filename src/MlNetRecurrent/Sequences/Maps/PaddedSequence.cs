using System.Globalization;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Brings sequences to one length: steps are added, or taken away, at one end.</summary>
internal sealed record PaddedSequence : SequenceMap
{
    /// <summary>The number of steps of each output.</summary>
    public required int Length { get; init; }

    /// <summary>Whether steps are added or removed at the beginning.</summary>
    public required bool AtStart { get; init; }

    /// <summary>The value of added steps; added keys are missing.</summary>
    public float Value { get; init; }

    protected override int? StepsOfAny => Length;

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Sequence(input, InputColumnName, orKeys: true);
        return column.IsKey
            ? SchemaShapes.With(
                OutputColumnName, SchemaShape.Column.VectorKind.Vector, column.ItemType, isKey: true,
                SchemaShapes.KeyValues(column, AnnotationNames.KeyValues))
            : SchemaShapeRules.Numbers(OutputColumnName, isFixed: true, column);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        StepColumn column = StepColumn.Any(input, InputColumnName, NumberOfFeatures, oneHotKeys: false);
        if (column.Keys is null)
            return base.AddColumn(input);
        var key = (KeyDataViewType)((VectorDataViewType)column.Column.Type).ItemType;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(column.Column.Annotations, name => name == AnnotationNames.KeyValues);
        return new(new VectorDataViewType(key, Length), builder.ToAnnotations(), row => PaddedKeys.MakeGetter(row, this));
    }

    protected override void ValidateSequence()
    {
        if (Length is < 1 or > TransformFile.MostSteps)
            throw Damaged($"its length is {Length}");
        if (!float.IsFinite(Value))
            throw Damaged($"its padding is {Value}");
    }

    /// <summary>Copies steps [steps, features] to their places among those that are made [Length, features], which are padding.</summary>
    public void Place<T>(ReadOnlySpan<T> input, int features, Span<T> output)
    {
        int steps = input.Length / features, kept = Math.Min(steps, Length);
        ReadOnlySpan<T> from = input.Slice((AtStart ? steps - kept : 0) * features, kept * features);
        from.CopyTo(output[((AtStart ? Length - kept : 0) * features)..]);
    }

    protected override int StepsOf(int steps) => Length;

    protected override void Apply(ReadOnlySpan<float> input, int features, Span<float> output)
    {
        output.Fill(Value);
        Place(input, features, output);
    }

    protected override string[] NameSlots(StepColumn column, int steps, int features)
    {
        if (column.Steps is null)
            return SlotNames.Of(column.Column, steps, features);
        string[] names = [.. Enumerable.Range(0, steps * features).Select(NameOfPadding)];
        Place<string>(column.SlotNames, features, names);
        return names;

        string NameOfPadding(int i) => string.Create(CultureInfo.InvariantCulture, $"padding.{i % features}[{i / features}]");
    }
}
