using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MlNetRecurrent.Ensembles;
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
    private readonly Dictionary<string, ColumnInGraph> _inputs = [];

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
        if (links.Exists(link => link.Transformer is OneVersusAllTransformer))
        {
            throw new NotSupportedException(
                "A model of OneVersusAll has one network for each class, which is not saved as ONNX. "
                + "A trainer of MulticlassClassification.Trainers trains one network for all classes.");
        }
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
        string[] inputs = [.. _model.Inputs.All.Select(AddInputOfNetwork)];
        TaskGraph.AddModel(_graph, _model, inputs, lengthsName);
        foreach (ChainLink link in _links.Skip(_network + 1))
            AddAfter(link);
        return TaskGraph.CreateFile(_graph, _model);
    }

    private string AddInputOfNetwork(SequenceColumn read)
    {
        ColumnInGraph column = AddColumn(read.Name, _network, read.Features, read.IsStatic);
        if (column.Fits(read))
            return column.Value;
        string unit = read.IsStatic ? "row" : "step", expected = read.HoldsTokens ? "keys" : $"{read.Features}";
        throw new NotSupportedException(
            $"Column '{read.Name}' comes out as {column.Features} numbers a {unit}; the network reads {expected}.");
    }

    /// <summary>Adds the value of a column in the input of a link.</summary>
    /// <param name="name">The column.</param>
    /// <param name="index">The index of the link.</param>
    /// <param name="features">The number of features of a step for types that do not tell it; 0 if it is unknown.</param>
    /// <param name="isStatic">Whether a row has one value, rather than one for each step.</param>
    private ColumnInGraph AddColumn(string name, int index, int features, bool isStatic)
    {
        for (int i = index - 1; i >= 0; i--)
        {
            if (_links[i].Makes(name))
                return AddTransformed(_links[i], name, i, features, isStatic);
        }
        return AddInput(_links[0].Input[name], features, isStatic);
    }

    private ColumnInGraph AddInput(DataViewSchema.Column column, int features, bool isStatic)
    {
        var described = ColumnInGraph.Describe(column, features, isStatic);
        if (_inputs.TryGetValue(column.Name, out ColumnInGraph? before))
        {
            return before with { Value = described.Value } == described ? before : throw new NotSupportedException(
                $"Column '{column.Name}' is read as {before.Features} and as {described.Features} numbers a step; " +
                "a file can have it in one way.");
        }
        OnnxType type = described.IsText ? OnnxType.String
            : described.Keys > 0 ? OnnxType.UInt32
            : column.Type is BooleanDataViewType ? OnnxType.Boolean
            : OnnxType.Single;
        _graph.AddInput(column.Name, type, described.Dimensions);
        ColumnInGraph added = type == OnnxType.Boolean
            ? described with { Value = _graph.Cast(described.Value, OnnxType.Single) }
            : described;
        _inputs.Add(column.Name, added);
        return added;
    }

    private ColumnInGraph AddTransformed(ChainLink link, string name, int index, int features, bool isStatic)
    {
        switch (link.Transformer)
        {
            case ColumnCopyingTransformer:
                return AddColumn(link.FindSource(name), index, features, isStatic);
            case ValueToKeyMappingTransformer
                when AddColumn(link.FindSource(name), index, features: 0, isStatic) is { IsText: true } texts:
                return AddKeys(link, name, texts);
            case MissingValueReplacingTransformer:
                return ReplaceMissing(link, AddColumn(link.FindSource(name), index, features, isStatic), name);
            case RowMapTransformer { Map: var map } when !isStatic && RowMapNodes.CanExpress(map):
                int known = (map as SequenceMap)?.NumberOfFeatures ?? 0;
                ColumnInGraph[] inputs = [.. map.InputColumnNames.Select(input => AddColumn(input, index, known, isStatic: false))];
                return RowMapNodes.Add(_graph, map, inputs);
            default:
                throw link.Refuse($"column '{name}'");
        }
    }

    private ColumnInGraph AddKeys(ChainLink link, string name, ColumnInGraph texts)
    {
        string[] values = LabelValues.Read(link.Output[name])?.Texts ?? throw link.Refuse($"column '{name}'");
        string keys = _graph.Add(
            "LabelEncoder",
            [texts.Value],
            GraphBuilder.CreateTexts("keys_strings", values),
            GraphBuilder.CreateIntegers("values_int64s", [.. Enumerable.Range(1, values.Length)]),
            GraphBuilder.CreateInteger("default_int64", 0));
        _graph.Graph.Node[^1].Domain = GraphBuilder.MlDomain;
        return new(keys, 1, Keys: values.Length, IsStatic: texts.IsStatic);
    }

    /// <summary>Replaces NaN by the values that the transformer replaces it by.</summary>
    private ColumnInGraph ReplaceMissing(ChainLink link, ColumnInGraph x, string name)
    {
        float[] replacements = link.TransformStep(name, [.. Enumerable.Repeat(float.NaN, x.Features)]);
        string values = _graph.AddWeights("replacement", replacements, x.Features);
        return x with { Value = _graph.Add("Where", [_graph.Add("IsNaN", [x.Value]), values, x.Value]) };
    }

    private void AddAfter(ChainLink link)
    {
        if (link.Output.Count <= link.Input.Count && !link.MakesOtherRows)
            return;
        if (link.Transformer is not (KeyToValueMappingTransformer or ColumnCopyingTransformer))
            throw link.Refuse("what stands behind the network");
        HashSet<string> ofNetwork = [.. _model.Outputs.Columns.Select(column => column.Name)];
        foreach ((string output, string input) in ColumnPairs.Read(link.Transformer))
        {
            // Columns that are not made from outputs of the network are left out.
            if (!ofNetwork.Contains(input) && !ofNetwork.Contains(output))
                continue;
            TaskOutputs? predicted = JointOutputs.PartsOf(_model.Outputs)
                .FirstOrDefault(part => part.NameOf(TaskOutputs.PredictedLabel) == input)?.Outputs;
            if (link.Transformer is ColumnCopyingTransformer || predicted?.Describe().LabelValues is not { } labels)
                throw link.Refuse($"column '{output}'");
            AddLabels(output, input, labels, predicted.Task.EveryStep);
        }
    }

    private void AddLabels(string output, string input, string[] labels, bool everyStep)
    {
        string label = _graph.FindValue(input);
        string indices = _graph.Add("Sub", [_graph.Cast(label, OnnxType.Int64), _graph.AddIntegers(1)]);
        string texts = _graph.Add("Gather", [_graph.AddStrings("labels", labels), indices], GraphBuilder.CreateInteger("axis", 0));
        // As in the chain, the values then replace the key.
        if (output == input)
            _graph.RemoveOutput(output);
        object second = everyStep ? "time" : 1;
        _graph.AddOutput(output, texts, OnnxType.String, "batch", second);
    }
}
