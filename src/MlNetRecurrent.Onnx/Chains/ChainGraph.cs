using Microsoft.ML;
using Microsoft.ML.Transforms;
using MlNetRecurrent.Onnx.Networks;
using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>
/// A chain of transformers with one network as a graph: the transforms of its features, the network, and the names of the predicted
/// labels. Transformers of other columns are left out.
/// </summary>
internal sealed class ChainGraph
{
    private readonly GraphBuilder _graph = new("recurrent");
    private readonly IReadOnlyList<ChainLink> _links;
    private readonly int _network;
    private readonly TrainedModel _model;
    private readonly Dictionary<string, SequenceInGraph> _inputs = [];

    private ChainGraph(IReadOnlyList<ChainLink> links, int network)
    {
        _links = links;
        _network = network;
        _model = ((RecurrentTransformer)links[network].Transformer).Model;
    }

    /// <exception cref="NotSupportedException">There is no network, or several, or a transformer has no equivalent in ONNX.</exception>
    public static ModelProto Build(ITransformer model, DataViewSchema input, string lengthsName)
    {
        List<ChainLink> links = ChainLink.List(model, input);
        int[] networks = [.. Enumerable.Range(0, links.Count).Where(i => links[i].Transformer is RecurrentTransformer)];
        if (networks.Length != 1)
        {
            throw new NotSupportedException(networks.Length == 0
                ? "The model holds no recurrent network."
                : $"The model holds {networks.Length} recurrent networks; a file is of one. Save them one by one.");
        }
        return new ChainGraph(links, networks[0]).Build(lengthsName);
    }

    private ModelProto Build(string lengthsName)
    {
        SequenceColumn read = _model.Features;
        SequenceInGraph features = AddColumn(read.Name, _network, read.Features);
        bool fits = !features.IsText && features.Keys > 0 == read.HoldsTokens && (features.Keys > 0 || features.Features == read.Features);
        if (!fits)
        {
            string expected = read.HoldsTokens ? "keys" : $"{read.Features}";
            throw new NotSupportedException(
                $"Column '{read.Name}' comes out as {features.Features} numbers a step; the network reads {expected}.");
        }
        string label = TaskGraph.AddModel(_graph, _model, features.Value, lengthsName);
        foreach (ChainLink link in _links.Skip(_network + 1))
            AddAfter(link, label);
        return TaskGraph.CreateFile(_graph, _model);
    }

    /// <summary>Adds the value of a column in the input of a link.</summary>
    /// <param name="name">The column.</param>
    /// <param name="index">The index of the link.</param>
    /// <param name="features">The number of features of a step for types that do not tell it; 0 if it is unknown.</param>
    private SequenceInGraph AddColumn(string name, int index, int features)
    {
        for (int i = index - 1; i >= 0; i--)
        {
            if (_links[i].Makes(name))
                return AddTransformed(_links[i], name, i, features);
        }
        return AddInput(_links[0].Input[name], features);
    }

    private SequenceInGraph AddInput(DataViewSchema.Column column, int features)
    {
        var described = SequenceInGraph.Describe(column, features);
        if (_inputs.TryGetValue(column.Name, out SequenceInGraph? before))
        {
            return before == described ? before : throw new NotSupportedException(
                $"Column '{column.Name}' is read as {before.Features} and as {described.Features} numbers a step; " +
                "a file can have it in one way.");
        }
        _inputs.Add(column.Name, described);
        OnnxType type = described.IsText ? OnnxType.String : described.Keys > 0 ? OnnxType.UInt32 : OnnxType.Single;
        object[] ofStep = type == OnnxType.Single ? [described.Features] : [];
        _graph.Input(column.Name, type, ["batch", "time", .. ofStep]);
        return described;
    }

    private SequenceInGraph AddTransformed(ChainLink link, string name, int index, int features)
    {
        switch (link.Transformer)
        {
            case ColumnCopyingTransformer:
                return AddColumn(link.FindSource(name), index, features);
            case ValueToKeyMappingTransformer
                when AddColumn(link.FindSource(name), index, features: 0) is { IsText: true } texts:
                return AddKeys(link, name, texts);
            case MissingValueReplacingTransformer:
                return ReplaceMissing(link, AddColumn(link.FindSource(name), index, features), name);
            case RowMapTransformer { Map: var map } when RowMapNodes.CanExpress(map):
                int known = (map as SequenceMap)?.NumberOfFeatures ?? 0;
                return RowMapNodes.Add(_graph, map, [.. map.InputColumnNames.Select(input => AddColumn(input, index, known))]);
            default:
                throw link.Refuse($"column '{name}'");
        }
    }

    private SequenceInGraph AddKeys(ChainLink link, string name, SequenceInGraph texts)
    {
        string[] values = LabelValues.Read(link.Output[name])?.Texts ?? throw link.Refuse($"column '{name}'");
        string keys = _graph.Add(
            "LabelEncoder",
            [texts.Value],
            GraphBuilder.Texts("keys_strings", values),
            GraphBuilder.Integers("values_int64s", [.. Enumerable.Range(1, values.Length)]),
            GraphBuilder.Integer("default_int64", 0));
        _graph.Graph.Node[^1].Domain = GraphBuilder.MlDomain;
        return new(keys, 1, Keys: values.Length);
    }

    /// <summary>Replaces NaN by the values that the transformer replaces it by.</summary>
    private SequenceInGraph ReplaceMissing(ChainLink link, SequenceInGraph x, string name)
    {
        float[] replacements = link.TransformStep(name, [.. Enumerable.Repeat(float.NaN, x.Features)]);
        string values = _graph.Weights("replacement", replacements, x.Features);
        return x with { Value = _graph.Add("Where", [_graph.Add("IsNaN", [x.Value]), values, x.Value]) };
    }

    private void AddAfter(ChainLink link, string label)
    {
        if (link.Output.Count <= link.Input.Count)
            return;
        if (link.Transformer is not (KeyToValueMappingTransformer or ColumnCopyingTransformer))
            throw link.Refuse("what stands behind the network");
        HashSet<string> ofNetwork = [.. _model.Outputs.Columns.Select(column => column.Name)];
        foreach ((string output, string input) in ColumnPairs.Read(link.Transformer))
        {
            // Columns that are not made from outputs of the network are left out.
            if (!ofNetwork.Contains(input) && !ofNetwork.Contains(output))
                continue;
            string[]? labels = _model.Outputs.Describe().LabelValues;
            if (link.Transformer is ColumnCopyingTransformer || input != TaskOutputs.PredictedLabel || labels is null)
                throw link.Refuse($"column '{output}'");
            AddLabels(output, label, labels);
        }
    }

    private void AddLabels(string output, string label, string[] labels)
    {
        string indices = _graph.Add("Sub", [_graph.Cast(label, OnnxType.Int64), _graph.Integers(1)]);
        string texts = _graph.Add("Gather", [_graph.Strings("labels", labels), indices], GraphBuilder.Integer("axis", 0));
        // As in the chain, the values then replace the key.
        if (output == TaskOutputs.PredictedLabel)
            _graph.RemoveOutput(output);
        object second = _model.Network.Definition.EveryStep ? "time" : 1;
        _graph.Output(output, texts, OnnxType.String, "batch", second);
    }
}
