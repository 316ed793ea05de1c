using MlNetRecurrent;
using MlNetRecurrent.Onnx.Chains;
using MlNetRecurrent.Onnx.Networks;

namespace Microsoft.ML;

/// <summary>Extension methods that save recurrent networks as ONNX files of standard operators.</summary>
public static class RecurrentOnnxExtensions
{
    private const string LengthsName = "lengths";

    /// <summary>
    /// Saves a network as ONNX. Each column that the network reads is an input of the same name: a feature column
    /// <c>Single [batch, time, F]</c>, or <c>UInt32 [batch, time]</c> for keys; a static column <c>Single [batch, F]</c>, or
    /// <c>UInt32 [batch, 1]</c> for keys. The outputs are <c>Score</c> and, according to the task, <c>PredictedLabel</c> and
    /// <c>Probability</c>. Batch size and number of steps are not fixed; a batch has at least one sequence.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The optional input <c>lengths</c>, <c>Int32 [batch]</c>, is the number of steps of each sequence of a batch. Later steps have no
    /// influence. A length above the number of steps of the batch is treated as that number. A single length applies to all sequences.
    /// </para>
    /// <para>
    /// ML.NET's <c>ApplyOnnxModel</c> scores the file row by row. It reads only sequences of variable length; <c>ApplyRecurrentOnnx</c>
    /// also reads those of known length. The metadata entry <c>labels</c> is a JSON list of the labels. The opset is 17. The graph has
    /// no encoding column, no column of stack actions, and no alternatives of a conditional random field with their probabilities.
    /// </para>
    /// <para>
    /// The file of a tagger with a conditional random field computes the probabilities and the best path, as the network does. At each
    /// step, the additional output <c>ScoreAndPath</c> holds <c>Score</c>, then the index (from 0) of the best path's label.
    /// <c>ApplyRecurrentOnnx</c> reads it.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// using FileStream stream = File.Create("network.onnx");
    /// network.SaveAsOnnx(stream);
    /// </code>
    /// </example>
    /// <param name="model">The network.</param>
    /// <param name="stream">The destination.</param>
    /// <exception cref="InvalidOperationException">
    /// A column that the network reads is named <c>lengths</c>, <c>Score</c>, <c>PredictedLabel</c> or <c>Probability</c>, or the network
    /// takes more than 2 GiB, the limit of ONNX files.
    /// </exception>
    public static void SaveAsOnnx(this RecurrentTransformer model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        foreach (SequenceColumn column in model.Model.Inputs.All)
        {
            bool isOutput = column.Name is TaskOutputs.Score or TaskOutputs.PredictedLabel or TaskOutputs.Probability
                || model.Model.Outputs.Columns.Any(output => output.Name == column.Name);
            if (column.Name == LengthsName || isOutput)
            {
                string start = column.IsStatic ? "The static column is named '" : "The feature column is named '";
                throw new InvalidOperationException(
                    $"{start}{column.Name}', as another input or output of the ONNX file is. Train on a column of another name.");
            }
        }
        OnnxFile.Write(TaskGraph.Build(model.Model, LengthsName), stream);
    }

    /// <summary>
    /// Saves a network to an ONNX file, as <see cref="SaveAsOnnx(RecurrentTransformer, Stream)"/> does. If that fails, an existing file
    /// is not changed. If the path is a symbolic link, its target is written.
    /// </summary>
    /// <example>
    /// <code>network.SaveAsOnnx("network.onnx");</code>
    /// </example>
    /// <param name="model">The network.</param>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="InvalidOperationException">
    /// A column that the network reads is named <c>lengths</c>, <c>Score</c>, <c>PredictedLabel</c> or <c>Probability</c>, or the network
    /// takes more than 2 GiB, the limit of ONNX files.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written, or the path is a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write the file or its folder.</exception>
    public static void SaveAsOnnx(this RecurrentTransformer model, string path) => CompleteFile.Write(path, model.SaveAsOnnx);

    /// <summary>
    /// Saves a model with one network as ONNX: the network, the transforms of the columns that it reads, and the values of the predicted
    /// label. Transforms of other columns, such as the mapping of labels, are left out.
    /// </summary>
    /// <remarks>
    /// Transforms before the network can be <c>MapValueToKey</c> of texts, <c>CopyColumns</c>, <c>ReplaceMissingValues</c> (with the same
    /// replacement for every step), <c>ZipSteps</c>, <c>NormalizeSequence</c>, <c>Differences</c> and <c>LagFeatures</c>. After the
    /// network, <c>MapKeyToValue</c> of the predicted label is supported. Columns of texts are inputs <c>String [batch, time]</c>. Static
    /// columns of texts are inputs <c>String [batch, 1]</c>, those of <c>Boolean</c> are inputs <c>Boolean [batch, 1]</c>. The other inputs
    /// and outputs are those of <see cref="SaveAsOnnx(RecurrentTransformer, Stream)"/>.
    /// </remarks>
    /// <example>
    /// <code>
    /// using FileStream stream = File.Create("pipeline.onnx");
    /// model.SaveAsOnnx(data.Schema, stream);
    /// </code>
    /// </example>
    /// <param name="model">The model, such as a fitted pipeline.</param>
    /// <param name="inputSchema">The schema of the data that the model was fitted on.</param>
    /// <param name="stream">The destination.</param>
    /// <exception cref="NotSupportedException">
    /// There is no network, or several, or a transformer has no equivalent in ONNX. The message names the transformer and an alternative.
    /// </exception>
    /// <exception cref="InvalidOperationException">The network takes more than 2 GiB, the limit of ONNX files.</exception>
    public static void SaveAsOnnx(this ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentNullException.ThrowIfNull(stream);
        OnnxFile.Write(ChainGraph.Build(model, inputSchema, LengthsName), stream);
    }

    /// <summary>
    /// Saves a model with one network to an ONNX file, as <see cref="SaveAsOnnx(ITransformer, DataViewSchema, Stream)"/> does. If that
    /// fails, an existing file is not changed. If the path is a symbolic link, its target is written.
    /// </summary>
    /// <example>
    /// <code>model.SaveAsOnnx(data.Schema, "pipeline.onnx");</code>
    /// </example>
    /// <param name="model">The model, such as a fitted pipeline.</param>
    /// <param name="inputSchema">The schema of the data that the model was fitted on.</param>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="NotSupportedException">
    /// There is no network, or several, or a transformer has no equivalent in ONNX. The message names the transformer and an alternative.
    /// </exception>
    /// <exception cref="InvalidOperationException">The network takes more than 2 GiB, the limit of ONNX files.</exception>
    /// <exception cref="IOException">The file cannot be written, or the path is a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write the file or its folder.</exception>
    public static void SaveAsOnnx(this ITransformer model, DataViewSchema inputSchema, string path) =>
        CompleteFile.Write(path, stream => model.SaveAsOnnx(inputSchema, stream));
}
