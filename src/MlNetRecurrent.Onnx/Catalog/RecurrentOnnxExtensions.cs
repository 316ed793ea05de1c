using MlNetRecurrent;
using MlNetRecurrent.Onnx.Chains;
using MlNetRecurrent.Onnx.Files;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <summary>Recurrent networks as ONNX files of standard operators.</summary>
public static class RecurrentOnnxExtensions
{
    /// <summary>
    /// Writes a network as ONNX. Its input has the name of the feature column: <c>Single [batch, time, F]</c>, or <c>UInt32 [batch, time]</c> for keys; its outputs are those of the model: <c>Score</c> and, according to the task,
    /// <c>PredictedLabel</c> and <c>Probability</c>. Batch and time are free.
    /// </summary>
    /// <remarks>
    /// The input <c>lengths</c>, <c>Int32 [batch]</c>, may be left out: it says how many steps of each sequence of a batch there are, where they differ; what stands behind them does not matter; a length beyond the steps that there are counts as all of them, and a single one is that of every sequence. A batch has at least one sequence. ML.NET's <c>ApplyOnnxModel</c> scores the file row by row where sequences are of variable length; <c>ApplyRecurrentOnnx</c> in any case. Labels are in the
    /// metadata <c>labels</c>, a JSON list. The file is of opset 17. An encoding column and a column of stack actions are left out.
    /// </remarks>
    /// <param name="model">The network.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="InvalidOperationException">A column of the model has the name of the lengths, or the network takes more than 2 GiB, the most that an ONNX file can hold.</exception>
    public static void SaveAsOnnx(this RecurrentTransformer model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        if (model.Model.Features.Name is LengthsName or TaskOutputs.Score or TaskOutputs.PredictedLabel or TaskOutputs.Probability)
            throw new InvalidOperationException($"The feature column is named '{model.Model.Features.Name}', as another input or output of the ONNX file is. Train on a column of another name.");
        OnnxFile.Write(TaskGraph.Of(model.Model, LengthsName), stream);
    }

    /// <summary>Writes a network to an ONNX file, as <see cref="SaveAsOnnx(RecurrentTransformer, Stream)"/> does. If that fails, a file that was there before stays as it was. Of a symbolic link, the file that it points to is written.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">A column of the model has the name of the lengths, or the network takes more than 2 GiB, the most that an ONNX file can hold.</exception>
    /// <exception cref="IOException">The file cannot be written, or the path is that of a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public static void SaveAsOnnx(this RecurrentTransformer model, string path) => CompleteFile.Write(path, model.SaveAsOnnx);

    /// <summary>
    /// Writes a model that holds one network as ONNX: the network, what makes its features of other columns, and the values of its predicted label. What has nothing to do with these, such as the mapping of labels, is left out.
    /// </summary>
    /// <remarks>
    /// What can be expressed before the network: <c>MapValueToKey</c> of texts, <c>CopyColumns</c>, <c>ReplaceMissingValues</c> (by what is the same for every step), <c>ZipSteps</c>, <c>NormalizeSequence</c>, <c>Differences</c>, <c>LagFeatures</c>; and after it: <c>MapKeyToValue</c> of the predicted label. Columns of texts are inputs <c>String [batch, time]</c>. The rest is as in <see cref="SaveAsOnnx(RecurrentTransformer, Stream)"/>.
    /// </remarks>
    /// <param name="model">The model, such as a pipeline that was fitted.</param>
    /// <param name="inputSchema">The schema of the data that it was fitted on.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="NotSupportedException">There is no network, or several, or a transformer cannot be expressed; the message names it, and the way round it.</exception>
    /// <exception cref="InvalidOperationException">The network takes more than 2 GiB, the most that an ONNX file can hold.</exception>
    public static void SaveAsOnnx(this ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentNullException.ThrowIfNull(stream);
        OnnxFile.Write(ChainGraph.Of(model, inputSchema, LengthsName), stream);
    }

    /// <summary>Writes a model that holds one network to an ONNX file, as <see cref="SaveAsOnnx(ITransformer, DataViewSchema, Stream)"/> does. If that fails, a file that was there before stays as it was. Of a symbolic link, the file that it points to is written.</summary>
    /// <param name="model">The model, such as a pipeline that was fitted.</param>
    /// <param name="inputSchema">The schema of the data that it was fitted on.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="NotSupportedException">There is no network, or several, or a transformer cannot be expressed.</exception>
    /// <exception cref="InvalidOperationException">The network takes more than 2 GiB, the most that an ONNX file can hold.</exception>
    /// <exception cref="IOException">The file cannot be written, or the path is that of a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public static void SaveAsOnnx(this ITransformer model, DataViewSchema inputSchema, string path) => CompleteFile.Write(path, stream => model.SaveAsOnnx(inputSchema, stream));

    private const string LengthsName = "lengths";
}
