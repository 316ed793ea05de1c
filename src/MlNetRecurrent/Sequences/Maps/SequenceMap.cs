namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Makes a sequence of numbers of another.</summary>
internal abstract record SequenceMap : RowMap
{
    public required string InputColumnName { get; init; }

    /// <summary>Numbers of a step where the type of the column does not say it, or 0.</summary>
    public int NumberOfFeatures { get; init; }

    public sealed override IReadOnlyList<string> InputColumnNames => [InputColumnName];

    protected sealed override void ValidateMap()
    {
        if (NumberOfFeatures is < 0 or > TransformFile.MostSteps)
            throw Damaged($"a step has {NumberOfFeatures} features");
        ValidateSequence();
    }

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Sequence(input, InputColumnName);
        return SchemaShapeRules.Numbers(OutputColumnName, MakesFixedSize(column), column);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        StepColumn column = StepColumn.Numbers(input, InputColumnName, NumberOfFeatures);
        ThrowIfUnfit(column);
        int features = SequenceSize.OfStep(FeaturesOf(column.Features), OutputColumnName);
        int steps = column.Steps is { } known ? StepsOf(known) : StepsOfAny ?? 0;
        var builder = new DataViewSchema.Annotations.Builder();
        if (steps > 0)
            SlotNames.Add(builder, SequenceSize.OfType(steps, features, OutputColumnName), () => NameSlots(column, steps, features));
        KeyMeaning.Add(builder, column.Column);
        var type = new VectorDataViewType(NumberDataViewType.Single, steps, features);
        return new(type, builder.ToAnnotations(), row => MakeGetter(row, column));
    }

    /// <summary>Throws where what is particular to the map cannot be.</summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    protected abstract void ValidateSequence();

    /// <summary>Throws where the map cannot be used with a column.</summary>
    protected virtual void ThrowIfUnfit(StepColumn column)
    {
    }

    /// <summary>The number of features of a step of the output.</summary>
    /// <param name="features">The features of a step of the input.</param>
    protected virtual long FeaturesOf(int features) => features;

    /// <summary>The number of steps of the output.</summary>
    /// <param name="steps">The number of steps of the input.</param>
    protected virtual int StepsOf(int steps) => steps;

    /// <summary>The number of steps of the output if it is the same for every input; null otherwise.</summary>
    protected virtual int? StepsOfAny => null;

    /// <summary>Computes the steps of the output.</summary>
    /// <param name="input">The steps of the input [steps, features].</param>
    /// <param name="features">The features of a step of the input.</param>
    /// <param name="output">The steps of the output, [StepsOf(steps), FeaturesOf(features)].</param>
    protected abstract void Apply(ReadOnlySpan<float> input, int features, Span<float> output);

    /// <summary>The names of all numbers where their number is known.</summary>
    protected virtual string[] NameSlots(StepColumn column, int steps, int features) => column.SlotNames;

    private bool MakesFixedSize(SchemaShape.Column input) => StepsOfAny is not null || input.Kind == SchemaShape.Column.VectorKind.Vector;

    private ValueGetter<VBuffer<float>> MakeGetter(DataViewRow row, StepColumn column)
    {
        StepReader reader = StepReader.Of(row, column);
        int features = column.Features, made = (int)FeaturesOf(features);
        return (ref VBuffer<float> value) =>
        {
            ReadOnlySpan<float> input = reader.Read();
            int length = SequenceSize.OfRow(StepsOf(input.Length / features), made, OutputColumnName, row);
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, length);
            Apply(input, features, editor.Values);
            value = editor.Commit();
        };
    }
}
