using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Onnx.Heads;
using MlNetRecurrent.Onnx.Import;

namespace MlNetRecurrent;

/// <summary>Loads recurrent networks from ONNX files.</summary>
public static class RecurrentModel
{
    /// <summary>
    /// Loads a network from an ONNX file. The file is one that <c>SaveAsOnnx</c> wrote, or its graph is a stack of LSTM, GRU and RNN
    /// operators and a linear layer, as PyTorch and Keras export it. The network can be trained further, saved with
    /// <c>mlContext.Model.Save</c>, and written as ONNX again.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The end of the graph determines the task. Softmax or LogSoftmax: multiclass. Sigmoid with one output: binary; with several:
    /// multi-label. No activation with one output: regression; with several: multiclass. If each step has outputs, the network is a tagger
    /// of that task. The scores of classes are always probabilities. An input of integers is read as tokens: integer k is key k.
    /// </para>
    /// <para>
    /// Every node between the input and the scores must have an equivalent in this library. One graph output must be the scores; others may
    /// be labels or states. Nodes that no output needs are ignored. Initial states must be zero. Lengths must be an input of the graph, or
    /// be left out. Weights must be single-precision numbers in the file itself. The opset must be 7 or later. If <c>SaveAsOnnx</c> wrote
    /// the file from a pipeline, only the network is loaded.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>RecurrentTransformer network = RecurrentModel.LoadOnnx("pytorch.onnx", "Features", labels: ["walk", "run"]);</code>
    /// </example>
    /// <param name="path">The path of the file.</param>
    /// <param name="featureColumnName">The name of the feature column of the network. Ignored for files written by
    /// <c>SaveAsOnnx</c>.</param>
    /// <param name="labels">The names of the classes, or <see langword="null"/> if they have none. Ignored for files written by
    /// <c>SaveAsOnnx</c>.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NotSupportedException">No network of this library computes the graph. The message names the node.</exception>
    /// <exception cref="InvalidDataException">The file is not an ONNX file, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    /// <exception cref="ArgumentException">The number of labels is not the number of classes.</exception>
    public static RecurrentTransformer LoadOnnx(string path, string featureColumnName, IReadOnlyList<string>? labels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        return LoadOnnx(stream, featureColumnName, labels);
    }

    /// <summary>
    /// Loads a network from an ONNX file, as <see cref="LoadOnnx(string, string, IReadOnlyList{string})"/> does. Unless <c>SaveAsOnnx</c>
    /// wrote the file, the feature column is named <c>Features</c>, and the classes have no names.
    /// </summary>
    /// <example>
    /// <code>RecurrentTransformer network = RecurrentModel.LoadOnnx("network.onnx");</code>
    /// </example>
    /// <param name="path">The path of the file.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NotSupportedException">No network of this library computes the graph. The message names the node.</exception>
    /// <exception cref="InvalidDataException">The file is not an ONNX file, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    public static RecurrentTransformer LoadOnnx(string path) => LoadOnnx(path, "Features", labels: null);

    /// <summary>
    /// Loads a network from a stream with an ONNX file, as <see cref="LoadOnnx(string, string, IReadOnlyList{string})"/> does.
    /// </summary>
    /// <example>
    /// <code>
    /// using FileStream stream = File.OpenRead("pytorch.onnx");
    /// RecurrentTransformer network = RecurrentModel.LoadOnnx(stream, "Features", labels: null);
    /// </code>
    /// </example>
    /// <param name="stream">The stream.</param>
    /// <param name="featureColumnName">The name of the feature column of the network. Ignored for files written by
    /// <c>SaveAsOnnx</c>.</param>
    /// <param name="labels">The names of the classes, or <see langword="null"/> if they have none. Ignored for files written by
    /// <c>SaveAsOnnx</c>.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NotSupportedException">No network of this library computes the graph. The message names the node.</exception>
    /// <exception cref="InvalidDataException">The file is not an ONNX file, or is damaged.</exception>
    /// <exception cref="ArgumentException">The number of labels is not the number of classes.</exception>
    public static RecurrentTransformer LoadOnnx(Stream stream, string featureColumnName, IReadOnlyList<string>? labels)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(featureColumnName);
        var file = OnnxReader.Open(stream);
        return new(file.Description is { } description
            ? OwnReader.Read(file, description)
            : CreateModel(GraphReader.Read(file), featureColumnName, labels));
    }

    private static TrainedModel CreateModel(TrainedNetwork network, string featureColumnName, IReadOnlyList<string>? labels)
    {
        NetworkDefinition definition = network.Definition;
        var head = HeadFormats.Find(definition.Head.GetType());
        if (labels is not null && (!head.HasClasses || labels.Count != definition.Outputs))
        {
            string found = head.HasClasses ? $"{definition.Outputs} classes" : "no classes that have names";
            throw new ArgumentException($"There are {labels.Count} labels; the network has {found}.", nameof(labels));
        }
        LabelValues? values = labels is null ? null : LabelValues.Restore("Text", [.. labels]);
        var features = new SequenceColumn(featureColumnName, definition.Tokens > 0 ? 0 : definition.Features, definition.Tokens);
        var inputs = new InputColumns([features], definition.InputFields);
        return new(inputs, head.CreateOutputs(definition, values), network, new TrainingSummary(), new(null, null));
    }
}
