using MlNetRecurrent.Engine.Cells;

namespace MlNetRecurrent.Onnx.Layers;

/// <summary>One step of a layer with stacks, the body of its Scan: from h and the stacks before the step to those after it.</summary>
internal sealed class StackStep
{
    /// <summary>The value of an element that was never pushed.</summary>
    public const float Empty = -1;

    private readonly GraphBuilder _body;
    private readonly StackLayerDefinition _layer;
    private readonly string _name;
    private readonly WeightReader _weights;

    private StackStep(GraphBuilder graph, StackLayerDefinition layer, string name, WeightReader weights)
    {
        (_layer, _name, _weights) = (layer, name, weights);
        _body = new(name + "step", graph);
    }

    private StackShape Stacks => _layer.Stacks;

    /// <param name="graph">The graph around the loop.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The beginning of the names of its weights.</param>
    /// <param name="weights">The weights of the network.</param>
    public static GraphProto Build(GraphBuilder graph, StackLayerDefinition layer, string name, WeightReader weights) =>
        new StackStep(graph, layer, name, weights).Build();

    private GraphProto Build()
    {
        int units = _layer.Size, count = Stacks.NumberOfStacks, actions = Stacks.NumberOfActions;
        string before = _body.AddInput(_name + "h", OnnxType.Single, "batch", units);
        string memory = _body.AddInput(_name + "stacks", OnnxType.Single, "batch", count, Stacks.StackSize);
        string input = _body.AddInput(_name + "x", OnnxType.Single, "batch", units);
        string mask = _body.AddInput(_name + "runs", OnnxType.Boolean, "batch", 1);

        // h = σ(U x + R h₋ + P s₋ + b)
        string sum = _body.Add("Add", [input, Multiply(SelectTops(memory), "weight_sh")]);
        if (Stacks.HasRecurrentWeights)
            sum = _body.Add("Add", [sum, Multiply(before, "weight_hh")]);
        string h = _body.Add("Sigmoid", [AddBias(sum, "bias")]);

        // a = softmax(A h) over the actions of each stack [batch, actions, stacks]
        string decisions = AddBias(Multiply(h, "weight_sa"), "bias_sa");
        string a = _body.Add("Softmax", [_body.Reshape(decisions, 0, actions, count)], GraphBuilder.CreateInteger("axis", 1));
        if (Stacks.RoundsActions)
            a = Round(a, actions);

        // v = σ(D h) [batch, stacks, 1]
        string pushed = AddBias(Multiply(h, "weight_sv"), "bias_sv");
        string v = _body.Unsqueeze(_body.Add("Sigmoid", [pushed]), 2);

        string updated = Update(memory, a, v);
        AddState("h_after", _body.Add("Where", [mask, h, before]), units);
        AddState("stacks_after", _body.Add("Where", [_body.Unsqueeze(mask, 2), updated, memory]), count, Stacks.StackSize);
        AddState("y", _body.Add("Where", [mask, h, _body.Add("Mul", [h, _body.AddConstant(0)])]), units);
        return _body.Graph;
    }

    /// <summary>The elements down to <c>Depth</c> of all stacks [batch, depth · stacks], one depth after the other.</summary>
    private string SelectTops(string memory)
    {
        string padded = Stacks.Depth <= Stacks.StackSize ? memory : AddEmpty(memory, Stacks.Depth - Stacks.StackSize);
        string tops = _body.Transpose(_body.Slice(padded, 0, Stacks.Depth, axis: 2), 0, 2, 1);
        return _body.Reshape(tops, 0, Stacks.Depth * Stacks.NumberOfStacks);
    }

    /// <summary>
    /// s[i] = a[PUSH] s₋[i - 1] + a[POP] s₋[i + 1] + a[NOOP] s₋[i], where s₋[-1] is v. Below the last element, s₋ is empty.
    /// </summary>
    private string Update(string memory, string a, string v)
    {
        string above = _body.Concat(2, v, _body.Slice(memory, 0, -1, axis: 2));
        string below = _body.Slice(AddEmpty(memory, 1), 1, Stacks.StackSize + 1, axis: 2);
        string push = _body.Add("Mul", [SelectAction(a, 0), above]), pop = _body.Add("Mul", [SelectAction(a, 1), below]);
        string updated = _body.Add("Add", [push, pop]);
        return Stacks.HasNoOp ? _body.Add("Add", [updated, _body.Add("Mul", [SelectAction(a, 2), memory])]) : updated;
    }

    /// <summary>The probability of an action for each stack [batch, stacks, 1].</summary>
    private string SelectAction(string a, int action) =>
        _body.Unsqueeze(_body.Add("Squeeze", [_body.Slice(a, action, action + 1, axis: 1), _body.AddIntegers(1)]), 2);

    /// <summary>1 for the action with the largest probability, the first of equals, and 0 for the others.</summary>
    private string Round(string a, int actions)
    {
        string largest = _body.Add("ArgMax", [a], GraphBuilder.CreateInteger("axis", 1), GraphBuilder.CreateInteger("keepdims", 0));
        return _body.EncodeOneHot(largest, actions, axis: 1);
    }

    private string AddEmpty(string memory, int count) =>
        _body.Add("Pad", [memory, _body.AddIntegers(0, 0, 0, 0, 0, count), _body.AddConstant(Empty)]);

    private string Multiply(string x, string weights) => LinearNodes.Multiply(_body, _weights, x, _name + weights);

    private string AddBias(string x, string bias) => LinearNodes.AddBias(_body, _weights, x, _name + bias);

    private void AddState(string name, string value, params object[] sizes) =>
        _body.AddOutput(_name + name, value, OnnxType.Single, ["batch", .. sizes]);
}
