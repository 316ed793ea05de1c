using MlNetRecurrent.Onnx.Layers;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>The nodes that the outputs of a graph depend on, in an order in which they can be computed.</summary>
internal static class GraphWalk
{
    /// <exception cref="InvalidDataException">A node depends on its own output, or on a value that does not exist.</exception>
    public static IReadOnlyList<NodeProto> Order(OnnxReader file)
    {
        IReadOnlyList<NodeProto> nodes = file.File.Graph.Node;
        var order = new List<NodeProto>();
        var states = new State[nodes.Count];
        // A graph can be as deep as the file is large, too deep for recursion.
        var open = new Stack<(int Node, int Input)>();
        foreach (string output in file.File.Graph.Output.Select(output => output.Name))
            Enter(output, "The graph");
        return order;

        void Enter(string name, string reader)
        {
            Open(name, reader);
            while (open.TryPop(out (int Node, int Input) top))
            {
                NodeProto node = nodes[top.Node];
                if (top.Input < CountInputs(node))
                {
                    open.Push((top.Node, top.Input + 1));
                    Open(node.Input[top.Input], node.Describe());
                    continue;
                }
                states[top.Node] = State.Done;
                order.Add(node);
            }
        }

        void Open(string name, string reader)
        {
            if (name.Length == 0 || file.IsConstant(name) || file.FindInput(name) is not null)
                return;
            int maker = file.FindMaker(name);
            if (maker < 0)
                throw new InvalidDataException($"The file is damaged: {reader} reads '{ShortName.Shorten(name)}', which nothing makes.");
            if (states[maker] == State.Open)
            {
                throw new InvalidDataException(
                    $"The file is damaged: {reader} reads '{ShortName.Shorten(name)}', which is made of its own output.");
            }
            if (states[maker] == State.New)
            {
                states[maker] = State.Open;
                open.Push((maker, 0));
            }
        }
    }

    /// <summary>
    /// The number of inputs to follow. Weights, lengths and initial states of a recurrent operator are not followed: they must be
    /// constants or inputs of the graph.
    /// </summary>
    private static int CountInputs(NodeProto node) =>
        RecurrentNode.IsRecurrent(node) ? Math.Min(1, node.Input.Count) : node.Input.Count;

    private enum State : byte
    {
        New,
        Open,
        Done,
    }
}
