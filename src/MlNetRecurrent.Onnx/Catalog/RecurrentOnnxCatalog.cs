using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Onnx.Heads;
using MlNetRecurrent.Onnx.Import;
using MlNetRecurrent.Sequences.Maps;

namespace Microsoft.ML;

/// <summary>Extension methods that score ONNX files of this library in OnnxRuntime.</summary>
public static class RecurrentOnnxCatalog
{
    /// <summary>The temporary column that says whether a row can be scored.</summary>
    private const string Complete = "MlNetRecurrent.Complete";

    /// <summary>The start of the names of the temporary columns that hold the input columns as they were.</summary>
    private const string Original = "MlNetRecurrent.Original.";

    /// <summary>
    /// Scores an ONNX file that <c>SaveAsOnnx</c> wrote from a network, in OnnxRuntime and through ML.NET's <c>ApplyOnnxModel</c>. The
    /// output columns are those of the network, as ML.NET's evaluators read them: <c>PredictedLabel</c> with the values of its keys,
    /// <c>Score</c> and, according to the task, <c>Probability</c>. Files have no alternatives of a CRF.
    /// </summary>
    /// <remarks>
    /// <c>ApplyOnnxModel</c> alone returns the outputs of the file: vectors of one number, and keys without values. It reads only
    /// sequences of variable length; this method also reads those of known length. The columns that the network reads stay as they are,
    /// and are checked as the network checks them, with the same exceptions. Where ML.NET reads rows in parallel, it wraps an exception
    /// about a row in another one. The output schema has hidden columns, earlier versions of columns that were replaced on the way: only
    /// <c>SelectColumns</c> removes them, and it would also remove all columns that are not known when the estimator is created. Scoring
    /// needs a package with OnnxRuntime, such as Microsoft.ML.OnnxRuntime.
    /// </remarks>
    /// <example>
    /// <code>ITransformer inOnnxRuntime = ml.Transforms.ApplyRecurrentOnnx("network.onnx").Fit(data);</code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="path">The path of the file.</param>
    /// <returns>The estimator. Its transformer scores the file.</returns>
    /// <exception cref="NotSupportedException">This library did not write the file, or wrote it from a pipeline.</exception>
    /// <exception cref="InvalidDataException">The file is not an ONNX file, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    /// <exception cref="DllNotFoundException">The native library of OnnxRuntime was not found.</exception>
    public static IEstimator<ITransformer> ApplyRecurrentOnnx(this TransformsCatalog catalog, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        MlNetRecurrent.Scoring.TrainedModel model = OwnReader.ReadNetwork(path);
        // The scores of the file are already in the unit of the labels.
        OutputDescription outputs = model.Outputs.Describe().WithoutScale();
        HeadDefinition head = model.Network.Definition.Head.WithoutAlternatives();
        string predictions = HeadFormats.Find(head.GetType()).PredictionOutput;
        IHostEnvironment environment = CatalogEnvironment.Of(catalog);
        var check = new CheckedRow { OutputColumnName = Complete, Columns = [.. model.Inputs.All] };
        IEstimator<ITransformer> pipeline = new RowMapEstimator(environment, check);
        foreach (SequenceColumn column in model.Inputs.All)
        {
            pipeline = pipeline.Append(catalog.CopyColumns(Original + column.Name, column.Name))
                .Append(new RowMapEstimator(environment, Convert(column)));
        }
        pipeline = pipeline.Append(Apply(catalog, [.. model.Inputs.Names], predictions, path));
        foreach (SequenceColumn column in model.Inputs.All)
            pipeline = pipeline.Append(catalog.CopyColumns(column.Name, Original + column.Name));
        // Score comes last: it replaces the column from which the others are made.
        OutputColumn[] columns =
        [
            .. TaskOutputs.Restore(outputs, head).Columns
                .OrderBy(column => column.Set).ThenBy(column => column.Name == TaskOutputs.Score),
        ];
        int lastSet = -1;
        foreach (OutputColumn column in columns)
        {
            var output = new ModelOutput
            {
                OutputColumnName = column.Name,
                InputColumnName = predictions,
                CompleteColumnName = Complete,
                Outputs = outputs,
                Head = head == model.Outputs.Task.UsualHead ? null : head,
                IsFirst = column.Set > lastSet,
            };
            pipeline = pipeline.Append(new RowMapEstimator(environment, output));
            lastSet = column.Set;
        }
        IEnumerable<string> temporary = [Complete, .. model.Inputs.Names.Select(name => Original + name)];
        return pipeline.Append(catalog.DropColumns([.. predictions == TaskOutputs.Score ? temporary : temporary.Append(predictions)]));
    }

    // The transform that gives a column the type that OnnxRuntime reads, under the name of the graph's input.
    private static RowMap Convert(SequenceColumn column) => column.IsStatic
        ? new StaticValue { OutputColumnName = column.Name, InputColumnName = Original + column.Name }
        : new VariableSequence
        {
            OutputColumnName = column.Name,
            InputColumnName = Original + column.Name,
            Features = column.Features,
            Characters = column.Characters,
        };

    private static OnnxScoringEstimator Apply(TransformsCatalog catalog, string[] inputs, string predictions, string path)
    {
        try
        {
            return catalog.ApplyOnnxModel([predictions], inputs, path);
        }
        catch (TypeInitializationException e) when (e.InnerException is DllNotFoundException)
        {
            throw new DllNotFoundException(
                "OnnxRuntime's native library was not found: add the package Microsoft.ML.OnnxRuntime, or another of OnnxRuntime, " +
                "to the project.",
                e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"OnnxRuntime cannot read '{path}', which may be damaged: {e.Message}", e);
        }
    }
}
