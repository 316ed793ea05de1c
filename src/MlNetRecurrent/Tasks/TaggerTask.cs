namespace MlNetRecurrent.Tasks;

/// <summary>Classification of every step, with a vector of keys as the label.</summary>
/// <param name="head">The head of the network, without the names of the tags, which come from the labels.</param>
internal sealed class TaggerTask(HeadDefinition head) : RecurrentTask
{
    public const string TaskName = "SequenceTagging";

    public override string Name => TaskName;

    public override string LabelExpected => "a vector of keys, one a step (MapValueToKey makes keys of values)";

    public override HeadDefinition UsualHead => HeadDefinition.Categorical;

    public override bool Accepts(HeadDefinition head) => head.CanTag;

    public override HeadDefinition Head => head;

    /// <summary>The number of best label sequences that have a column of their own; 0 for no such column.</summary>
    public int Alternatives => head is CrfDefinition crf ? crf.Alternatives : 0;

    public override bool EveryStep => true;

    public override IReadOnlyList<string> OutputNames => Alternatives == 0
        ? base.OutputNames
        : [.. base.OutputNames, TaskOutputs.Alternatives, TaskOutputs.AlternativeProbabilities];

    public override bool IsLabel(DataViewType item, bool isKey) => isKey;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        yield return SchemaShapes.ScoreColumn(
            TaskOutputs.PredictedLabel, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true,
            SchemaShapes.KeyValues(label, AnnotationNames.KeyValues));
        yield return SchemaShapes.ScoreColumn(
            TaskOutputs.Score, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Single, isKey: false);
        if (Alternatives == 0)
            yield break;
        yield return SchemaShapes.With(
            TaskOutputs.Alternatives, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true,
            SchemaShapes.KeyValues(label, AnnotationNames.KeyValues));
        yield return SchemaShapes.Plain(
            TaskOutputs.AlternativeProbabilities, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Single);
    }

    public override TaggerTask For(HeadDefinition head) => new TaggerTask(head);

    public override LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label)
    {
        KeyReader.VectorGetter getter = KeyReader.Vector(row, label);
        ulong count = ClassLabels.KeysOf(label);
        int[] keys = [];
        float[] read = [];
        return () =>
        {
            int steps = getter(ref keys);
            if (read.Length < steps)
                read = new float[keys.Length];
            for (int t = 0; t < steps; t++)
                read[t] = ClassLabels.ClassOf((ulong)keys[t], count, row, label);
            return read.AsSpan(0, steps);
        };
    }

    public override LabelCheck? CheckLabels(DataViewRow row, DataViewSchema.Column label) =>
        TagCheck.For(head, row, label) is { } check ? check.ThrowIfForbidden : null;

    public override TaskOutputs RestoreOutputs(OutputDescription description) =>
        head.Fits(description.Count) && head == head.For(description.LabelValues)
            ? new TaggerOutputs(description.Count, description.RestoreLabels(description.Count), this)
            : throw new InvalidDataException($"The model is damaged: the tags of its loss, {head}, are not its labels.");

    public override TaskOutputs LearnOutputs(LabelColumn label, DataStatistics data, TaskOutputs? previous)
    {
        (int count, LabelValues? values) = ClassLabels.Learn(label, data, Previous<TaggerOutputs>(label, previous));
        return new TaggerOutputs(count, values, For(head.For(values?.Texts)));
    }
}
