using MlNetRecurrent.Sequences;

namespace MlNetRecurrent;

/// <summary>The base class of the estimators that <see cref="SequenceCatalog"/> creates.</summary>
public abstract class SequenceTransformEstimator : IEstimator<ITransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly TransformSettings _settings;

    private protected SequenceTransformEstimator(IHostEnvironment environment, TransformSettings settings)
    {
        _environment = settings.Register(environment);
        _settings = settings;
    }

    /// <summary>Trains the transform on data and returns it.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">A column cannot be used.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        TransformSettings learned = _settings.Learn(input, ThrowIfCancelled);
        learned.Bind(input.Schema);
        learned.Report(_environment, input.Schema);
        return learned.MakeTransformer(_environment, input);
    }

    /// <summary>Returns the columns of the output, as far as they are known without data.</summary>
    /// <param name="inputSchema">The columns of the input.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _settings.DescribeOutput(inputSchema);
    }

    private void ThrowIfCancelled()
    {
        if (_environment is IHost host)
            CatalogEnvironment.ThrowIfCancelled(host);
    }
}
