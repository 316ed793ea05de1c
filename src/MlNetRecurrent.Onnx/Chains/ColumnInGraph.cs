using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>A column as a value of a graph: sequences, or one value a row.</summary>
/// <param name="Value">The name of the value: numbers [batch, time, Features], or keys or texts [batch, time]. For one value a row, numbers
/// [batch, Features], or a key or text [batch, 1].</param>
/// <param name="Features">The number of features of a step.</param>
/// <param name="Keys">The number of keys, if steps are keys; otherwise 0.</param>
/// <param name="IsText">Whether steps are texts.</param>
/// <param name="IsStatic">Whether a row has one value.</param>
/// <param name="Characters">The number of keys of a step, if they are characters: [batch, time, Characters]; otherwise 0.</param>
internal sealed record ColumnInGraph(
    string Value, int Features, int Keys = 0, bool IsText = false, bool IsStatic = false, int Characters = 0)
{
    /// <summary>The sizes of the axes.</summary>
    public object[] Dimensions =>
    [
        "batch",
        .. IsStatic ? (object[])[] : ["time"],
        .. Keys == 0 && !IsText ? (object[])[Features] : IsStatic ? [1] : Characters > 0 ? [Characters] : [],
    ];

    /// <summary>Describes the value of a column by its type.</summary>
    /// <param name="column">The column.</param>
    /// <param name="features">The number of features of a step for types that do not tell it; 0 if it is unknown.</param>
    /// <param name="isStatic">Whether a row has one value.</param>
    /// <exception cref="InvalidOperationException">A network cannot read the column.</exception>
    public static ColumnInGraph Describe(DataViewSchema.Column column, int features, bool isStatic)
    {
        DataViewType item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        if (item is TextDataViewType)
            return new(column.Name, 1, IsText: true, IsStatic: isStatic);
        bool isFlat = column.Type is VectorDataViewType { Dimensions.Length: 1, ItemType: not KeyDataViewType };
        SequenceColumn read = isStatic ? StaticColumn.Of(column) : SequenceColumn.Of(
            column, isFlat ? features : 0, "Column", takesCharacters: true);
        int keys = read.HoldsTokens ? read.Tokens - 1 : 0;
        return new(column.Name, Math.Max(1, read.Features), keys, IsStatic: isStatic, Characters: read.Characters);
    }

    /// <summary>Whether it has the content that the network was trained on.</summary>
    public bool Fits(SequenceColumn column) =>
        !IsText && IsStatic == column.IsStatic && Keys > 0 == column.HoldsTokens
        && Characters == column.Characters && (Keys > 0 || Features == column.Features);
}
