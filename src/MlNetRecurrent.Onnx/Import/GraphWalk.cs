using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>The nodes that the outputs of a graph are made by, each behind those that it reads. What no output needs is left out, as it is when the graph runs.</summary>
internal static class GraphWalk
{
    /// <exception cref="InvalidDataException">A node reads its own output, or what nothing makes.</exception>
    public static IReadOnlyList<NodeProto> Order(OnnxReader file)
    {
        IReadOnlyList<NodeProto> nodes = file.File.Graph.Node;
        var order = new List<NodeProto>();
        var states = new State[nodes.Count];
        // The depth of a graph is as free as its size, so that the walk keeps its own stack.
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
                if (top.Input < CountOfRead(node))
                {
                    open.Push((top.Node, top.Input + 1));
                    Open(node.Input[top.Input], GraphNode.Describe(node));
                    continue;
                }
                states[top.Node] = State.Done;
                order.Add(node);
            }
        }

        void Open(string name, string reader)
        {
            if (name.Length == 0 || file.IsConstant(name) || file.InputOf(name) is not null)
                return;
            int maker = file.MakerOf(name);
            if (maker < 0)
                throw new InvalidDataException($"The file is damaged: {reader} reads '{ShortName.Shorten(name)}', which nothing makes.");
            if (states[maker] == State.Open)
                throw new InvalidDataException($"The file is damaged: {reader} reads '{ShortName.Shorten(name)}', which is made of its own output.");
            if (states[maker] == State.New)
            {
                states[maker] = State.Open;
                open.Push((maker, 0));
            }
        }
    }

    /// <summary>Weights, lengths and initial states of a recurrent operator must be constants, or inputs of the graph: how else they are made does not matter.</summary>
    private static int CountOfRead(NodeProto node) => RecurrentNode.Is(node) ? Math.Min(1, node.Input.Count) : node.Input.Count;

    private enum State : byte
    {
        New,
        Open,
        Done,
    }
}
