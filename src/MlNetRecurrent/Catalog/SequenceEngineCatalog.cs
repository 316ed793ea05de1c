using MlNetRecurrent;

namespace Microsoft.ML;

/// <summary>Engines that predict from one row at a time, and whose remembered rows can be forgotten, saved and loaded.</summary>
public static class SequenceEngineCatalog
{
    /// <summary>
    /// Creates an engine for a model that remembers rows: a pipeline with <c>SlidingWindow</c> or <c>GroupIntoSequences</c>.
    /// </summary>
    /// <remarks>
    /// One engine serves all users and threads of a program, if the transforms have a <c>groupColumnName</c>. Unlike a pool of engines, it
    /// does not mix the rows of users. Until a group has enough rows for a window, the scores of a recurrent network are NaN (see
    /// <see cref="WindowStart"/>).
    /// </remarks>
    /// <example>
    /// <code>
    /// using var engine = ml.Model.CreateSequenceEngine&lt;Row, Prediction&gt;(model);
    /// float score = engine.Predict(row).Score;
    /// </code>
    /// </example>
    /// <typeparam name="TSource">The type of the input rows.</typeparam>
    /// <typeparam name="TDestination">The type of the predictions.</typeparam>
    /// <param name="catalog">The model catalog, <c>MLContext.Model</c>.</param>
    /// <param name="transformer">The model.</param>
    /// <param name="ignoreMissingColumns">Whether members of <typeparamref name="TDestination"/> without a matching column are ignored.
    /// Otherwise they are an error. Default: <see langword="true"/>.</param>
    /// <param name="inputSchemaDefinition">The columns of <typeparamref name="TSource"/>, if the class does not define them.
    /// Default: <see langword="null"/>.</param>
    /// <param name="outputSchemaDefinition">The columns of <typeparamref name="TDestination"/>, if the class does not define them.
    /// Default: <see langword="null"/>.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="InvalidOperationException">The model cannot be used row by row, for example because it has windows with different
    /// horizons.</exception>
    public static SequenceEngine<TSource, TDestination> CreateSequenceEngine<TSource, TDestination>(
        this ModelOperationsCatalog catalog,
        ITransformer transformer,
        bool ignoreMissingColumns = true,
        SchemaDefinition? inputSchemaDefinition = null,
        SchemaDefinition? outputSchemaDefinition = null)
        where TSource : class
        where TDestination : class, new()
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(transformer);
        return new(Create, transformer);

        PredictionEngine<TSource, TDestination> Create(ITransformer model) => catalog.CreatePredictionEngine<TSource, TDestination>(
            model, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition);
    }
}
