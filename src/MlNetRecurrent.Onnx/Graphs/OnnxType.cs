namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>The types of elements, with ONNX's numbers.</summary>
internal enum OnnxType
{
    Single = 1,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Boolean = 9,
    UInt32 = 12,
}
