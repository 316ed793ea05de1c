using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;
using MlNetRecurrent.Sequences.Maps;
using MlNetRecurrent.Tasks;
using Model = MlNetRecurrent.Scoring.TrainedModel;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>A chain of transformers with one network as a graph: what makes the features of the network, the network, and the names of what it predicts. What has nothing to do with these is left out.</summary>
internal sealed class ChainGraph
{
    private readonly GraphBuilder _graph = new("recurrent");
    private readonly IReadOnlyList<ChainLink> _links;
    private readonly int _network;
    private readonly Dictionary<string, SequenceInGraph> _inputs = [];

    private ChainGraph(IReadOnlyList<ChainLink> links, int network)
    {
        _links = links;
        _network = network;
    }

    /// <exception cref="NotSupportedException">There is no network, or several, or a transformer cannot be expressed.</exception>
    public static ModelProto Of(ITransformer model, DataViewSchema input, string lengthsName)
    {
        List<ChainLink> links = ChainLink.Of(model, input);
        int[] networks = [.. Enumerable.Range(0, links.Count).Where(i => links[i].Transformer is RecurrentTransformer)];
        if (networks.Length != 1)
            throw new NotSupportedException(networks.Length == 0 ? "The model holds no recurrent network." : $"The model holds {networks.Length} recurrent networks; a file is of one. Save them one by one.");
        return new ChainGraph(links, networks[0]).Build(lengthsName);
    }

    private ModelProto Build(string lengthsName)
    {
        Model model = ((RecurrentTransformer)_links[_network].Transformer).Model;
        SequenceInGraph features = Column(model.Features.Name, _network, model.Features.Features);
        if (features.IsText || features.Keys > 0 != model.Features.HoldsTokens || (features.Keys == 0 && features.Features != model.Features.Features))
            throw new NotSupportedException($"Column '{model.Features.Name}' comes out as {features.Features} numbers a step; the network reads {(model.Features.HoldsTokens ? "keys" : $"{model.Features.Features}")}.");
        string label = TaskGraph.AddModel(_graph, model, features.Value, lengthsName);
        foreach (ChainLink link in _links.Skip(_network + 1))
            AddAfter(link, model, label);
        return TaskGraph.File(_graph, model);
    }

    /// <summary>The value of a column, as the link at the index finds it.</summary>
    /// <param name="name">The column.</param>
    /// <param name="index">The link.</param>
    /// <param name="features">Numbers of a step, where whoever reads the column says it; 0 where the type of the column must.</param>
    private SequenceInGraph Column(string name, int index, int features)
    {
        for (int i = index - 1; i >= 0; i--)
        {
            if (_links[i].Makes(name))
                return Express(_links[i], name, i, features);
        }
        return Input(_links[0].Input[name], features);
    }

    private SequenceInGraph Input(DataViewSchema.Column column, int features)
    {
        SequenceInGraph described = column.Type is VectorDataViewType { ItemType: TextDataViewType } ? new(column.Name, 1, IsText: true) : SequenceInGraph.Of(column, column.Name, features);
        if (_inputs.TryGetValue(column.Name, out SequenceInGraph? before))
            return before == described ? before : throw new NotSupportedException($"Column '{column.Name}' is read as {before.Features} and as {described.Features} numbers a step; a file can have it in one way.");
        _inputs.Add(column.Name, described);
        if (described.IsText)
            _graph.Input(column.Name, OnnxType.String, "batch", "time");
        else
            _graph.Input(column.Name, described.Keys > 0 ? OnnxType.UInt32 : OnnxType.Single, described.Keys > 0 ? ["batch", "time"] : ["batch", "time", described.Features]);
        return described;
    }

    private SequenceInGraph Express(ChainLink link, string name, int index, int features)
    {
        switch (link.Transformer)
        {
            case ColumnCopyingTransformer:
                return Column(link.SourceOf(name), index, features);
            case ValueToKeyMappingTransformer when Column(link.SourceOf(name), index, features: 0) is { IsText: true } texts:
                string[] values = LabelTexts(link, name);
                string keys = AddMl("LabelEncoder", texts.Value, GraphBuilder.Texts("keys_strings", values), GraphBuilder.Integers("values_int64s", [.. Enumerable.Range(1, values.Length)]), GraphBuilder.Integer("default_int64", 0));
                return new(keys, 1, Keys: values.Length);
            case MissingValueReplacingTransformer:
                return Replaced(link, Column(link.SourceOf(name), index, features), name);
            case RowMapTransformer { Map: var map } when !RowMapNodes.CanExpress(map):
                throw link.CannotBeExpressed($"column '{name}'");
            case RowMapTransformer { Map: var map }:
                return RowMapNodes.Add(_graph, map, [.. map.InputColumnNames.Select(input => Column(input, index, (map as SequenceMap)?.NumberOfFeatures ?? 0))], link);
            default:
                throw link.CannotBeExpressed($"column '{name}'");
        }
    }

    private static string[] LabelTexts(ChainLink link, string name) =>
        Data.LabelValues.Read(link.Output[name])?.Texts ?? throw link.CannotBeExpressed($"column '{name}'");

    private string AddMl(string operation, string input, params AttributeProto[] attributes)
    {
        string name = _graph.Add(operation, [input], attributes);
        _graph.Graph.Node[^1].Domain = GraphBuilder.MlDomain;
        return name;
    }

    /// <summary>NaN becomes what the transformer puts in its place, which it tells when it is asked.</summary>
    private SequenceInGraph Replaced(ChainLink link, SequenceInGraph x, string name)
    {
        float[] replacements = link.Answer(name, Enumerable.Repeat(float.NaN, x.Features));
        string values = _graph.Weights("replacement", replacements, x.Features);
        return x with { Value = _graph.Add("Where", [_graph.Add("IsNaN", [x.Value]), values, x.Value]) };
    }

    private void AddAfter(ChainLink link, Model model, string label)
    {
        if (link.Output.Count <= link.Input.Count)
            return;
        if (link.Transformer is not (KeyToValueMappingTransformer or ColumnCopyingTransformer))
            throw link.CannotBeExpressed("what stands behind the network");
        HashSet<string> ofNetwork = [.. model.Outputs.Columns.Select(column => column.Name)];
        foreach ((string output, string input) in ColumnPairs.Of(link.Transformer))
        {
            // What is made of other columns has nothing to do with the network.
            if (!ofNetwork.Contains(input) && !ofNetwork.Contains(output))
                continue;
            if (link.Transformer is ColumnCopyingTransformer)
                throw link.CannotBeExpressed($"column '{output}'");
            if (input != TaskOutputs.PredictedLabel || model.Outputs.Describe().LabelValues is not { } labels)
                throw link.CannotBeExpressed($"column '{output}'");
            string indices = _graph.Add("Sub", [_graph.Add("Cast", [label], GraphBuilder.Integer("to", (int)OnnxType.Int64)), _graph.Integers(1)]);
            string texts = _graph.Add("Gather", [_graph.Strings("labels", labels), indices], GraphBuilder.Integer("axis", 0));
            // As in the chain itself, the values then stand where the key was.
            if (output == TaskOutputs.PredictedLabel)
                _graph.RemoveOutput(output);
            _graph.Output(output, texts, OnnxType.String, model.Network.Definition.EveryStep ? ["batch", "time"] : ["batch", 1]);
        }
    }
}
