using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tasks;

/// <summary>One of several classes, which the label names by a key.</summary>
internal sealed class MulticlassTask : RecurrentTask
{
    /// <summary>Classes of the head: more would not be keys of classes.</summary>
    private const ulong MostClasses = 1 << 20;

    public override string Name => MulticlassOutputs.TaskName;

    public override string LabelExpected => "a key (MapValueToKey makes keys of values)";

    public override bool IsLabel(DataViewType item, bool isKey) => isKey;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        string[] values = label.Annotations.Any(annotation => annotation.Name == AnnotationNames.KeyValues) ? [AnnotationNames.KeyValues] : [];
        string[] slots = values.Length > 0 ? [AnnotationNames.SlotNames, AnnotationNames.TrainingLabelValues] : [];
        yield return SchemaShapes.ScoreColumn(MulticlassOutputs.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, values);
        yield return SchemaShapes.ScoreColumn(MulticlassOutputs.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, slots);
    }

    public override Func<float?> LabelReader(DataViewRow row, DataViewSchema.Column label)
    {
        Func<ulong> key = KeyReader.Scalar(row, label);
        return () => key() is > 0 and var value ? value - 1 : null;
    }

    public override TaskOutputs LearnOutputs(DataViewSchema.Column label, SequenceSet data)
    {
        ulong count = ((KeyDataViewType)label.Type).Count;
        if (count is 0 or > MostClasses)
            throw new InvalidOperationException($"Label column '{label.Name}' has keys of {count} values; a network can tell at most {MostClasses} classes apart.");
        LabelValues? values = LabelValues.Read(label);
        float first = data.Label(0);
        if (Enumerable.Range(1, data.Count - 1).All(i => data.Label(i) == first))
        {
            string name = values is null ? $"{first + 1}" : $"'{values.Texts[(int)first]}'";
            throw new InvalidOperationException($"All {data.Count} rows have the same label in column '{label.Name}', {name}: there is nothing to tell apart.");
        }
        return new MulticlassOutputs((int)count, values);
    }
}
