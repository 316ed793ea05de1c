namespace MlNetRecurrent.Onnx.Import;

/// <summary>A node with the values of its inputs.</summary>
internal sealed class GraphNode
{
    /// <summary>The most integers that are read: more than the axes of any value.</summary>
    public const int MostIntegers = 64;

    private const string Readable =
        "Graphs are read that are LSTM, GRU and RNN operators on top of each other and one linear layer, with nodes between them that " +
        "move numbers and do not change them.";

    private readonly OnnxReader _file;
    private readonly NodeProto _node;
    private readonly IReadOnlyDictionary<string, GraphValue> _values;

    public GraphNode(OnnxReader file, NodeProto node, int opset, IReadOnlyDictionary<string, GraphValue> values)
    {
        (_file, _node, Opset, _values) = (file, node, opset, values);
    }

    /// <summary>Whether an input depends on the input of the graph.</summary>
    public bool DependsOnInput => _node.Input.Any(input => _values.GetValueOrDefault(input) is DataValue or UnreadInput);

    /// <summary>The first input, if the node reads only labels or cell states, which are not part of the scores.</summary>
    public DataValue? SideValue
    {
        get
        {
            GraphValue[] read =
                [.. _node.Input.Select(_values.GetValueOrDefault).OfType<GraphValue>().Where(value => value is not IntegerValue)];
            bool isBeside = Array.TrueForAll(read, value => value is DataValue { Kind: DataKind.Label or DataKind.Cells });
            return read.Length > 0 && isBeside ? (DataValue)read[0] : null;
        }
    }

    public string Operation => _node.OpType;

    public int Opset { get; }

    public IReadOnlyList<string> Inputs => _node.Input;

    public bool Has(int input) => _node.HasInput(input);

    public bool IsConstant(int input) => Has(input) && _file.IsConstant(_node.Input[input]);

    /// <summary>The value of an input; null if it is a constant.</summary>
    public GraphValue? FindValue(int input) => Has(input) ? _values.GetValueOrDefault(_node.Input[input]) : null;

    /// <summary>The value of an input that depends on the input of the graph.</summary>
    /// <exception cref="NotSupportedException">It does not.</exception>
    /// <exception cref="InvalidDataException">It depends on an input without a type.</exception>
    public DataValue ReadData(int input) => FindValue(input) switch
    {
        DataValue value => value,
        UnreadInput { IsDamaged: true } unread => throw ReportDamage($"reads {unread.Description}"),
        UnreadInput unread => throw Refuse($"reads {unread.Description}"),
        _ => throw Refuse($"reads '{ShortenName(input)}', which does not come from the input of the graph"),
    };

    /// <summary>The integers of an input that are known before the graph runs.</summary>
    /// <exception cref="NotSupportedException">They are not known.</exception>
    public long[] ReadIntegers(int input) => TryReadIntegers(input) is { } integers && integers.Numbers.All(number => number.IsKnown)
        ? [.. integers.Numbers.Select(number => number.Factor)]
        : throw Refuse($"reads '{ShortenName(input)}', which is no constant");

    /// <summary>The integers or sizes of axes of an input; null if it is something else.</summary>
    public IntegerValue? TryReadIntegers(int input)
    {
        if (!IsConstant(input))
            return FindValue(input) as IntegerValue;
        int rank = _file.FindRank(_node.Input[input]);
        if (rank > 1)
            throw Refuse($"reads integers of {rank} dimensions from '{ShortenName(input)}'");
        if (IsLong(input))
            throw Refuse($"reads more than {MostIntegers} integers from '{ShortenName(input)}'");
        return new([.. _file.ReadIntegers(_node.Input[input]).Select(number => new Extent(number))], rank == 0);
    }

    /// <summary>Checks the number of inputs and the attributes of the node.</summary>
    /// <exception cref="NotSupportedException">The operator or an attribute is unknown.</exception>
    /// <exception cref="InvalidDataException">An attribute has the wrong type, or the node has too few or too many inputs.</exception>
    public void Check() => NodeRules.Check(this, _node, _file.HasFunction(_node.OpType));

    /// <summary>Whether an input is the constant false.</summary>
    public bool IsFalse(int input) => IsConstant(input) && _file.IsFalse(_node.Input[input]);

    /// <summary>
    /// Whether an input is a constant of more integers than are read. Without this limit, many nodes that read one large constant would
    /// take very long.
    /// </summary>
    public bool IsLong(int input) => IsConstant(input) && _file.IsLongerThan(_node.Input[input], MostIntegers);

    /// <summary>Whether an input is an integer that is known before the graph runs, or a size of an axis.</summary>
    public bool IsInteger(int input) => IsConstant(input) ? _file.IsInteger(_node.Input[input]) : FindValue(input) is IntegerValue;

    public long ReadInteger(string attribute, long otherwise) => _node.ReadInteger(attribute, otherwise);

    public float ReadNumber(string attribute, float otherwise) => FindAttribute(attribute)?.F ?? otherwise;

    public AttributeProto? FindAttribute(string name) => _node.FindAttribute(name);

    /// <summary>The axes of an operator. They are an input from an opset on, and an attribute before; null if there are none.</summary>
    public long[]? ReadAxes(int inputSince)
    {
        bool isInput = Opset >= inputSince;
        if (isInput ? FindAttribute("axes") is not null : Has(1))
            throw ReportDamage($"has its axes as {(isInput ? "an attribute" : "an input")}, which opset {Opset} does not know");
        return isInput ? Has(1) ? ReadIntegers(1) : null : FindAttribute("axes")?.Ints.ToArray();
    }

    /// <summary>The index of an axis that can be counted from the end.</summary>
    public int FindPlace(long axis, int rank)
    {
        long place = axis < 0 ? axis + rank : axis;
        return place >= 0 && place < rank ? (int)place : throw ReportDamage($"has axis {axis} of a value with {rank} axes");
    }

    /// <summary>The indices of different axes.</summary>
    public int[] FindPlaces(IEnumerable<long> axes, int rank)
    {
        int[] places = [.. axes.Select(axis => FindPlace(axis, rank))];
        return places.Distinct().Count() == places.Length ? places : throw ReportDamage("names an axis twice");
    }

    public void ThrowIfNotSingle(DataValue value)
    {
        if (value.Type != OnnxType.Single)
            throw Refuse($"reads numbers of type {value.Type}; this library computes in {OnnxType.Single}");
    }

    public NotSupportedException Refuse(string reason) => new($"{_node.Describe()} {reason}. {Readable}");

    public InvalidDataException ReportDamage(string damage) => new($"The file is damaged: {_node.Describe()} {damage}.");

    private string ShortenName(int input) => Has(input) ? ShortName.Shorten(_node.Input[input]) : "";
}
