using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>The operators that are read, with the number of their inputs and their attributes: what is not listed here would change the scores unseen.</summary>
internal static class NodeRules
{
    private const int Float = 1, Int = 2, Text = 3, Tensor = 4, Floats = 6, Ints = 7, Texts = 8;

    private static readonly (string, int)[] _recurrent =
    [
        ("activation_alpha", Floats), ("activation_beta", Floats), ("activations", Texts), ("clip", Float), ("direction", Text), ("hidden_size", Int), ("layout", Int),
    ];

    private static readonly Dictionary<string, Rule> _rules = new()
    {
        ["LSTM"] = new(3, 8, [.. _recurrent, ("input_forget", Int)]),
        ["GRU"] = new(3, 6, [.. _recurrent, ("linear_before_reset", Int)]),
        ["RNN"] = new(3, 6, _recurrent),
        ["Identity"] = new(1, 1),
        ["Constant"] = new(0, 0, ("value", Tensor), ("value_int", Int), ("value_ints", Ints), ("value_float", Float), ("value_floats", Floats)),
        ["Cast"] = new(1, 1, ("to", Int), ("saturate", Int)),
        ["Dropout"] = new(1, 3, ("ratio", Float), ("seed", Int)),
        ["Transpose"] = new(1, 1, ("perm", Ints)),
        ["Squeeze"] = new(1, 2, ("axes", Ints)),
        ["Unsqueeze"] = new(1, 2, ("axes", Ints)),
        ["Reshape"] = new(2, 2, ("allowzero", Int)),
        ["Flatten"] = new(1, 1, ("axis", Int)),
        ["Shape"] = new(1, 1, ("start", Int), ("end", Int)),
        ["Gather"] = new(2, 2, ("axis", Int)),
        ["Slice"] = new(3, 5),
        ["Concat"] = new(1, int.MaxValue, ("axis", Int)),
        ["ReduceMean"] = new(1, 2, ("axes", Ints), ("keepdims", Int), ("noop_with_empty_axes", Int)),
        ["ReduceMax"] = new(1, 2, ("axes", Ints), ("keepdims", Int), ("noop_with_empty_axes", Int)),
        ["Gemm"] = new(2, 3, ("alpha", Float), ("beta", Float), ("transA", Int), ("transB", Int)),
        ["Mul"] = new(2, 2),
        ["MatMul"] = new(2, 2),
        ["Add"] = new(2, 2),
        ["Softmax"] = new(1, 1, ("axis", Int)),
        ["LogSoftmax"] = new(1, 1, ("axis", Int)),
        ["Sigmoid"] = new(1, 1),
        ["ArgMax"] = new(1, 1, ("axis", Int), ("keepdims", Int), ("select_last_index", Int)),
        ["ZipMap"] = new(1, 1, ("classlabels_strings", Texts), ("classlabels_int64s", Ints)),
    };

    /// <exception cref="NotSupportedException">The operator or an attribute is not listed.</exception>
    /// <exception cref="InvalidDataException">There are too few or too many inputs, or an attribute has another type than it should.</exception>
    public static void Check(GraphNode node, NodeProto proto, bool isFunction)
    {
        bool isDomain = proto.OpType == "ZipMap" ? proto.Domain == GraphBuilder.MlDomain : GraphNode.IsStandard(proto);
        if (!isDomain || isFunction)
            throw node.Refuse($"is of the domain '{ShortName.Shorten(proto.Domain)}', whose operator of this name is not known");
        if (!_rules.TryGetValue(proto.OpType, out Rule? rule))
            throw node.Refuse("cannot be read");
        if (proto.Input.Count < rule.LeastInputs || proto.Input.Take(rule.LeastInputs).Any(input => input.Length == 0) || proto.Input.Count > rule.MostInputs)
            throw node.Damaged($"has {proto.Input.Count} inputs");
        HashSet<string> names = [];
        foreach (AttributeProto attribute in proto.Attribute)
        {
            (string name, int type) = rule.Attributes.FirstOrDefault(known => known.Name == attribute.Name);
            if (name is null || attribute.RefAttrName.Length > 0)
                throw node.Refuse($"has an attribute '{ShortName.Shorten(attribute.Name)}', which is not known");
            // Files of the oldest versions leave the type out.
            if (attribute.Type != type && attribute.Type != 0)
                throw node.Damaged($"has an attribute '{name}' of type {attribute.Type}; expected {type}");
            if (!names.Add(name))
                throw node.Damaged($"has two attributes '{name}'");
        }
    }

    private sealed record Rule(int LeastInputs, int MostInputs, params (string Name, int Type)[] Attributes);
}
