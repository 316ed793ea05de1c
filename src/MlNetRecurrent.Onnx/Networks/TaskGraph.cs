using System.Reflection;
using System.Text;
using MlNetRecurrent.Onnx.Heads;

namespace MlNetRecurrent.Onnx.Networks;

/// <summary>A model as an ONNX file: the network, the outputs of its task, and a description in the metadata.</summary>
internal static class TaskGraph
{
    private const int IrVersion = 8, Opset = 17, MlOpset = 3;

    /// <summary>Builds the file of a network alone, whose inputs are the columns that it reads.</summary>
    public static ModelProto Build(TrainedModel model, string lengthsName)
    {
        var graph = new GraphBuilder("recurrent");
        string[] inputs = [.. model.Inputs.Fields.Zip(model.Inputs.Names, (field, name) => InputNodes.AddInput(graph, name, field))];
        AddModel(graph, model, inputs, lengthsName);
        return CreateFile(graph, model);
    }

    /// <summary>Adds the network of a model and its outputs to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The names of the values that the network reads, one a column.</param>
    /// <param name="lengthsName">The name of the input of the lengths.</param>
    /// <exception cref="InvalidOperationException">The network is larger than an ONNX file can be.</exception>
    public static void AddModel(GraphBuilder graph, TrainedModel model, IReadOnlyList<string> inputs, string lengthsName)
    {
        NetworkDefinition network = model.Network.Definition;
        OnnxFile.ThrowIfTooLarge(network.Tensors.Sum(tensor => tensor.Count) * sizeof(float));
        (string outputs, string lengths, WeightReader weights) = NetworkGraph.Add(graph, model.Network, inputs, lengthsName);
        HeadFormats.Find(network.Head.GetType()).Export(
            new(graph, network.Head, model.Outputs, network.EveryStep, weights, outputs, lengths));
    }

    /// <summary>Creates the file of a complete graph.</summary>
    public static ModelProto CreateFile(GraphBuilder graph, TrainedModel model)
    {
        graph.ThrowIfNamedTwice();
        var file = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "MlNetRecurrent",
            ProducerVersion = ReadVersion(),
            Graph = graph.Graph,
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
        };
        if (graph.UsesMl)
            file.OpsetImport.Add(new OperatorSetIdProto { Domain = GraphBuilder.MlDomain, Version = MlOpset });
        OutputDescription description = model.Outputs.Describe();
        AddMetadata(OnnxFile.DescriptionKey, Encoding.UTF8.GetString(ModelFile.Describe(model)));
        AddMetadata("task", description.Task);
        if (description.LabelValues is { } labels)
            AddMetadata("labels", RecordJson.WriteText(labels));
        foreach (AdditionalDescription output in description.Additional ?? [])
        {
            if (output.Outputs.LabelValues is { } values)
                AddMetadata($"labels of {output.Name}", RecordJson.WriteText(values));
        }
        return file;

        void AddMetadata(string key, string value) => file.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }

    private static string ReadVersion() =>
        typeof(TaskGraph).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
