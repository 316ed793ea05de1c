using System.Reflection;
using System.Text;
using System.Text.Json;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Onnx.Protobuf;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;
using Model = MlNetRecurrent.Scoring.TrainedModel;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>A model as an ONNX file: its network, and on top of that what the outputs mean.</summary>
internal static class TaskGraph
{
    /// <summary>Where a file of this library says what it holds.</summary>
    public const string DescriptionKey = "mlnetrecurrent";

    private const int IrVersion = 8, Opset = 17, MlOpset = 3;

    /// <summary>A network alone: it reads its feature column.</summary>
    public static ModelProto Of(Model model, string lengthsName)
    {
        var graph = new GraphBuilder("recurrent");
        NetworkDefinition network = model.Network.Definition;
        string input = network.Tokens > 0
            ? graph.Input(model.Features.Name, OnnxType.UInt32, "batch", "time")
            : graph.Input(model.Features.Name, OnnxType.Single, "batch", "time", network.Features);
        AddModel(graph, model, input, lengthsName);
        return File(graph, model);
    }

    /// <summary>Adds a model and its outputs.</summary>
    /// <returns>The value of the predicted label; empty where there is none.</returns>
    /// <exception cref="InvalidOperationException">The network is larger than an ONNX file can be.</exception>
    public static string AddModel(GraphBuilder graph, Model model, string input, string lengthsName)
    {
        OnnxFile.ThrowIfTooLarge(model.Network.Definition.Tensors.Sum(tensor => tensor.Count) * sizeof(float));
        return AddOutputs(graph, model, NetworkGraph.Add(graph, model.Network, input, lengthsName));
    }

    /// <summary>A graph that is complete, as a file.</summary>
    public static ModelProto File(GraphBuilder graph, Model model)
    {
        graph.ThrowIfNamedTwice();
        var file = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "MlNetRecurrent",
            ProducerVersion = typeof(TaskGraph).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
            Graph = graph.Graph,
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
        };
        if (graph.UsesMl)
            file.OpsetImport.Add(new OperatorSetIdProto { Domain = GraphBuilder.MlDomain, Version = MlOpset });
        file.MetadataProps.Add(new StringStringEntryProto { Key = DescriptionKey, Value = Encoding.UTF8.GetString(ModelFile.Describe(model)) });
        OutputDescription description = model.Outputs.Describe();
        file.MetadataProps.Add(new StringStringEntryProto { Key = "task", Value = description.Task });
        if (description.LabelValues is { } labels)
            file.MetadataProps.Add(new StringStringEntryProto { Key = "labels", Value = JsonSerializer.Serialize(labels) });
        return file;
    }

    private static string AddOutputs(GraphBuilder graph, Model model, string head)
    {
        object[] of = model.Network.Definition.EveryStep ? ["batch", "time"] : ["batch"];
        int outputs = model.Network.Definition.Outputs;
        switch (model.Network.Definition.Head)
        {
            case CategoricalDefinition:
                string score = OpenProbabilities(graph, graph.Add("Softmax", [head], GraphBuilder.Integer("axis", -1)));
                string likeliest = graph.Add("ArgMax", [score], GraphBuilder.Integer("axis", -1), GraphBuilder.Integer("keepdims", model.Network.Definition.EveryStep ? 0 : 1));
                string key = graph.Add("Cast", [graph.Add("Add", [likeliest, graph.Integers(1)])], GraphBuilder.Integer("to", (int)OnnxType.UInt32));
                graph.Output(TaskOutputs.PredictedLabel, key, OnnxType.UInt32, model.Network.Definition.EveryStep ? of : [.. of, 1]);
                graph.Output(TaskOutputs.Score, score, OnnxType.Single, [.. of, outputs]);
                return key;
            case BernoulliDefinition:
                graph.Output(TaskOutputs.PredictedLabel, graph.Add("Greater", [head, graph.Constant(0)]), OnnxType.Boolean, [.. of, 1]);
                graph.Output(TaskOutputs.Score, head, OnnxType.Single, [.. of, 1]);
                graph.Output(TaskOutputs.Probability, OpenProbabilities(graph, graph.Add("Sigmoid", [head])), OnnxType.Single, [.. of, 1]);
                return "";
            default:
                LabelScale scale = ((RegressionOutputs)model.Outputs).Scale;
                string value = graph.Add("Add", [graph.Add("Mul", [head, graph.Constant((float)scale.Deviation)]), graph.Constant((float)scale.Mean)]);
                graph.Output(TaskOutputs.Score, value, OnnxType.Single, [.. of, 1]);
                return "";
        }
    }

    /// <summary>What <see cref="OpenProbability.Of"/> does.</summary>
    private static string OpenProbabilities(GraphBuilder graph, string probabilities) =>
        graph.Add("Clip", [probabilities, graph.Constant(OpenProbability.Least), graph.Constant(OpenProbability.Most)]);
}
