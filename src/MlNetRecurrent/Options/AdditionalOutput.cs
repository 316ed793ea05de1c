using MlNetRecurrent.Checks;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent;

/// <summary>
/// A further label that a network learns to predict, in addition to the one of its trainer (see
/// <see cref="RecurrentOptions.AdditionalOutputs"/>).
/// </summary>
/// <param name="LabelColumnName">
/// The name of the label column. Labels of a sequence have the types that the trainers of the task accept. In a sequence tagger, a vector
/// has one label per step, and a scalar is the label of the sequence.
/// </param>
/// <param name="Task">What is predicted.</param>
public sealed record AdditionalOutput(string LabelColumnName, OutputTask Task)
{
    private string? _name;

    /// <summary>
    /// The name of the output, which its columns begin with: <c>Name.PredictedLabel</c>, <c>Name.Score</c>, <c>Name.Probability</c>.
    /// Default: the name of the label column.
    /// </summary>
    public string Name
    {
        get => _name ?? LabelColumnName;
        init => _name = value;
    }

    /// <summary>
    /// The weight of the output's loss; that of the trainer's own output is 1. A finite number above 0. Default: 1.
    /// </summary>
    /// <remarks>
    /// The loss is the mean of the losses of all outputs, by these weights. Each of them is the mean over the labels of the training data
    /// that are not missing. In validation a label has the same weight as in training, so that an output with few labels there counts less.
    /// </remarks>
    public float LossWeight { get; init; } = 1;

    /// <summary>The task of a label column.</summary>
    /// <param name="ofSteps">Whether the network has outputs for each step.</param>
    /// <param name="isVector">Whether the column holds vectors.</param>
    internal RecurrentTask TaskFor(bool ofSteps, bool isVector) => (Task, ofSteps && isVector) switch
    {
        (OutputTask.BinaryClassification, false) => RecurrentTask.Binary,
        (OutputTask.BinaryClassification, true) => RecurrentTask.BinaryTagger,
        (OutputTask.MulticlassClassification, false) => RecurrentTask.Multiclass,
        (OutputTask.MulticlassClassification, true) => RecurrentTask.Tagger,
        (OutputTask.Regression, false) => RecurrentTask.Regression,
        (OutputTask.Regression, true) => RecurrentTask.RegressionTagger,
        _ => throw new ArgumentOutOfRangeException(nameof(isVector), Task, "There is no such task."),
    };

    /// <param name="option">The name of the option that holds the output, for messages.</param>
    /// <exception cref="ArgumentException">A name is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A property is out of range.</exception>
    internal void Validate(string option)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(LabelColumnName, $"{option}.{nameof(LabelColumnName)}");
        ArgumentException.ThrowIfNullOrWhiteSpace(Name, $"{option}.{nameof(Name)}");
        OptionCheck.That(
            Enum.IsDefined(Task), $"{option}.{nameof(Task)}", Task, "BinaryClassification, MulticlassClassification or Regression");
        bool isWeight = float.IsFinite(LossWeight) && LossWeight > 0;
        OptionCheck.That(isWeight, $"{option}.{nameof(LossWeight)}", LossWeight, "a finite number above 0");
    }
}
