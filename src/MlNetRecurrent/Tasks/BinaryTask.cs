using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Losses;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tasks;

/// <summary>Yes or no.</summary>
internal sealed class BinaryTask : RecurrentTask
{
    public const string TaskName = "BinaryClassification";

    public override string LabelExpected => "Boolean (ConvertType makes it of numbers)";

    public override LossKind Loss => LossKind.SigmoidCrossEntropy;

    public override IReadOnlyList<string> OutputNames => [TaskOutputs.PredictedLabel, TaskOutputs.Score, TaskOutputs.Probability];

    public override bool IsLabel(DataViewType item, bool isKey) => !isKey && item == BooleanDataViewType.Instance;

    public override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label)
    {
        yield return SchemaShapes.ScoreColumn(TaskOutputs.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false);
        yield return SchemaShapes.ScoreColumn(TaskOutputs.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
        yield return SchemaShapes.ProbabilityColumn(TaskOutputs.Probability);
    }

    public override LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<bool> getter = row.GetGetter<bool>(label);
        bool value = false;
        var read = new float[1];
        return () =>
        {
            getter(ref value);
            read[0] = value ? 1 : 0;
            return read;
        };
    }

    public override TaskOutputs LearnOutputs(DataViewSchema.Column label, DataStatistics data, TaskOutputs? previous)
    {
        if (Previous<BinaryOutputs>(previous) is { } known)
            return known;
        if (data.ClassWeights is [> 0, > 0])
            return new BinaryOutputs();
        throw new InvalidOperationException($"All {data.Count} rows have the same label in column '{label.Name}', {data.ClassWeights.Count > 1}: there is nothing to tell apart.");
    }
}
