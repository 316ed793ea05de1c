using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>A column of sequences as a value of a graph.</summary>
/// <param name="Value">The name of the value: numbers [batch, time, Features], or keys or texts [batch, time].</param>
/// <param name="Features">The number of features of a step.</param>
/// <param name="Keys">The number of keys, if steps are keys; otherwise 0.</param>
/// <param name="IsText">Whether steps are texts.</param>
internal sealed record SequenceInGraph(string Value, int Features, int Keys = 0, bool IsText = false)
{
    /// <summary>Describes the value of a column by its type.</summary>
    /// <param name="column">The column.</param>
    /// <param name="features">The number of features of a step for types that do not tell it; 0 if it is unknown.</param>
    /// <exception cref="InvalidOperationException">The column is not a sequence.</exception>
    public static SequenceInGraph Describe(DataViewSchema.Column column, int features)
    {
        if (column.Type is VectorDataViewType { ItemType: TextDataViewType })
            return new(column.Name, 1, IsText: true);
        bool isFlat = column.Type is VectorDataViewType { Dimensions.Length: 1, ItemType: not KeyDataViewType };
        var sequence = SequenceColumn.Of(column, isFlat ? features : 0, "Column");
        return new(column.Name, Math.Max(1, sequence.Features), sequence.HoldsTokens ? sequence.Tokens - 1 : 0);
    }
}
