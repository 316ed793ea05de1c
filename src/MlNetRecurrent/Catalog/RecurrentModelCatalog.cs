using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Ensembles;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;

namespace Microsoft.ML;

/// <summary>Work with trained recurrent networks: finding the network of a pipeline, and changing its threshold.</summary>
public static class RecurrentModelCatalog
{
    /// <summary>
    /// Loads the recurrent network of a saved model, which may be a pipeline with one network. With it, training goes on in one line.
    /// </summary>
    /// <example>
    /// <code>RecurrentTransformer model = ml.Regression.Trainers.Lstm().Fit(data, ml.Model.LoadRecurrent("model.zip"));</code>
    /// </example>
    /// <param name="catalog">The model catalog, <c>MLContext.Model</c>.</param>
    /// <param name="filePath">The path of the file.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidOperationException">The model has no recurrent network, or several, or one for each class
    /// (<c>OneVersusAll</c>).</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is not an ML.NET model.</exception>
    public static RecurrentTransformer LoadRecurrent(this ModelOperationsCatalog catalog, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(filePath);
        return catalog.Load(filePath, out _).GetRecurrent();
    }

    /// <summary>Finds the recurrent network of a model, which may be a pipeline with one network.</summary>
    /// <example>
    /// <code>Console.WriteLine(model.GetRecurrent().Summary());</code>
    /// </example>
    /// <param name="model">The model, such as a fitted or loaded pipeline.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidOperationException">The model has no recurrent network, or several, or one for each class
    /// (<c>OneVersusAll</c>).</exception>
    public static RecurrentTransformer GetRecurrent(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelSearch.FindNetwork(model);
    }

    /// <summary>
    /// Changes the threshold of a binary classifier: <c>PredictedLabel</c> is true where <c>Score</c>, the log-odds, is above it.
    /// </summary>
    /// <remarks>
    /// For a probability p, the threshold is ln(p / (1 - p)). <c>Score</c> and <c>Probability</c> stay as they are, and so do metrics that
    /// are computed from them. <see cref="RecurrentTransformer.Threshold"/> returns the threshold. Training that continues with the model
    /// starts with the threshold 0.
    /// </remarks>
    /// <example>
    /// <code>RecurrentTransformer careful = ml.BinaryClassification.ChangeModelThreshold(network, 1.5f);</code>
    /// </example>
    /// <param name="catalog">The binary catalog, <c>MLContext.BinaryClassification</c>.</param>
    /// <param name="model">The network, which does not change.</param>
    /// <param name="threshold">The threshold, a finite number. 0 predicts the more probable class.</param>
    /// <returns>A network with the same weights and the new threshold.</returns>
    /// <exception cref="ArgumentException">The network is not a binary classifier or tagger.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public static RecurrentTransformer ChangeModelThreshold(
        this BinaryClassificationCatalog catalog, RecurrentTransformer model, float threshold)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        OptionCheck.That(float.IsFinite(threshold), nameof(threshold), threshold, "a finite number");
        TaskOutputs outputs = model.Model.Outputs.WithThreshold(threshold) ?? throw new ArgumentException(
            $"The network is for the task {model.Model.Outputs.Task.Name}; only binary classification has a threshold.", nameof(model));
        return WithOutputs(model, outputs);
    }

    /// <summary>
    /// Changes the threshold of an additional output of binary classification: its <c>PredictedLabel</c> is true where its <c>Score</c>,
    /// the log-odds, is above it.
    /// </summary>
    /// <remarks><see cref="RecurrentTransformer.GetThreshold"/> returns the threshold.</remarks>
    /// <example>
    /// <code>RecurrentTransformer careful = ml.BinaryClassification.ChangeModelThreshold(network, 1.5f, "Urgent");</code>
    /// </example>
    /// <param name="catalog">The binary catalog, <c>MLContext.BinaryClassification</c>.</param>
    /// <param name="model">The network, which does not change. The task of its own output can be any.</param>
    /// <param name="threshold">The threshold, a finite number. 0 predicts the more probable class.</param>
    /// <param name="outputName">The name of the output, <see cref="AdditionalOutput.Name"/>.</param>
    /// <returns>A network with the same weights and the new threshold.</returns>
    /// <exception cref="ArgumentException">The network has no such output, or it is not of binary classification.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public static RecurrentTransformer ChangeModelThreshold(
        this BinaryClassificationCatalog catalog, RecurrentTransformer model, float threshold, string outputName)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        OptionCheck.That(float.IsFinite(threshold), nameof(threshold), threshold, "a finite number");
        JointOutput output = model.FindOutput(outputName);
        TaskOutputs outputs = ((JointOutputs)model.Model.Outputs).WithThreshold(output, threshold) ?? throw new ArgumentException(
            $"The output '{outputName}' is for the task {output.Outputs.Task.Name}; only binary classification has a threshold.",
            nameof(outputName));
        return WithOutputs(model, outputs);
    }

    private static RecurrentTransformer WithOutputs(RecurrentTransformer model, TaskOutputs outputs)
    {
        TrainedModel changed = new(model.Model.Inputs, outputs, model.Model.Network, model.Model.Training, model.Model.Inside);
        return new(changed) { Warnings = model.Warnings };
    }
}
