using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Tasks;

/// <summary>What a trainer predicts: how labels are read, and which columns a model puts out.</summary>
internal abstract class RecurrentTask
{
    /// <summary>The name in ML.NET's annotations and in files.</summary>
    public abstract string Name { get; }

    /// <summary>What is expected of the label column, for messages.</summary>
    public abstract string LabelExpected { get; }

    public abstract bool IsLabel(DataViewType item, bool isKey);

    /// <summary>The columns that a model will put out, as far as they are known before the training.</summary>
    public abstract IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label);

    /// <summary>Reads the label of the current row; null where it is missing.</summary>
    public abstract Func<float?> LabelReader(DataViewRow row, DataViewSchema.Column label);

    /// <summary>What a model of this task needs to know of the labels.</summary>
    /// <exception cref="InvalidOperationException">Nothing can be learnt from these labels.</exception>
    public abstract TaskOutputs LearnOutputs(DataViewSchema.Column label, SequenceSet data);
}
