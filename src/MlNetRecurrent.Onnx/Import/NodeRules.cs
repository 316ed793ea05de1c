using static MlNetRecurrent.Onnx.Graphs.AttributeType;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>The operators that are read, with the number of their inputs and their attributes. All others are refused.</summary>
internal static class NodeRules
{
    private static readonly (string, AttributeType)[] _recurrent =
    [
        ("activation_alpha", Numbers), ("activation_beta", Numbers), ("activations", Texts), ("clip", Number),
        ("direction", Text), ("hidden_size", Integer), ("layout", Integer),
    ];

    private static readonly Dictionary<string, Rule> _rules = new()
    {
        ["LSTM"] = new(3, 8, [.. _recurrent, ("input_forget", Integer)]),
        ["GRU"] = new(3, 6, [.. _recurrent, ("linear_before_reset", Integer)]),
        ["RNN"] = new(3, 6, _recurrent),
        ["Identity"] = new(1, 1),
        ["Constant"] = new(
            0, 0, ("value", Tensor), ("value_int", Integer), ("value_ints", Integers), ("value_float", Number), ("value_floats", Numbers)),
        ["Cast"] = new(1, 1, ("to", Integer), ("saturate", Integer)),
        ["Dropout"] = new(1, 3, ("ratio", Number), ("seed", Integer)),
        ["Transpose"] = new(1, 1, ("perm", Integers)),
        ["Squeeze"] = new(1, 2, ("axes", Integers)),
        ["Unsqueeze"] = new(1, 2, ("axes", Integers)),
        ["Reshape"] = new(2, 2, ("allowzero", Integer)),
        ["Flatten"] = new(1, 1, ("axis", Integer)),
        ["Shape"] = new(1, 1, ("start", Integer), ("end", Integer)),
        ["Gather"] = new(2, 2, ("axis", Integer)),
        ["Slice"] = new(3, 5),
        ["Concat"] = new(1, int.MaxValue, ("axis", Integer)),
        ["ReduceMean"] = new(1, 2, ("axes", Integers), ("keepdims", Integer), ("noop_with_empty_axes", Integer)),
        ["ReduceMax"] = new(1, 2, ("axes", Integers), ("keepdims", Integer), ("noop_with_empty_axes", Integer)),
        ["Gemm"] = new(2, 3, ("alpha", Number), ("beta", Number), ("transA", Integer), ("transB", Integer)),
        ["Mul"] = new(2, 2),
        ["MatMul"] = new(2, 2),
        ["Add"] = new(2, 2),
        ["Softmax"] = new(1, 1, ("axis", Integer)),
        ["LogSoftmax"] = new(1, 1, ("axis", Integer)),
        ["Sigmoid"] = new(1, 1),
        ["ArgMax"] = new(1, 1, ("axis", Integer), ("keepdims", Integer), ("select_last_index", Integer)),
        ["ZipMap"] = new(1, 1, ("classlabels_strings", Texts), ("classlabels_int64s", Integers)),
    };

    /// <exception cref="NotSupportedException">The operator or an attribute is unknown.</exception>
    /// <exception cref="InvalidDataException">There are too few or too many inputs, or an attribute has the wrong type.</exception>
    public static void Check(GraphNode node, NodeProto proto, bool isFunction)
    {
        bool isDomain = proto.OpType == "ZipMap" ? proto.Domain == GraphBuilder.MlDomain : proto.IsStandard();
        if (!isDomain || isFunction)
            throw node.Refuse($"is of the domain '{ShortName.Shorten(proto.Domain)}', whose operator of this name is not known");
        if (!_rules.TryGetValue(proto.OpType, out Rule? rule))
            throw node.Refuse("cannot be read");
        bool hasRequired = proto.Input.Count >= rule.LeastInputs && proto.Input.Take(rule.LeastInputs).All(input => input.Length > 0);
        if (!hasRequired || proto.Input.Count > rule.MostInputs)
            throw node.ReportDamage($"has {proto.Input.Count} inputs");
        HashSet<string> names = [];
        foreach (AttributeProto attribute in proto.Attribute)
        {
            (string name, AttributeType type) = rule.Attributes.FirstOrDefault(known => known.Name == attribute.Name);
            if (name is null || attribute.RefAttrName.Length > 0)
                throw node.Refuse($"has an attribute '{ShortName.Shorten(attribute.Name)}', which is not known");
            // Files of the oldest versions have no types.
            if (attribute.Type != (int)type && attribute.Type != 0)
                throw node.ReportDamage($"has an attribute '{name}' of type {attribute.Type}; expected {(int)type}");
            if (!names.Add(name))
                throw node.ReportDamage($"has two attributes '{name}'");
        }
    }

    private sealed record Rule(int LeastInputs, int MostInputs, params (string Name, AttributeType Type)[] Attributes);
}
