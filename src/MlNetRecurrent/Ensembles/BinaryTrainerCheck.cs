using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Ensembles;

/// <summary>Checks the binary trainer that <c>OneVersusAll</c> is given.</summary>
internal static class BinaryTrainerCheck
{
    private const string OwnNetworks = "each class has a network of its own";

    private static readonly RecurrentOptions _defaults = new();

    /// <param name="binaryEstimator">The trainer.</param>
    /// <param name="labelColumnName">The label column of the classes.</param>
    /// <exception cref="ArgumentException">The trainer cannot learn one class after the other.</exception>
    public static void ThrowIfUnfit(RecurrentTrainer binaryEstimator, string labelColumnName)
    {
        if (binaryEstimator.Task != RecurrentTask.Binary)
        {
            throw new ArgumentException(
                "OneVersusAll takes a trainer for labels of sequences of BinaryClassification.Trainers, such as Lstm; "
                + $"this one is for the task {binaryEstimator.Task.Name}.",
                nameof(binaryEstimator));
        }
        RecurrentOptions options = binaryEstimator.CopyOptions();
        if (options.LabelColumnName != _defaults.LabelColumnName && options.LabelColumnName != labelColumnName)
        {
            throw new ArgumentException(
                $"The label column of the binary trainer is '{options.LabelColumnName}', that of OneVersusAll '{labelColumnName}'. "
                + "Name the label column in OneVersusAll; the binary trainer learns the classes of the same column.",
                nameof(binaryEstimator));
        }
        foreach ((string option, string reason) in Unsupported(options))
        {
            throw new ArgumentException(
                $"OneVersusAll does not support the option {option} of the binary trainer: {reason}.", nameof(binaryEstimator));
        }
    }

    private static IEnumerable<(string Option, string Reason)> Unsupported(RecurrentOptions options)
    {
        if (options.AdditionalOutputs.Count > 0)
            yield return (nameof(options.AdditionalOutputs), "one label column is learned");
        if (options.EncodingColumnName is not null)
            yield return (nameof(options.EncodingColumnName), OwnNetworks);
        if (options.StackActionsColumnName is not null)
            yield return (nameof(options.StackActionsColumnName), OwnNetworks);
        if (options.CheckpointPath is not null)
            yield return (nameof(options.CheckpointPath), "each training needs a file of its own");
        if (options.KeepModelWhenCancelled)
            yield return (nameof(options.KeepModelWhenCancelled), "a model has a network for every class");
    }
}
