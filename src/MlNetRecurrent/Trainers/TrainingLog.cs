using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>Reports the data, the options and the end of a training on sequences.</summary>
internal sealed class TrainingLog(IHost host, IChannel channel, WarningLog warnings, RecurrentOptions given)
    : EpochLog(host, channel, warnings, given)
{
    /// <summary>The options of the user; from <see cref="DataRead"/> on, with the chosen defaults.</summary>
    private RecurrentOptions _options = given;

    private readonly RecurrentOptions _given = given;

    /// <param name="options">The options, with all defaults chosen.</param>
    /// <param name="data">The data.</param>
    /// <param name="statistics">The statistics of the data.</param>
    /// <param name="inputs">The columns that the network reads.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="definition">The network.</param>
    /// <param name="metrics">The metrics of the validation part, if there is one.</param>
    public void DataRead(
        RecurrentOptions options, TrainingData data, DataStatistics statistics, InputColumns inputs, TaskOutputs outputs,
        NetworkDefinition definition, TaskMetrics? metrics)
    {
        _options = options;
        Begin(options, definition.Head.LossUnit(outputs.Targets), metrics);
        if (data.Counts.WithoutLabel > 0)
            Warnings.Warn(RecurrentWarning.MissingLabels, MessageSensitivity.None, $"{Left(data.Counts.WithoutLabel, "no label")}");
        // A class that all labels have is an error.
        if (outputs.DescribeConstantLabels(statistics) is { } constant)
            Warnings.Warn(RecurrentWarning.ConstantLabels, MessageSensitivity.UserData, constant);
        if (data.Counts.WithoutWeight > 0)
            Channel.Info(MessageSensitivity.None, "{0}", Left(data.Counts.WithoutWeight, "the weight 0"));
        string layers = string.Join(
            ", ", definition.Layers.Select(layer => $"{layer.Kind} {layer.Size}{(layer.Bidirectional ? " in both directions" : "")}"));
        Channel.Info(
            MessageSensitivity.None, "Training on {0} of {1} in all{2}, {3} a step, {4}, layers: {5}.",
            Count(statistics.Count, "sequence"), Count(statistics.Steps, "step"), data.IsStreamed ? ", read anew in each epoch" : "",
            string.Join(" and ", inputs.All.Select(Describe)),
            Count(definition.Outputs, "output"), layers);
        if (outputs is BinaryOutputs { Labels.Texts: [var no, var yes] })
            TellLabels(no, yes);
        if (metrics is not null)
        {
            int validation = data.Source.CountOf(DataPart.Validation);
            Channel.Info(
                MessageSensitivity.None,
                data.HasValidationView ? "{0} of the validation data {1} read." : "{0} {1} set aside for validation.",
                Count(validation, "sequence"), validation == 1 ? "is" : "are");
        }
        Channel.Info(MessageSensitivity.None, "{0}", ChosenOptions.Describe(_given, options, definition));
    }

    /// <param name="schema">The columns of the data.</param>
    /// <param name="inputs">The columns that the network reads.</param>
    /// <param name="normalization">The normalization of their numbers.</param>
    /// <param name="isPrevious">Whether it is that of the previous model.</param>
    public void NormalizationLearnt(
        DataViewSchema schema, InputColumns inputs, FeatureNormalization normalization, bool isPrevious)
    {
        string where = isPrevious ? "the training data of the previous model" : "the training data";
        int first = 0;
        foreach (SequenceColumn column in inputs.All)
        {
            ReadOnlySpan<float> scale = normalization.Scale.AsSpan(first, column.Features);
            if (ConstantFeatures.Describe(schema[column.Name], scale, where) is { } remark)
                Channel.Info(MessageSensitivity.Schema, "{0}", remark);
            first += column.Features;
        }
    }

    /// <param name="column">The column.</param>
    /// <param name="keys">The number of its keys.</param>
    /// <param name="found">The number of keys that have a vector.</param>
    public void VectorsFound(string column, int keys, int found) => Channel.Info(
        MessageSensitivity.Schema, "{0} of the {1} keys of column '{2}' start from a vector; the others start at random.",
        found, keys, column);

    public void VectorsKept() => Channel.Info(
        MessageSensitivity.None, "The vectors of the previous model are kept; {0} decides only whether they change.",
        nameof(RecurrentOptions.EmbeddingVectors));

    private static string Describe(SequenceColumn column)
    {
        if (column.Characters > 0)
            return $"{Count(column.Characters, "character")}, each one of {Count(column.Tokens - 1, "token")}";
        string ofColumn = column.IsStatic ? $" of '{column.Name}' for all steps" : "";
        return (column.HoldsTokens ? $"one of {Count(column.Tokens - 1, "token")}" : Count(column.Features, "feature")) + ofColumn;
    }

    private void TellLabels(string no, string yes)
    {
        string meaning = $"PredictedLabel is true for '{yes}', the second key of the label column, and false for '{no}', the first.";
        if (BinaryLabels.IsInverted(no, yes))
        {
            Warnings.Warn(
                RecurrentWarning.LabelOrder, MessageSensitivity.UserData,
                $"{meaning} MapValueToKey with keyOrdinality ByValue makes '{yes}' the first.");
        }
        else
            Channel.Info(MessageSensitivity.UserData, "{0}", meaning);
    }

    public void Ended(TrainingOutcome outcome, double baseline, bool goesOn)
    {
        Ended(outcome, _options.EarlyStoppingPatience);
        if (!outcome.IsCancelled)
            BaselineCheck.Warn(Warnings, outcome.Last, baseline, LossUnit, _options, goesOn);
    }

    private static string Left(long rows, string reason) =>
        $"{Count(rows, "row")} {(rows == 1 ? "has" : "have")} {reason} and {(rows == 1 ? "is" : "are")} left out.";
}
