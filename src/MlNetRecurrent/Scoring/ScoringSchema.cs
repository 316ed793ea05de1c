using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>A model bound to the schema of its input: which columns come out, and which of the input they need.</summary>
internal sealed class ScoringSchema : BoundSchema
{
    /// <summary>The number of values of ML.NET's key type for score sets.</summary>
    private const int ScoreSetKeyCount = 2147483646;

    /// <exception cref="ArgumentOutOfRangeException">A column that the network reads is missing.</exception>
    /// <exception cref="InvalidOperationException">A column does not hold what the model was trained on.</exception>
    public ScoringSchema(ScoringModel model, DataViewSchema input)
        : base(input)
    {
        Model = model;
        ThrowIfUnfit(model.Inputs, input);
        Output = WithOutputs(input);
    }

    public ScoringModel Model { get; }

    /// <summary>The columns of the input, then the model's.</summary>
    public override DataViewSchema Output { get; }

    protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) => Model.Inputs.Names;

    /// <summary>Checks that a schema has the columns that a model reads, with the content that it was trained on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column holds something else.</exception>
    public static void ThrowIfUnfit(InputColumns inputs, DataViewSchema input)
    {
        ThrowIfMissing(inputs.All, [.. input.Select(column => column.Name)]);
        inputs.ThrowIfNot(input);
    }

    /// <param name="columns">The columns that a model reads.</param>
    /// <param name="input">The names of the columns of the input.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    public static void ThrowIfMissing(IEnumerable<SequenceColumn> columns, string[] input)
    {
        foreach (SequenceColumn column in columns.Where(column => !input.Contains(column.Name)))
        {
            string start = column.IsStatic ? "The model reads static column '" : "The model reads feature column '";
            throw new ArgumentOutOfRangeException(
                paramName: null, column.Name,
                $"{start}{column.Name}', which the input does not have. It has: {string.Join(", ", input)}.");
        }
    }

    private DataViewSchema WithOutputs(DataViewSchema input)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        uint set = LargestScoreSet(input) + 1;
        foreach (OutputColumn column in Model.Columns)
        {
            DataViewSchema.Annotations annotations = Annotations(column, set + (uint)column.Set, Model.Outputs.ScoreColumnKind);
            if (column.ScoreValueKind is not null)
                HiddenPredictionsCheck.Register(annotations, Model);
            builder.AddColumn(column.Name, column.Type, annotations);
        }
        return builder.ToSchema();
    }

    /// <summary>The annotations of a column that a model adds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="set">The number of the model's columns among the columns of all models.</param>
    /// <param name="kind">ML.NET's name for the kind of score of the model.</param>
    public static DataViewSchema.Annotations Annotations(OutputColumn column, uint set, string kind)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (column.ScoreValueKind is { } value)
        {
            annotations.Add(
                AnnotationNames.ScoreColumnSetId, new KeyDataViewType(typeof(uint), ScoreSetKeyCount),
                (ref uint target) => target = set);
            annotations.AddPrimitiveValue(
                AnnotationNames.ScoreColumnKind, TextDataViewType.Instance, (column.ScoreColumnKind ?? kind).AsMemory());
            annotations.AddPrimitiveValue(AnnotationNames.ScoreValueKind, TextDataViewType.Instance, value.AsMemory());
        }
        column.AddAnnotations?.Invoke(annotations);
        return annotations.ToAnnotations();
    }

    /// <summary>The largest number of columns of a model that a schema has; 0 where there is no model.</summary>
    public static uint LargestScoreSet(DataViewSchema schema)
    {
        uint largest = 0;
        foreach (DataViewSchema.Column column in schema)
            largest = Math.Max(largest, SetOf(column));
        return largest;
    }

    /// <summary>The number of the model whose column it is; 0 where it is none's.</summary>
    public static uint SetOf(DataViewSchema.Column column)
    {
        uint set = 0;
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.ScoreColumnSetId)?.Type.RawType == typeof(uint))
            column.Annotations.GetValue(AnnotationNames.ScoreColumnSetId, ref set);
        return set;
    }
}
