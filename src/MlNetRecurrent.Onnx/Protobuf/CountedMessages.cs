namespace MlNetRecurrent.Onnx.Protobuf;

#pragma warning disable CA1822 // The parser calls these of each message.

// The parser makes a message before it reads it: each is counted then.
internal sealed partial class OperatorSetIdProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class StringStringEntryProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class FunctionProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class GraphProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class NodeProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class AttributeProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class TensorProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class ValueInfoProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class TypeProto
{
    partial void OnConstruction() => MessageBudget.Take();
}

internal sealed partial class TensorShapeProto
{
    partial void OnConstruction() => MessageBudget.Take();

    public static partial class Types
    {
        internal sealed partial class Dimension
        {
            partial void OnConstruction() => MessageBudget.Take();
        }
    }
}
