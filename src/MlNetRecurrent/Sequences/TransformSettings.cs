namespace MlNetRecurrent.Sequences;

/// <summary>
/// The settings of a transform: the options of its user and what it learned. They are all that a model file keeps of it, as JSON.
/// </summary>
/// <remarks>
/// <para>The life cycle of a transform:</para>
/// <list type="number">
/// <item>The catalog checks the options and makes the settings and an estimator (<see cref="SequenceTransformEstimator"/>), which calls
/// <see cref="Register"/>.</item>
/// <item><c>GetOutputSchema</c> of the estimator calls <see cref="DescribeOutput"/>.</item>
/// <item><c>Fit</c> calls <see cref="DescribeOutput"/> and <see cref="Learn"/>, and then <see cref="Bind"/>, <see cref="Report"/> and
/// <see cref="MakeTransformer"/> of the settings that were learned.</item>
/// <item>The transformer (<see cref="SequenceTransformer{TSettings}"/>) calls <see cref="Bind"/> for each view or row schema, and makes a
/// <see cref="DerivedView"/> or a <see cref="DerivedRowMapper"/> of the result.</item>
/// <item>A saved transformer is ML.NET's header and the settings. <see cref="Validate"/> is called for settings that were read, since the
/// file may be damaged.</item>
/// </list>
/// <para>
/// A new transform that makes one column, of each row by itself, is one record: a <c>RowMap</c>. Any other transform consists of its
/// settings, a <see cref="BoundSchema"/>, a <see cref="DerivedCursor"/>, a <see cref="DerivedRow"/>, and a
/// <see cref="SequenceTransformer{TSettings}"/> that creates them. If it keeps rows by group, it also has a <c>RowGrouper</c> and a
/// <c>RowGroup</c>. Each transform has an estimator of a few lines and a method of the catalog.
/// </para>
/// </remarks>
internal abstract record TransformSettings
{
    /// <summary>The environment of an estimator: the log, the random seeds and the cancellation. Names of columns are checked.</summary>
    /// <param name="environment">The environment of the catalog.</param>
    public virtual IHostEnvironment Register(IHostEnvironment environment) => environment;

    /// <summary>The columns that will come out, as far as they are known before there is data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public abstract SchemaShape DescribeOutput(SchemaShape inputSchema);

    /// <summary>Learns from data what the transform needs to know.</summary>
    /// <param name="data">The data.</param>
    /// <param name="checkCancelled">Called now and then; it may throw to end the work.</param>
    public virtual TransformSettings Learn(IDataView data, Action checkCancelled) => this;

    /// <summary>Writes to the log what is remarkable about the data that was learned from.</summary>
    /// <param name="environment">The environment of the estimator.</param>
    /// <param name="input">The schema of the data.</param>
    public virtual void Report(IHostEnvironment environment, DataViewSchema input)
    {
    }

    /// <summary>The transform bound to the schema of its input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is of another type, or not what the transform was fitted on.</exception>
    public abstract BoundSchema Bind(DataViewSchema input);

    /// <param name="environment">The environment of the estimator.</param>
    /// <param name="fittedOn">The view that the transform was fitted on.</param>
    public abstract ITransformer MakeTransformer(IHostEnvironment environment, IDataView fittedOn);

    /// <summary>Throws where settings contradict themselves or are out of the ranges of the catalog.</summary>
    /// <exception cref="InvalidDataException">The settings come from a damaged file.</exception>
    public abstract void Validate();
}
