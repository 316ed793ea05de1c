using System.Text;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Onnx.Heads;
using MlNetRecurrent.Onnx.Layers;
using MlNetRecurrent.Onnx.Networks;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Reads files of this library: the description of the model in the metadata, and the weights by their names.</summary>
internal static class OwnReader
{
    /// <summary>Reads the network of a file whose inputs are the columns that it reads.</summary>
    /// <exception cref="NotSupportedException">This library did not write the file, or wrote it from a pipeline.</exception>
    /// <exception cref="InvalidDataException">The file is not an ONNX file, or is damaged.</exception>
    public static TrainedModel ReadNetwork(string path)
    {
        using FileStream stream = File.OpenRead(path);
        var file = OnnxReader.Open(stream);
        if (file.Description is not { } description)
        {
            throw new NotSupportedException(
                $"'{path}' was not written by this library. ApplyOnnxModel scores it, and RecurrentModel.LoadOnnx may read it.");
        }
        TrainedModel model = Read(file, description);
        if (model.Inputs.Names.All(name => IsInput(file, name)))
            return model;
        string inputs = string.Join(", ", file.File.Graph.Input.Select(input => $"'{input.Name}'"));
        throw new NotSupportedException(
            $"'{path}' is of a pipeline, whose inputs are {inputs}, with what makes features of them. ApplyOnnxModel scores it; " +
            "save the network alone to score it here.");
    }

    /// <summary>Whether a column that the network reads is an input of the graph, rather than made in it of an input.</summary>
    private static bool IsInput(OnnxReader file, string column) =>
        file.File.Graph.Input.FirstOrDefault(input => input.Name == column)?.Type?.TensorType is { } type
        && type.ElemType != (int)OnnxType.String;

    /// <exception cref="InvalidDataException">The description and the weights contradict each other.</exception>
    public static TrainedModel Read(OnnxReader file, string description) =>
        ModelFile.Restore(Encoding.UTF8.GetBytes(description), definition => ReadWeights(file, definition));

    private static Parameters<float> ReadWeights(OnnxReader file, NetworkDefinition definition)
    {
        (LayerFormat Format, LayerDefinition Layer, string Name)[] layers =
        [
            .. definition.Layers.Select((layer, i) => (LayerFormats.Find(layer.GetType()), layer, WeightNames.FormatLayer(i))),
            .. CharacterLstmNodes.FindLayers(definition)
                .Select(found => (LayerFormats.Find(found.Layer.GetType()), found.Layer, found.Name)),
        ];
        foreach ((LayerFormat format, LayerDefinition layer, string name) in layers)
            format.Verify(file, layer, name);
        var weights = new WeightWriter(definition, file.NumberCount);
        string[] directions = [.. layers.SelectMany(layer => WeightNames.ListDirections(layer.Name, isBidirectional: true))];
        foreach (ParameterTensor tensor in definition.Tensors.Where(tensor => WeightNames.IsOfEmbedding(tensor.Name)
            && !Array.Exists(directions, direction => tensor.Name.StartsWith(direction, StringComparison.Ordinal))))
            weights.Write(tensor.Name, file.ReadMatrix(tensor.Name, tensor.Rows, tensor.Columns));
        foreach ((LayerFormat format, LayerDefinition layer, string name) in layers)
            format.Import(file, layer, name, weights);
        float[] head = file.ReadMatrix(WeightNames.Head, definition.EncodingSize, definition.Outputs);
        weights.Write(WeightNames.Head, WeightMatrix.Transpose(head, definition.Outputs));
        if (definition.HasOutputBias)
            weights.Write(WeightNames.HeadBias, file.ReadNumbers(WeightNames.HeadBias).Values);
        HeadFormats.Find(definition.Head.GetType()).Import(file, definition.Head, definition.Outputs, WeightNames.OfHead, weights);
        weights.ThrowIfMissing();
        return weights.Parameters;
    }
}
