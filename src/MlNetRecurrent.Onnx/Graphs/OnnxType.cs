namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>The element types of tensors. The values are those of ONNX.</summary>
internal enum OnnxType
{
    Single = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Boolean = 9,
    Half = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
}
