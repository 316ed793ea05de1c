using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>A column of sequences as a value of a graph.</summary>
/// <param name="Value">Its name: numbers [batch, time, Features], or keys or texts [batch, time].</param>
/// <param name="Features">Numbers of a step.</param>
/// <param name="Keys">The number of keys, of which a step is one; 0 where it is none.</param>
/// <param name="IsText">Whether steps are texts.</param>
internal sealed record SequenceInGraph(string Value, int Features, int Keys = 0, bool IsText = false)
{
    /// <param name="column">The column.</param>
    /// <param name="value">The name of its value.</param>
    /// <param name="features">Numbers of a step where the type does not say it, or 0.</param>
    /// <exception cref="InvalidOperationException">The column is no sequence.</exception>
    public static SequenceInGraph Of(DataViewSchema.Column column, string value, int features)
    {
        SequenceColumn sequence = SequenceColumn.Of(column, column.Type is VectorDataViewType { Dimensions.Length: 1, ItemType: not KeyDataViewType } ? features : 0, "Column");
        return new(value, Math.Max(1, sequence.Features), sequence.HoldsTokens ? sequence.Tokens - 1 : 0);
    }
}
