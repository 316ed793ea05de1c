using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>A node with the values of its inputs.</summary>
internal sealed class GraphNode
{
    /// <summary>No value has more axes, and no shape more sizes.</summary>
    public const int MostIntegers = 64;

    private readonly OnnxReader _file;
    private readonly NodeProto _node;
    private readonly IReadOnlyDictionary<string, GraphValue> _values;

    public GraphNode(OnnxReader file, NodeProto node, int opset, IReadOnlyDictionary<string, GraphValue> values)
    {
        (_file, _node, Opset, _values) = (file, node, opset, values);
    }

    /// <summary>Whether an input comes from the input of the graph.</summary>
    public bool ReadsData => _node.Input.Any(input => _values.GetValueOrDefault(input) is DataValue or UnreadInput);

    /// <summary>The value that is told beside the scores, where the node reads none but such.</summary>
    public DataValue? Aside
    {
        get
        {
            GraphValue[] read = [.. _node.Input.Select(_values.GetValueOrDefault).OfType<GraphValue>().Where(value => value is not IntegerValue)];
            return read.Length > 0 && Array.TrueForAll(read, value => value is DataValue { Kind: DataKind.Label or DataKind.Cells }) ? (DataValue)read[0] : null;
        }
    }

    public string Operation => _node.OpType;

    public int Opset { get; }

    public IReadOnlyList<string> Inputs => _node.Input;

    public static bool IsStandard(NodeProto node) => node.Domain is "" or "ai.onnx";

    /// <summary>The node as messages name it.</summary>
    public static string Describe(NodeProto node)
    {
        string name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? "";
        return $"{ShortName.Shorten(node.OpType)} '{ShortName.Shorten(name)}'";
    }

    public bool Has(int input) => _node.Input.Count > input && _node.Input[input].Length > 0;

    public bool IsConstant(int input) => Has(input) && _file.IsConstant(_node.Input[input]);

    /// <summary>An input; null where it is a constant.</summary>
    public GraphValue? Value(int input) => Has(input) ? _values.GetValueOrDefault(_node.Input[input]) : null;

    /// <summary>An input that comes from the input of the graph.</summary>
    /// <exception cref="NotSupportedException">It does not.</exception>
    /// <exception cref="InvalidDataException">It comes from an input without a type.</exception>
    public DataValue Data(int input) => Value(input) switch
    {
        DataValue value => value,
        UnreadInput { IsDamaged: true } unread => throw Damaged($"reads {unread.Description}"),
        UnreadInput unread => throw Refuse($"reads {unread.Description}"),
        _ => throw Refuse($"reads '{NameOf(input)}', which does not come from the input of the graph"),
    };

    /// <summary>Integers that are known before the graph runs.</summary>
    /// <exception cref="NotSupportedException">They are not.</exception>
    public long[] Integers(int input) => TryIntegers(input) is { } integers && integers.Numbers.All(number => number.IsKnown)
        ? [.. integers.Numbers.Select(number => number.Factor)]
        : throw Refuse($"reads '{NameOf(input)}', which is no constant");

    /// <summary>Integers, or sizes of axes.</summary>
    public IntegerValue? TryIntegers(int input)
    {
        if (!IsConstant(input))
            return Value(input) as IntegerValue;
        int rank = _file.RankOf(_node.Input[input]);
        if (rank > 1)
            throw Refuse($"reads integers of {rank} dimensions from '{NameOf(input)}'");
        if (IsLong(input))
            throw Refuse($"reads more than {MostIntegers} integers from '{NameOf(input)}'");
        return new([.. _file.Integers(_node.Input[input]).Select(number => new Extent(number))], rank == 0);
    }

    /// <summary>Holds the node against what is known of its operator.</summary>
    /// <exception cref="NotSupportedException">The operator, or one of its attributes, is not known here.</exception>
    /// <exception cref="InvalidDataException">An attribute is of another type, or there are too few inputs.</exception>
    public void Check() => NodeRules.Check(this, _node, _file.HasFunction(_node.OpType));

    /// <summary>Whether an input is a constant that says no.</summary>
    public bool IsFalse(int input) => IsConstant(input) && _file.IsFalse(_node.Input[input]);

    /// <summary>Whether an input is a constant of more integers than are read: many nodes may read it.</summary>
    public bool IsLong(int input) => IsConstant(input) && _file.IsLongerThan(_node.Input[input], MostIntegers);

    /// <summary>Whether an input is known before the graph runs, and an integer.</summary>
    public bool IsInteger(int input) => IsConstant(input) ? _file.IsInteger(_node.Input[input]) : Value(input) is IntegerValue;

    public long Integer(string attribute, long otherwise) => Attribute(attribute)?.I ?? otherwise;

    public float Number(string attribute, float otherwise) => Attribute(attribute)?.F ?? otherwise;

    public AttributeProto? Attribute(string name) => _node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>The axes of an operator that had them as an attribute before an opset, and has them as an input since; null where there are none.</summary>
    public long[]? Axes(int inputSince)
    {
        bool isInput = Opset >= inputSince;
        if (isInput ? Attribute("axes") is not null : Has(1))
            throw Damaged($"has its axes as {(isInput ? "an attribute" : "an input")}, which opset {Opset} does not know");
        return isInput ? Has(1) ? Integers(1) : null : Attribute("axes")?.Ints.ToArray();
    }

    /// <summary>The place of an axis, which may be counted from the end.</summary>
    public int Place(long axis, int rank)
    {
        long place = axis < 0 ? axis + rank : axis;
        return place >= 0 && place < rank ? (int)place : throw Damaged($"has axis {axis} of a value with {rank} axes");
    }

    /// <summary>The places of axes, of which none may be named twice.</summary>
    public int[] Places(IEnumerable<long> axes, int rank)
    {
        int[] places = [.. axes.Select(axis => Place(axis, rank))];
        return places.Distinct().Count() == places.Length ? places : throw Damaged("names an axis twice");
    }

    public void ThrowIfNotSingle(DataValue value)
    {
        if (value.Type != OnnxType.Single)
            throw Refuse($"reads numbers of type {value.Type}; this library computes in {OnnxType.Single}");
    }

    public NotSupportedException Refuse(string why) => new($"{Describe(_node)} {why}. {Readable}");

    public InvalidDataException Damaged(string why) => new($"The file is damaged: {Describe(_node)} {why}.");

    private string NameOf(int input) => Has(input) ? ShortName.Shorten(_node.Input[input]) : "";

    private const string Readable =
        "Graphs are read that are LSTM, GRU and RNN operators on top of each other and one linear layer, with nodes between them that move numbers and do not change them.";
}
