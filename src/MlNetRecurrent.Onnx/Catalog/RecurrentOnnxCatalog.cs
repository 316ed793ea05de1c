using Microsoft.ML.Transforms.Onnx;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Onnx.Import;
using MlNetRecurrent.Sequences.Maps;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <summary>Scoring of ONNX files that this library wrote, where ML.NET's own transforms are found.</summary>
public static class RecurrentOnnxCatalog
{
    /// <summary>
    /// Scores an ONNX file that <c>SaveAsOnnx</c> wrote of a network in OnnxRuntime, through ML.NET's <c>ApplyOnnxModel</c>, and gives the columns that the network itself gives: <c>PredictedLabel</c> with the values of its keys, <c>Score</c>, and where there is one <c>Probability</c>,
    /// as ML.NET's evaluators take them.
    /// </summary>
    /// <remarks>
    /// <c>ApplyOnnxModel</c> alone gives what stands in the file: vectors of one number, and keys without values; and it takes sequences of variable length only, where this takes those of a known length too. To run it needs a package of OnnxRuntime, such as Microsoft.ML.OnnxRuntime. Sequences must not be empty.
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="NotSupportedException">The file was not written of a network by this library.</exception>
    /// <exception cref="InvalidDataException">The file is no ONNX file, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="DllNotFoundException">There is no native library of OnnxRuntime.</exception>
    public static IEstimator<ITransformer> ApplyRecurrentOnnx(this TransformsCatalog catalog, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        MlNetRecurrent.Scoring.TrainedModel model = OwnReader.ReadNetwork(path);
        OutputDescription outputs = model.Outputs.Describe();
        if (outputs.LabelScale is not null)
            outputs = outputs with { LabelScale = new(Mean: 0, Deviation: 1) };
        string features = model.Features.Name;
        IEstimator<ITransformer> pipeline = new RowMapEstimator(CatalogEnvironment.Of(catalog), new VariableSequence { OutputColumnName = features, InputColumnName = features, Features = model.Features.Features })
            .Append(Apply(catalog, features, path));
        // The score comes last, since it takes the place of what the others are made of.
        string[] columns = [.. model.Outputs.Columns.Select(column => column.Name).OrderBy(name => name == TaskOutputs.Score)];
        foreach (string column in columns)
            pipeline = pipeline.Append(new RowMapEstimator(CatalogEnvironment.Of(catalog), new ModelOutput { OutputColumnName = column, InputColumnName = TaskOutputs.Score, Outputs = outputs, IsFirst = column == columns[0] }));
        return pipeline;
    }

    private static OnnxScoringEstimator Apply(TransformsCatalog catalog, string features, string path)
    {
        try
        {
            return catalog.ApplyOnnxModel([TaskOutputs.Score], [features], path);
        }
        catch (TypeInitializationException e) when (e.InnerException is DllNotFoundException)
        {
            throw new DllNotFoundException("OnnxRuntime's native library was not found: add the package Microsoft.ML.OnnxRuntime, or another of OnnxRuntime, to the project.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"OnnxRuntime cannot read '{path}', which may be damaged: {e.Message}", e);
        }
    }
}
