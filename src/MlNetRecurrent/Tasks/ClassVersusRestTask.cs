namespace MlNetRecurrent.Tasks;

/// <summary>Binary classification of a label of keys: one of its classes against all others.</summary>
/// <param name="index">The class, from 0.</param>
internal sealed class ClassVersusRestTask(int index) : BinaryTask
{
    public override string LabelExpected => Multiclass.LabelExpected;

    public override bool TakesVectors => false;

    public override bool IsLabel(SchemaShape.Column label) => IsLabelKind(label.Kind) && label.IsKey;

    public override bool IsLabel(DataViewType item, bool isKey) => isKey;

    public override LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label)
    {
        LabelReader classes = Multiclass.ReadLabels(row, label);
        var read = new float[1];
        return () =>
        {
            float found = classes()[0];
            read[0] = float.IsNaN(found) ? found : found == index ? 1 : 0;
            return read;
        };
    }

    /// <exception cref="InvalidOperationException">The rows to learn from have only the class, or only others.</exception>
    public override TaskOutputs LearnOutputs(LabelColumn label, DataStatistics data, TaskOutputs? previous)
    {
        bool hasOthers = data.ClassWeights[0] > 0, hasClass = data.ClassWeights.Count > 1 && data.ClassWeights[1] > 0;
        if (hasClass && hasOthers)
            return new BinaryOutputs(Binary);
        string name = ClassLabels.NameOf(LabelValues.Read(label.Column), index), column = label.Column.Name;
        throw hasClass ? label.NothingToTellApart(data.Count, name) : new InvalidOperationException(
            $"None of the {data.Count} rows to learn from has the label {name} in column '{column}': there is nothing to tell apart.");
    }
}
