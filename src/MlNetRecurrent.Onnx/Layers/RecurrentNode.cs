namespace MlNetRecurrent.Onnx.Layers;

/// <summary>An LSTM, GRU or RNN node of a file: its layer and its weights.</summary>
internal sealed class RecurrentNode
{
    private readonly OnnxReader _file;
    private readonly NodeProto _node;
    private readonly OperatorFormat _cell;

    private RecurrentNode(OnnxReader file, NodeProto node, OperatorFormat cell, bool isOurs)
    {
        (_file, _node, _cell) = (file, node, cell);
        Directions = node.ReadText("direction", "forward") switch
        {
            "forward" => 1,
            "bidirectional" => 2,
            var other => throw Refuse($"the direction '{ShortName.Shorten(other)}'"),
        };
        ThrowIfUnsupported();
        if (!isOurs)
            ThrowIfStateful();
        (Units, Inputs) = ReadSizes();
    }

    public int Directions { get; }

    public int Units { get; }

    /// <summary>The number of features of a step of the input.</summary>
    public int Inputs { get; }

    public LayerDefinition Layer => _cell.CreateDefinition(Units) with { Bidirectional = Directions == 2 };

    private string Name => _node.Describe();

    public static bool IsRecurrent(NodeProto node) => node.OpType is "LSTM" or "GRU" or "RNN";

    /// <param name="file">The file.</param>
    /// <param name="node">The node.</param>
    /// <param name="isOurs">Whether this library wrote the file. Its lengths and initial states are then known to be right.</param>
    /// <exception cref="NotSupportedException">No layer of this library does the same; the message says why.</exception>
    /// <exception cref="InvalidDataException">The sizes of the weights contradict each other.</exception>
    public static RecurrentNode Read(OnnxReader file, NodeProto node, bool isOurs = false) => node.Input.Count < 3
        ? throw new InvalidDataException($"{node.Describe()} is damaged: it has no weights.")
        : new(file, node, LayerFormats.FindCell(node)!, isOurs);

    /// <summary>Writes the weights of the node to a layer of a network.</summary>
    public void WriteTo(WeightWriter weights, string layer)
    {
        float[] w = _file.ReadNumbers(_node.Input[1]).Values, r = _file.ReadNumbers(_node.Input[2]).Values;
        float[] b = _node.HasInput(3) ? _file.ReadNumbers(_node.Input[3]).Values : new float[Directions * 2 * _cell.Gates * Units];
        foreach ((int direction, string name) in WeightNames.ListDirections(layer, Directions == 2).Index())
        {
            float[] biases = SelectDirection(b, direction);
            int half = biases.Length / 2;
            var from = new OperatorWeights(SelectDirection(w, direction), SelectDirection(r, direction), biases[..half], biases[half..]);
            _cell.ImportWeights(weights, name, Units, from);
        }
    }

    private (int Units, int Inputs) ReadSizes()
    {
        int[] w = _file.ReadDimensions(_node.Input[1]), r = _file.ReadDimensions(_node.Input[2]);
        bool areMatrices = w.Length == 3 && r.Length == 3 && w[0] == Directions && r[0] == Directions && w[2] > 0 && r[2] > 0;
        if (!areMatrices || r[1] != (long)_cell.Gates * r[2] || w[1] != r[1])
        {
            throw new InvalidDataException(
                $"{Name} is damaged: its weights are [{string.Join(", ", w)}] and [{string.Join(", ", r)}], which do not go together.");
        }
        (int units, long biases) = (r[2], 2L * _cell.Gates * r[2]);
        if (_node.HasInput(3) && _file.ReadDimensions(_node.Input[3]) is var b && (b.Length != 2 || b[0] != Directions || b[1] != biases))
        {
            throw new InvalidDataException(
                $"{Name} is damaged: it has biases [{string.Join(", ", b)}]; expected [{Directions}, {biases}].");
        }
        if (_node.FindAttribute("hidden_size") is { } size && size.I != units)
            throw new InvalidDataException($"{Name} is damaged: its hidden_size is {size.I}, and its weights are of {units} units.");
        return (units, w[2]);
    }

    private void ThrowIfUnsupported()
    {
        if (_node.HasInput(7))
            throw Refuse("peepholes");
        if (_node.FindAttribute("clip") is not null)
            throw Refuse("clipped cells");
        if (_node.ReadInteger("linear_before_reset", 0) is not (0 or 1) and var reset)
            throw Refuse($"linear_before_reset {reset}");
        if (_node.ReadInteger("input_forget", 0) != 0)
            throw Refuse("coupled input and forget gates");
        if (_node.ReadInteger("layout", 0) != 0)
            throw Refuse("a layout that begins with the batch");
        string[] found = [.. _node.ReadTexts("activations")];
        if (found.Length > 0 && !found.SequenceEqual(Enumerable.Repeat(_cell.Activations, Directions).SelectMany(names => names)))
            throw Refuse($"the activations {ShortName.Shorten(string.Join(", ", found.Take(10)))}");
        if (!_node.IsStandard())
            throw Refuse($"the domain {ShortName.Shorten(_node.Domain)}");
    }

    private void ThrowIfStateful()
    {
        if (_node.HasInput(4) && _file.FindInput(_node.Input[4]) is null)
            throw Refuse("lengths that are no input of the graph");
        if (((int[])[5, 6]).Any(state => _node.HasInput(state) && !_file.IsZero(_node.Input[state])))
            throw Refuse("initial states other than zero");
    }

    private float[] SelectDirection(float[] values, int direction)
    {
        int length = values.Length / Directions;
        return values[(direction * length)..((direction + 1) * length)];
    }

    private NotSupportedException Refuse(string property) => new($"{Name} has {property}, which no layer of this library has.");
}
