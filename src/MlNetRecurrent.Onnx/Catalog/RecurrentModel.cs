using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Import;
using MlNetRecurrent.Onnx.Protobuf;
using MlNetRecurrent.Tasks;
using Model = MlNetRecurrent.Scoring.TrainedModel;

namespace MlNetRecurrent;

/// <summary>Reads recurrent networks of files of other kinds.</summary>
public static class RecurrentModel
{
    /// <summary>
    /// Reads a network from an ONNX file: one that <c>SaveAsOnnx</c> wrote, or one whose graph is LSTM, GRU and RNN operators on top of each other and a linear layer, as the exporters of PyTorch and Keras write it. The network can be trained on, saved with <c>mlContext.Model.Save</c>, and written as ONNX again.
    /// </summary>
    /// <remarks>
    /// What the outputs mean is taken from the end of the graph: a Softmax makes it one of several classes, a Sigmoid yes or no; without either, one output is a value, and several are classes, whose scores are their probabilities, as they are with a LogSoftmax. An input of integers is read as tokens, whose numbers are the keys. The graph is read from its outputs backwards: one must be made by the linear layer, and labels and states may stand beside it. Every node on the way must do exactly what a network of this library does. Initial states must be zero, lengths an input of the graph or none, and weights single-precision and in the file itself. The opset must be 7 or later. Of a file of a pipeline that
    /// <c>SaveAsOnnx</c> wrote, the network is read alone.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="featureColumnName">The column that the network is to read, where the file was not written by this library.</param>
    /// <param name="labels">What the classes are called, where the file was not written by this library; <see langword="null"/> where they have no names.</param>
    /// <exception cref="NotSupportedException">The graph does what no network of this library does; the message names the node.</exception>
    /// <exception cref="InvalidDataException">The file is no ONNX file, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ArgumentException">There are more or fewer labels than classes.</exception>
    public static RecurrentTransformer LoadOnnx(string path, string featureColumnName, IReadOnlyList<string>? labels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        return LoadOnnx(stream, featureColumnName, labels);
    }

    /// <summary>Reads a network from an ONNX file, as <see cref="LoadOnnx(string, string, IReadOnlyList{string})"/> does. Unless the file was written by this library, the network reads the column <c>Features</c>, and its classes have no names.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NotSupportedException">The graph does what no network of this library does; the message names the node.</exception>
    /// <exception cref="InvalidDataException">The file is no ONNX file, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RecurrentTransformer LoadOnnx(string path) => LoadOnnx(path, "Features", labels: null);

    /// <summary>Reads a network from an ONNX file, as <see cref="LoadOnnx(string, string, IReadOnlyList{string})"/> does.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="featureColumnName">The column that the network is to read, where the file was not written by this library.</param>
    /// <param name="labels">What the classes are called, where the file was not written by this library; <see langword="null"/> where they have no names.</param>
    /// <exception cref="NotSupportedException">The graph does what no network of this library does; the message names the node.</exception>
    /// <exception cref="InvalidDataException">The file is no ONNX file, or damaged.</exception>
    /// <exception cref="ArgumentException">There are more or fewer labels than classes.</exception>
    public static RecurrentTransformer LoadOnnx(Stream stream, string featureColumnName, IReadOnlyList<string>? labels)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(featureColumnName);
        OnnxReader file = OnnxReader.Of(stream);
        StringStringEntryProto? description = file.File.MetadataProps.FirstOrDefault(entry => entry.Key == TaskGraph.DescriptionKey);
        return new(description is null ? Describe(GraphReader.Read(file), featureColumnName, labels) : OwnReader.Read(file, description.Value));
    }

    private static Model Describe(TrainedNetwork network, string featureColumnName, IReadOnlyList<string>? labels)
    {
        NetworkDefinition definition = network.Definition;
        if (labels is not null && (definition.Head is not CategoricalDefinition || labels.Count != definition.Outputs))
            throw new ArgumentException($"There are {labels.Count} labels; the network has {(definition.Head is CategoricalDefinition ? $"{definition.Outputs} classes" : "no classes that have names")}.", nameof(labels));
        LabelValues? values = labels is null ? null : LabelValues.Restore("Text", [.. labels]);
        TaskOutputs outputs = definition.Head switch
        {
            BernoulliDefinition => new BinaryOutputs(),
            ValueDefinition => new RegressionOutputs(new(Mean: 0, Deviation: 1)),
            _ => definition.EveryStep ? new TaggerOutputs(definition.Outputs, values) : new MulticlassOutputs(definition.Outputs, values),
        };
        var features = new SequenceColumn(featureColumnName, definition.Tokens > 0 ? 0 : definition.Features, definition.Tokens);
        return new(features, outputs, network, new TrainingSummary(), new(null, null));
    }
}
