using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A column that a model of this library adds, made of outputs of the network that another component has computed.</summary>
internal sealed record ModelOutput : RowMap
{
    /// <summary>The column of the outputs, a vector of Single.</summary>
    public required string InputColumnName { get; init; }

    /// <summary>
    /// The column of a <see cref="CheckedRow"/>, which is read first; the outputs of rows that are not complete are NaN. Null in files of
    /// older versions.
    /// </summary>
    public string? CompleteColumnName { get; init; }

    /// <summary>The meaning of the outputs.</summary>
    public required OutputDescription Outputs { get; init; }

    /// <summary>The head of the network; null for the usual one of the task.</summary>
    public HeadDefinition? Head { get; init; }

    /// <summary>Whether it is the first of the columns of an output of the model.</summary>
    public required bool IsFirst { get; init; }

    public override IReadOnlyList<string> InputColumnNames =>
        CompleteColumnName is null ? [InputColumnName] : [InputColumnName, CompleteColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShapeRules.Sequence(input, InputColumnName);
        TaskOutputs outputs = TaskOutputs.Restore(Outputs, Head);
        OutputColumn column = Column(outputs);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(column.Name, column.Type, ScoringSchema.Annotations(column, 1, outputs.ScoreColumnKind));
        return SchemaShapes.Of(builder.ToSchema()).Single();
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        DataViewSchema.Column scores = SchemaShapeRules.Find(input, InputColumnName);
        if (scores.Type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single)
            throw new InvalidOperationException($"Column '{InputColumnName}' is {scores.Type}; expected a vector of Single.");
        if (CompleteColumnName is { } name && SchemaShapeRules.Find(input, name) is { Type: not BooleanDataViewType } complete)
            throw new InvalidOperationException($"Column '{name}' is {complete.Type}; expected Boolean.");
        TaskOutputs outputs = TaskOutputs.Restore(Outputs, Head);
        OutputColumn column = Column(outputs);
        uint set = ScoringSchema.LargestScoreSet(input) + (IsFirst ? 1u : 0u);
        return new(
            column.Type,
            ScoringSchema.Annotations(column, set, outputs.ScoreColumnKind),
            row => column.MakeGetter(new ScoredRow(row, row.Schema[InputColumnName], CompleteColumnName)));
    }

    protected override void ValidateMap()
    {
        if (TaskOutputs.Restore(Outputs, Head).Columns.All(column => column.Name != OutputColumnName))
            throw Damaged($"a model has no column '{OutputColumnName}'");
    }

    private OutputColumn Column(TaskOutputs outputs) => outputs.Columns.Single(column => column.Name == OutputColumnName);

    private sealed class ScoredRow(DataViewRow row, DataViewSchema.Column scores, string? completeColumn) : IScoredRow
    {
        private readonly ValueGetter<bool>? _completeGetter =
            completeColumn is null ? null : row.GetGetter<bool>(row.Schema[completeColumn]);

        private readonly VectorReader _reader = new(row, scores);
        private float[] _outputs = [];

        public long Position => row.Position;

        public ReadOnlyMemory<float> Outputs
        {
            get
            {
                bool isComplete = true;
                _completeGetter?.Invoke(ref isComplete);
                ReadOnlySpan<float> outputs = _reader.Read();
                if (_outputs.Length < outputs.Length)
                    _outputs = new float[outputs.Length];
                if (isComplete)
                    outputs.CopyTo(_outputs);
                else
                    _outputs.AsSpan().Fill(float.NaN);
                return _outputs.AsMemory(0, outputs.Length);
            }
        }

        public ReadOnlyMemory<float> Inspect(string inspection) => throw new NotSupportedException();
    }
}
