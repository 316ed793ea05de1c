using Google.Protobuf;
using MlNetRecurrent;
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
    /// The input <c>lengths</c>, <c>Int32 [batch]</c>, may be left out: it says how many steps of each sequence of a batch there are, where they differ; what stands behind them does not matter. ML.NET's <c>ApplyOnnxModel</c> scores the file row by row. Labels are in the
    /// metadata <c>labels</c>, a JSON list. The file is of opset 17. An encoding column and a column of stack actions are left out.
    /// </remarks>
    /// <param name="model">The network.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="InvalidOperationException">A column of the model has the name of the lengths.</exception>
    public static void SaveAsOnnx(this RecurrentTransformer model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        if (model.Model.Features.Name is LengthsName or TaskOutputs.Score or TaskOutputs.PredictedLabel or TaskOutputs.Probability)
            throw new InvalidOperationException($"The feature column is named '{model.Model.Features.Name}', as another input or output of the ONNX file is. Train on a column of another name.");
        TaskGraph.Of(model.Model, LengthsName).WriteTo(stream);
    }

    /// <summary>Writes a network to an ONNX file, as <see cref="SaveAsOnnx(RecurrentTransformer, Stream)"/> does. If that fails, a file that was there before stays as it was.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">A column of the model has the name of the lengths.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveAsOnnx(this RecurrentTransformer model, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string temporary = path + ".writing";
        using (FileStream stream = File.Create(temporary))
            model.SaveAsOnnx(stream);
        File.Move(temporary, path, overwrite: true);
    }

    private const string LengthsName = "lengths";
}
