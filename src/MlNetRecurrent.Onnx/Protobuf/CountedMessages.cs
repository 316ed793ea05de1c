namespace MlNetRecurrent.Onnx.Protobuf;

// The parser creates a message before it reads the contents, and calls OnConstruction.
internal sealed partial class OperatorSetIdProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class StringStringEntryProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class FunctionProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class GraphProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class NodeProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class AttributeProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class TensorProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class ValueInfoProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class TypeProto
{
    partial void OnConstruction() => MessageBudget.Take(this);
}

internal sealed partial class TensorShapeProto
{
    partial void OnConstruction() => MessageBudget.Take(this);

    public static partial class Types
    {
        internal sealed partial class Dimension
        {
            partial void OnConstruction() => MessageBudget.Take(this);
        }
    }
}
