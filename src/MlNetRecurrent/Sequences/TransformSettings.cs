using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Sequences;

/// <summary>
/// The settings of a transform: the options of its user and what it learned. They are all that a model file keeps of it, as JSON.
/// </summary>
/// <remarks>
/// <para>The life of a transform:</para>
/// <list type="number">
/// <item>The catalog checks options, makes settings, and returns an estimator (<see cref="SequenceTransformEstimator"/>), which calls
/// <see cref="Register"/>.</item>
/// <item><c>GetOutputSchema</c> of the estimator asks <see cref="DescribeOutput"/>, before there is data.</item>
/// <item><c>Fit</c> asks <see cref="DescribeOutput"/>, then <see cref="Learn"/>; of the settings that were learned it calls
/// <see cref="Bind"/>, <see cref="Report"/> and <see cref="MakeTransformer"/>.</item>
/// <item>The transformer (<see cref="SequenceTransformer{TSettings}"/>) binds the settings to the schema of each view or row that it is
/// given, and makes a <see cref="DerivedView"/> or a <see cref="DerivedRowMapper"/> of it.</item>
/// <item>Saved, it is the settings behind ML.NET's header. Loaded, they are read and <see cref="Validate"/> is called, since a file may be
/// damaged.</item>
/// </list>
/// <para>
/// A new transform that makes a column of each row by itself is a <c>RowMap</c>: one record, which is settings, schema and reader, and one
/// line that lists it. Any other writes its settings, its <see cref="BoundSchema"/>, a <see cref="DerivedCursor"/> and a
/// <see cref="DerivedRow"/>, and a <see cref="SequenceTransformer{TSettings}"/> that names these; where it keeps rows by group, also a
/// <c>RowGrouper</c> and a <c>RowGroup</c>. Both need an estimator of a few lines and a method of the catalog.
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
