using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>The description of a model: everything in its file but the weights.</summary>
internal sealed record ModelDescription
{
    /// <summary>Increases when readers of older versions would misread the file.</summary>
    public const int CurrentFormat = 3;

    public required int Format { get; init; }

    public required SequenceColumn Features { get; init; }

    public required OutputDescription Outputs { get; init; }

    public required NetworkDefinition Network { get; init; }

    public required FeatureNormalization Normalization { get; init; }

    public required TrainingSummary Training { get; init; }

    public string? EncodingColumnName { get; init; }

    public string? StackActionsColumnName { get; init; }

    public static ModelDescription Of(TrainedModel model) => new()
    {
        Format = OldestFormat(model.Network.Definition),
        Features = model.Features,
        Outputs = model.Outputs.Describe(),
        Network = model.Network.Definition,
        Normalization = model.Network.Normalization,
        Training = model.Training,
        EncodingColumnName = model.Inside.Encoding,
        StackActionsColumnName = model.Inside.StackActions,
    };

    /// <summary>
    /// The oldest format that can describe the network, for readers of that version. Format 2 added <see cref="Pooling.LastMeanMax"/>,
    /// format 3 the heads that say so.
    /// </summary>
    private static int OldestFormat(NetworkDefinition network) =>
        Math.Max(network.Pooling == Pooling.LastMeanMax ? 2 : 1, network.Head.FirstFormat);

    /// <summary>
    /// Checks the description, which may come from a damaged file, for contradictions and creates the outputs that it describes. Nothing of
    /// the size of the network is allocated.
    /// </summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    public TaskOutputs Restore()
    {
        Check(Format is >= 1 and <= CurrentFormat, $"its format is {Format}");
        Features.Validate();
        Network.Validate();
        TaskOutputs outputs = TaskOutputs.Restore(Outputs, Network.Head);
        Check(outputs.Count == Network.Outputs, $"it has {Network.Outputs} outputs, of which {outputs.Count} have a meaning");
        Check(
            outputs.Task.Heads.Any(head => head.GetType() == Network.Head.GetType()),
            $"its task is {Outputs.Task}, its loss {Network.Head}");
        Check(
            outputs.Task.EveryStep == Network.EveryStep,
            $"its task is {Outputs.Task}, and {(Network.EveryStep ? "each step has" : "only whole sequences have")} outputs");
        Check(Features.Tokens == Network.Tokens, $"its column holds {Features.Tokens} tokens, its network reads {Network.Tokens}");
        Check(
            Features.HoldsTokens || Features.Features == Network.Features,
            $"its column holds {Features.Features} features a step, its network reads {Network.Features}");
        CheckNormalization();
        CheckTraining();
        CheckNames(outputs);
        return outputs;
    }

    private void CheckNormalization()
    {
        (float[] mean, float[] scale, float largest) = Normalization;
        Check(mean.Length == scale.Length, $"it normalizes with {mean.Length} means and {scale.Length} scales");
        Check(
            mean.Length == Network.Features || (Features.HoldsTokens && mean.Length == 0),
            $"it normalizes {mean.Length} features, its network reads {Network.Features}");
        Check(Array.TrueForAll(mean, float.IsFinite), $"the mean of a feature is no finite number");
        Check(Array.TrueForAll(scale, float.IsFinite), $"the scale of a feature is no finite number");
        Check(float.IsFinite(largest) && largest > 0, $"it cuts features off at {largest}");
    }

    private void CheckTraining()
    {
        Check(Training.Epochs >= 0, $"it was trained for {Training.Epochs} epochs");
        Check(
            Training.BestEpoch >= 0 && Training.BestEpoch <= Training.Epochs,
            $"its best epoch is {Training.BestEpoch} of {Training.Epochs}");
        Check(Training.Sequences >= 0, $"it was trained on {Training.Sequences} sequences");
        Check(double.IsFinite(Training.FinalLoss), $"its loss is {Training.FinalLoss}");
        Check(
            Training.ValidationLoss is null || double.IsFinite(Training.ValidationLoss.Value),
            $"its validation loss is {Training.ValidationLoss}");
    }

    private void CheckNames(TaskOutputs outputs)
    {
        Check(
            StackActionsColumnName is null || Network.Inspections.Any(inspection => inspection.Name == Inspection.StackActions),
            $"it has a column of stack actions but no stacks");
        List<string> names = [.. outputs.Columns.Select(column => column.Name)];
        foreach (string name in new[] { EncodingColumnName, StackActionsColumnName }.OfType<string>())
        {
            Check(name.Length > 0, $"a column has no name");
            Check(!names.Contains(name), $"two of its columns are called '{name}'");
            names.Add(name);
        }
    }

    private static void Check(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(
                $"The model is damaged: its description contradicts itself: {FormattableString.Invariant(otherwise)}.");
        }
    }
}
