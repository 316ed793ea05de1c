using System.Text;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;
using MlNetRecurrent.Scoring;
using Model = MlNetRecurrent.Scoring.TrainedModel;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Reads a file that this library wrote: what it holds is described in its metadata, and the weights have the names of ours.</summary>
internal static class OwnReader
{
    /// <summary>The network of a file, which must read its feature column itself.</summary>
    /// <exception cref="NotSupportedException">The file was not written of a network by this library.</exception>
    /// <exception cref="InvalidDataException">The file is no ONNX file, or damaged.</exception>
    public static Model ReadNetwork(string path)
    {
        using FileStream stream = File.OpenRead(path);
        OnnxReader file = OnnxReader.Of(stream);
        if (file.File.MetadataProps.FirstOrDefault(entry => entry.Key == TaskGraph.DescriptionKey) is not { } description)
            throw new NotSupportedException($"'{path}' was not written by this library. ApplyOnnxModel scores it, and RecurrentModel.LoadOnnx may read it.");
        Model model = Read(file, description.Value);
        return file.File.Graph.Input.FirstOrDefault(input => input.Name == model.Features.Name) is { } features && features.Type?.TensorType is { } type && type.ElemType != (int)OnnxType.String
            ? model
            : throw new NotSupportedException($"'{path}' is of a pipeline, whose inputs are {string.Join(", ", file.File.Graph.Input.Select(input => $"'{input.Name}'"))}, with what makes features of them. ApplyOnnxModel scores it; save the network alone to score it here.");
    }

    /// <exception cref="InvalidDataException">The description and the weights do not go together.</exception>
    public static Model Read(OnnxReader file, string description) => ModelFile.Restore(Encoding.UTF8.GetBytes(description), definition => Weights(file, definition));

    private static Parameters<float> Weights(OnnxReader file, NetworkDefinition definition)
    {
        ThrowIfOfOtherSizes(file, definition);
        var weights = new WeightWriter(definition, file.NumberCount);
        if (definition.Tokens > 0)
            weights.Set("embedding.weight", Matrix(file, "embedding.weight", definition.Tokens, definition.Features));
        for (int i = 0; i < definition.Layers.Count; i++)
        {
            LayerDefinition layer = definition.Layers[i];
            if (layer is StackLayerDefinition stacks)
                AddStacks(file, weights, stacks, $"layers.{i}.");
            else
                NodeOf(file, $"layers.{i}.W", layer).WriteTo(weights, $"layers.{i}");
        }
        weights.Set("head.weight", WeightWriter.Transpose(Matrix(file, "head.weight", definition.EncodingSize, definition.Outputs), definition.Outputs));
        if (definition.HasOutputBias)
            weights.Set("head.bias", file.Numbers("head.bias").Values);
        weights.ThrowIfMissing();
        return weights.Parameters;
    }

    /// <summary>Holds the sizes of the description against those of the weights, before a network of the description is made.</summary>
    private static void ThrowIfOfOtherSizes(OnnxReader file, NetworkDefinition definition)
    {
        foreach ((int i, LayerDefinition layer) in definition.Layers.Index())
        {
            string name = layer.Bidirectional ? $"layers.{i}.forward." : $"layers.{i}.";
            if (layer is not StackLayerDefinition { Stacks: var stacks })
                NodeOf(file, $"layers.{i}.W", layer);
            else if (!file.Dimensions(name + "weight_sv").SequenceEqual([layer.Size, stacks.NumberOfStacks]) || !file.Dimensions(name + "weight_sh").SequenceEqual([stacks.Depth * stacks.NumberOfStacks, layer.Size]))
                throw new InvalidDataException($"The file is damaged: layer {i} is described to have {layer.Size} units and {stacks.NumberOfStacks} stacks, and its weights have not.");
        }
    }

    private static RecurrentNode NodeOf(OnnxReader file, string weights, LayerDefinition layer)
    {
        NodeProto node = file.File.Graph.Node.FirstOrDefault(node => RecurrentNode.Is(node) && node.Input.Count > 1 && node.Input[1] == weights) ?? throw new InvalidDataException($"The file is damaged: no node reads '{weights}'.");
        var read = RecurrentNode.Of(file, node, isOurs: true);
        return read.Layer == layer with { Dropout = 0, TimeReduction = 1 } ? read : throw new InvalidDataException($"The file is damaged: {node.OpType} '{node.Name}' is not the layer that it is described to be.");
    }

    private static void AddStacks(OnnxReader file, WeightWriter weights, StackLayerDefinition layer, string name)
    {
        foreach (string of in (string[])(layer.Bidirectional ? [name + "forward.", name + "backward."] : [name]))
        {
            foreach (string matrix in (string[])["weight_ih", "weight_sh", "weight_sa", "weight_sv", .. layer.Stacks.HasRecurrentWeights ? ["weight_hh"] : Array.Empty<string>()])
            {
                (int rows, int columns) = weights.SizeOf(of + matrix);
                weights.Set(of + matrix, WeightWriter.Transpose(Matrix(file, of + matrix, columns, rows), rows));
            }
            foreach (string bias in layer.Stacks.HasBias ? (string[])["bias", "bias_sa", "bias_sv"] : [])
                weights.Set(of + bias, file.Numbers(of + bias).Values);
        }
    }

    private static float[] Matrix(OnnxReader file, string name, int rows, int columns)
    {
        (float[] values, int[] dimensions) = file.Numbers(name);
        return dimensions.SequenceEqual([rows, columns])
            ? values
            : throw new InvalidDataException($"The file is damaged: '{name}' is [{string.Join(", ", dimensions)}]; expected [{rows}, {columns}].");
    }
}
