using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>An LSTM, GRU or RNN of a file: the layer that it is, and its weights.</summary>
internal sealed class RecurrentNode
{
    private readonly OnnxReader _file;
    private readonly NodeProto _node;
    private readonly int _gates;

    private RecurrentNode(OnnxReader file, NodeProto node, int gates, bool isOurs)
    {
        _file = file;
        _node = node;
        _gates = gates;
        Directions = _node.Text("direction", "forward") switch
        {
            "forward" => 1,
            "bidirectional" => 2,
            var other => throw Unsupported($"the direction '{ShortName.Shorten(other)}'"),
        };
        ThrowIfUnsupported(isOurs);
        int[] w = file.Dimensions(node.Input[1]), r = file.Dimensions(node.Input[2]);
        if (w.Length != 3 || r.Length != 3 || w[0] != Directions || r[0] != Directions || r[2] < 1 || w[2] < 1 || r[1] != (long)gates * r[2] || w[1] != r[1])
            throw new InvalidDataException($"{Name} is damaged: its weights are [{string.Join(", ", w)}] and [{string.Join(", ", r)}], which do not go together.");
        (Units, Inputs) = (r[2], w[2]);
        if (Has(3) && file.Dimensions(node.Input[3]) is var b && (b.Length != 2 || b[0] != Directions || b[1] != 2L * gates * Units))
            throw new InvalidDataException($"{Name} is damaged: it has biases [{string.Join(", ", b)}]; expected [{Directions}, {2L * gates * Units}].");
        if (_node.Attribute("hidden_size") is { } size && size.I != Units)
            throw new InvalidDataException($"{Name} is damaged: its hidden_size is {size.I}, and its weights are of {Units} units.");
    }

    public int Directions { get; }

    public int Units { get; }

    /// <summary>Numbers of a step that it reads.</summary>
    public int Inputs { get; }

    public LayerDefinition Layer => Cell() with { Bidirectional = Directions == 2 };

    private string Name => GraphNode.Describe(_node);

    public static bool Is(NodeProto node) => node.OpType is "LSTM" or "GRU" or "RNN";

    /// <param name="file">The file.</param>
    /// <param name="node">The node.</param>
    /// <param name="isOurs">Whether this library wrote it, so that lengths and states are known to be as they must.</param>
    /// <exception cref="NotSupportedException">It does what no layer of ours does; the message names it.</exception>
    /// <exception cref="InvalidDataException">Its weights do not go together.</exception>
    public static RecurrentNode Of(OnnxReader file, NodeProto node, bool isOurs = false) => node.Input.Count < 3
        ? throw new InvalidDataException($"{GraphNode.Describe(node)} is damaged: it has no weights.")
        : new(file, node, node.OpType switch { "LSTM" => 4, "GRU" => 3, _ => 1 }, isOurs);

    /// <summary>Writes its weights as those of a layer.</summary>
    public void WriteTo(WeightWriter weights, string layer)
    {
        float[] allW = _file.Numbers(_node.Input[1]).Values, allR = _file.Numbers(_node.Input[2]).Values;
        float[] allB = Has(3) ? _file.Numbers(_node.Input[3]).Values : new float[Directions * 2 * _gates * Units];
        for (int direction = 0; direction < Directions; direction++)
        {
            string of = Directions == 1 ? $"{layer}." : $"{layer}.{(direction == 0 ? "forward" : "backward")}.";
            float[] w = Part(allW, direction), r = Part(allR, direction), biases = Part(allB, direction);
            float[] wb = biases[..(biases.Length / 2)], rb = biases[(biases.Length / 2)..], both = [.. wb.Zip(rb, (one, other) => one + other)];
            Write(weights, of, w, r, wb, rb, both);
        }
    }

    private void Write(WeightWriter weights, string of, float[] w, float[] r, float[] wb, float[] rb, float[] both)
    {
        int units = Units, wn = 2 * units * Inputs, rn = 2 * units * units, bn = 2 * units;
        switch (Cell())
        {
            case LstmDefinition:
                weights.SetGates(of + "weight_ih", units, w, 0, 3, 1, 2);
                weights.SetGates(of + "weight_hh", units, r, 0, 3, 1, 2);
                weights.SetGates(of + "bias", units, both, 0, 3, 1, 2);
                break;
            case GruDefinition or GruResetBeforeDefinition:
                weights.SetGates(of + "weight_ih_rz", units, w[..wn], 1, 0);
                weights.Set(of + "weight_ih_n", w[wn..]);
                weights.SetGates(of + "weight_hh_rz", units, r[..rn], 1, 0);
                weights.Set(of + "weight_hh_n", r[rn..]);
                weights.SetGates(of + "bias_rz", units, both[..bn], 1, 0);
                if (Cell() is GruResetBeforeDefinition)
                {
                    weights.Set(of + "bias_n", both[bn..]);
                    break;
                }
                weights.Set(of + "bias_ih_n", wb[bn..]);
                weights.Set(of + "bias_hh_n", rb[bn..]);
                break;
            default:
                weights.Set(of + "weight_ih", w);
                weights.Set(of + "weight_hh", r);
                weights.Set(of + "bias", both);
                break;
        }
    }

    private LayerDefinition Cell() => _node.OpType switch
    {
        "LSTM" => new LstmDefinition(Units),
        "GRU" => _node.Integer("linear_before_reset", 0) == 0 ? new GruResetBeforeDefinition(Units) : new GruDefinition(Units),
        _ => Activations().FirstOrDefault() == "Relu" ? new ElmanRectifierDefinition(Units) : new ElmanDefinition(Units),
    };

    private void ThrowIfUnsupported(bool isOurs)
    {
        if (Has(7))
            throw Unsupported("peepholes");
        if (_node.Attribute("clip") is not null)
            throw Unsupported("clipped cells");
        if (_node.Integer("linear_before_reset", 0) is not (0 or 1))
            throw Unsupported($"linear_before_reset {_node.Integer("linear_before_reset", 0)}");
        if (_node.Integer("input_forget", 0) != 0)
            throw Unsupported("coupled input and forget gates");
        if (_node.Integer("layout", 0) != 0)
            throw Unsupported("a layout that begins with the batch");
        string[] usual = _node.OpType switch { "LSTM" => ["Sigmoid", "Tanh", "Tanh"], "GRU" => ["Sigmoid", "Tanh"], _ => [Activations().FirstOrDefault() == "Relu" ? "Relu" : "Tanh"] };
        if (Activations() is { Length: > 0 } found && !found.SequenceEqual(Enumerable.Repeat(usual, Directions).SelectMany(name => name)))
            throw Unsupported($"the activations {ShortName.Shorten(string.Join(", ", found.Take(10)))}");
        if (_node.Domain is not ("" or "ai.onnx"))
            throw Unsupported($"the domain {ShortName.Shorten(_node.Domain)}");
        if (isOurs)
            return;
        if (Has(4) && _file.InputOf(_node.Input[4]) is null)
            throw Unsupported("lengths that are no input of the graph");
        if (((int[])[5, 6]).Any(place => Has(place) && !_file.IsZero(_node.Input[place])))
            throw Unsupported("initial states other than zero");
    }

    private string[] Activations() => [.. _node.Attribute("activations")?.Strings.Select(text => text.ToStringUtf8()) ?? []];

    private bool Has(int input) => _node.Input.Count > input && _node.Input[input].Length > 0;

    private float[] Part(float[] values, int direction)
    {
        int length = values.Length / Directions;
        return values[(direction * length)..((direction + 1) * length)];
    }

    private NotSupportedException Unsupported(string what) => new($"{Name} has {what}, which no layer of this library has.");
}
