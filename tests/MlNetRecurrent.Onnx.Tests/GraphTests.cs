using MlNetRecurrent.Onnx.Protobuf;
using MlNetRecurrent.Onnx.Tests.Files;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>What graphs say is what is computed, or they are refused by the name of the node.</summary>
public sealed class GraphTests
{
    private static readonly OnnxComparison _comparison = new(count: 4, seed: 7);

    public static TheoryData<string> Variants => [.. GraphVariants.All.Keys];

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_is_said_in_another_way_scores_as_in_OnnxRuntime(string name)
    {
        ModelProto file = GraphVariants.All[name];
        int classes = name.StartsWith("one output", StringComparison.Ordinal) ? 1 : 3;
        bool hasFixedLength = name.Contains("known number", StringComparison.Ordinal);
        OnnxComparison comparison = hasFixedLength ? new(count: 4, seed: 7, steps: 5) : _comparison;
        float[][] found = comparison.Score(OnnxComparison.Load(file), readsTokens: false);
        Assert.Null(comparison.FindDifference(file, found, classes, "OnnxRuntime refuses the file"));
    }

    public static TheoryData<string> Unreadable => [.. UnreadableGraphs.All.Keys];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_no_network_of_this_library_computes_is_refused_by_the_name_of_the_node(string name)
    {
        (ModelProto file, string message) = UnreadableGraphs.All[name];
        Exception exception = Assert.ThrowsAny<Exception>(() => OnnxComparison.Load(file));
        Assert.True(exception is NotSupportedException or InvalidDataException, $"{exception}");
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_may_stand_in_any_order()
    {
        foreach ((string name, ModelProto original) in ForeignFiles.All)
        {
            ModelProto file = original.Clone();
            NodeProto[] reversed = [.. file.Graph.Node.Reverse()];
            file.Graph.Node.Clear();
            file.Graph.Node.Add(reversed);
            bool readsTokens = name.Contains("embedding", StringComparison.Ordinal);
            Assert.Equal(
                _comparison.Score(OnnxComparison.Load(original), readsTokens),
                _comparison.Score(OnnxComparison.Load(file), readsTokens));
        }
    }

    [Fact]
    public void What_no_output_needs_is_not_looked_at()
    {
        ModelProto file = ForeignFiles.All["Keras LSTM"].Clone();
        NodeProto softmax = file.Graph.Node.Single(node => node.OpType == "Softmax");
        // The same network, whose logits are the output: what else is made of them does not count.
        file.Graph.Node[^1].Input[0] = softmax.Input[0];
        file.Graph.Node.Add(new NodeProto { OpType = "Relu", Name = "unread", Input = { softmax.Input[0] }, Output = { "unread" } });
        file.Graph.Node.Add(
            new NodeProto { OpType = "Sigmoid", Name = "unread too", Input = { softmax.Input[0] }, Output = { "unread too" } });
        float[][] found = _comparison.Score(OnnxComparison.Load(file), readsTokens: false);
        Assert.Null(_comparison.FindDifference(file, found, classes: 3, "OnnxRuntime refuses the file"));
    }

    [Fact]
    public void States_logits_and_labels_may_be_outputs_beside_the_scores()
    {
        ModelProto original = ForeignFiles.All["Keras LSTM"], file = original.Clone();
        NodeProto lstm = file.Graph.Node.Single(node => node.OpType == "LSTM");
        NodeProto softmax = file.Graph.Node.Single(node => node.OpType == "Softmax");
        lstm.Output.Add("cells");
        file.Graph.Node.Add(new NodeProto { OpType = "Squeeze", Name = "states", Input = { "cells" }, Output = { "states" } });
        file.Graph.Node.Add(new NodeProto { OpType = "ArgMax", Name = "label", Input = { softmax.Output[0] }, Output = { "label" } });
        file.Graph.Node.Add(
            new NodeProto { OpType = "ZipMap", Name = "map", Domain = "ai.onnx.ml", Input = { softmax.Output[0] }, Output = { "map" } });
        foreach (string output in (string[])["states", "label", "map", lstm.Output[1], softmax.Input[0]])
            file.Graph.Output.Add(new ValueInfoProto { Name = output });
        Assert.Equal(
            _comparison.Score(OnnxComparison.Load(original), readsTokens: false),
            _comparison.Score(OnnxComparison.Load(file), readsTokens: false));
    }
}
