namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>The types of attributes. The values are those of ONNX.</summary>
internal enum AttributeType
{
    Number = 1,
    Integer = 2,
    Text = 3,
    Tensor = 4,
    Graph = 5,
    Numbers = 6,
    Integers = 7,
    Texts = 8,
}
