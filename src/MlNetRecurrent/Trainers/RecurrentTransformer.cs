using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// A trained recurrent network, which adds its predictions to a data view. Save it with <c>mlContext.Model.Save</c>, alone or as part of a
/// pipeline, and load it with <c>mlContext.Model.Load</c> in any project that references the package.
/// </summary>
/// <remarks>
/// The transformer is thread-safe. A <c>PredictionEngine</c>, a cursor of a view and a row of a mapper are not; concurrent use throws an
/// <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed partial class RecurrentTransformer : ITransformer
{
    internal RecurrentTransformer(TrainedModel model) => Model = model;

    /// <summary>Always <see langword="true"/>: each row is scored independently of the others.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The settings and the results of the training.</summary>
    public TrainingSummary Training => Model.Training;

    /// <summary>The number of trained weights and biases, including those of the embedding and of the linear output layer.</summary>
    public long NumberOfParameters => Model.Network.Definition.Tensors.Sum(tensor => tensor.Count);

    /// <summary>
    /// The threshold of a binary classifier or tagger, which <c>BinaryClassification.ChangeModelThreshold</c> sets: <c>PredictedLabel</c>
    /// is true where <c>Score</c>, the log-odds, is above it. <see langword="null"/> for other tasks.
    /// </summary>
    public float? Threshold => Model.Outputs.Threshold;

    /// <summary>Returns the threshold of an additional output (<see cref="RecurrentOptions.AdditionalOutputs"/>).</summary>
    /// <param name="outputName">The name of the output.</param>
    /// <returns>The threshold; <see langword="null"/> if the output is not of binary classification.</returns>
    /// <exception cref="ArgumentException">The network has no such output.</exception>
    public float? GetThreshold(string outputName) => FindOutput(outputName).Outputs.Threshold;

    /// <exception cref="ArgumentException">The network has no such output.</exception>
    internal JointOutput FindOutput(string outputName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputName);
        string[] names = JointOutputs.NamesOf(Model.Outputs);
        int place = Array.IndexOf(names, outputName);
        return place >= 0 ? JointOutputs.PartsOf(Model.Outputs)[place + 1] : throw new ArgumentException(
            $"The network has no additional output '{outputName}'. "
            + $"It has: {(names.Length == 0 ? "none" : string.Join(", ", names.Select(name => $"'{name}'")))}.",
            nameof(outputName));
    }

    /// <summary>
    /// Describes the model as a table of its layers, with the shapes of their outputs and the numbers of their weights, followed by the
    /// columns that it adds and the result of the training.
    /// </summary>
    /// <returns>Several lines of text.</returns>
    /// <example>
    /// <code>Console.WriteLine(network.Summary());</code>
    /// </example>
    public string Summary() => ModelSummary.Describe(Model);

    /// <summary>Returns one line about the model: the columns that it reads, its layers and the number of its weights.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => ModelSummary.DescribeShortly(Model);

    internal TrainedModel Model { get; }

    /// <summary>The log of the warnings; null if there is none.</summary>
    internal WarningLog? Warnings { get; init; }

    /// <summary>Returns the schema of the scored data.</summary>
    /// <param name="inputSchema">A schema that has the feature and static columns of the network.</param>
    /// <returns>The columns of <paramref name="inputSchema"/> and those of the predictions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of these columns is missing.</exception>
    /// <exception cref="InvalidOperationException">One of these columns differs in type or keys from the training column.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => ModelScoring.Describe(inputSchema, Model);

    /// <summary>Adds the predictions to a data view. They are computed in batches while the view is read.</summary>
    /// <param name="input">A data view that has the feature and static columns of the network.</param>
    /// <returns>The scored data.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of these columns is missing.</exception>
    /// <exception cref="InvalidOperationException">One of these columns differs in type or keys from the training column, or a warning is
    /// treated as an error.</exception>
    public IDataView Transform(IDataView input) => ModelScoring.AddTo(input, Model, Warnings);

    /// <summary>Returns a mapper that scores single rows. A <c>PredictionEngine</c> uses it.</summary>
    /// <param name="inputSchema">A schema that has the feature and static columns of the network.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of these columns is missing.</exception>
    /// <exception cref="InvalidOperationException">One of these columns differs in type or keys from the training column, or a warning is
    /// treated as an error.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ModelScoring.MapRows(inputSchema, Model, Warnings);
}
