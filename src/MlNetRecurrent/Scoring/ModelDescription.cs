using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>The description of a model: everything in its file but the weights.</summary>
internal sealed record ModelDescription
{
    /// <summary>
    /// The largest format of models without a newer head or a decoder. Increases when readers of older versions would misread the file.
    /// </summary>
    private const int LargestFormat = 4;

    /// <summary>The largest format that this version reads.</summary>
    public static int CurrentFormat { get; } = Math.Max(
        Math.Max(LargestFormat, DecoderDefinition.FirstFormat), KnownDefinitions.Heads.Max(head => head.FirstFormat));

    public required int Format { get; init; }

    /// <summary>The first column that the model reads.</summary>
    public required SequenceColumn Features { get; init; }

    /// <summary>The further columns that it reads, if there are any.</summary>
    public IReadOnlyList<SequenceColumn>? FurtherInputs { get; init; }

    public required OutputDescription Outputs { get; init; }

    public required NetworkDefinition Network { get; init; }

    public required FeatureNormalization Normalization { get; init; }

    public required TrainingSummary Training { get; init; }

    public string? EncodingColumnName { get; init; }

    public string? StackActionsColumnName { get; init; }

    public static ModelDescription Of(TrainedModel model) => new()
    {
        Format = OldestFormat(model),
        Features = model.Inputs.First,
        FurtherInputs = model.Inputs.All.Count == 1 ? null : [.. model.Inputs.All.Skip(1)],
        Outputs = model.Outputs.Describe(),
        Network = model.Network.Definition,
        Normalization = model.Network.Normalization,
        Training = model.Training,
        EncodingColumnName = model.Inside.Encoding,
        StackActionsColumnName = model.Inside.StackActions,
    };

    /// <summary>
    /// The oldest format that can describe the model, for readers of that version. Format 2 added <see cref="Pooling.LastMeanMax"/>,
    /// format 3 several inputs, labels that are vectors, values or yes and no for each step, and the heads that say so,
    /// format 4 the LSTM over characters.
    /// </summary>
    private static int OldestFormat(TrainedModel model)
    {
        NetworkDefinition network = model.Network.Definition;
        bool hasNewLabels = model.Outputs.Slots is not null
            || (model.Outputs.Task.EveryStep && model.Outputs.Task is RegressionTask or BinaryTask);
        if (network.InputFields.Any(field => field.Encoding != CharacterEncoding.Convolution))
            return Math.Max(LargestFormat, network.FirstFormat);
        int format = hasNewLabels || !model.Inputs.IsPlain ? 3 : network.Pooling == Pooling.LastMeanMax ? 2 : 1;
        // Format 4 added several outputs, whose head says so, and thresholds.
        bool hasThreshold = JointOutputs.PartsOf(model.Outputs).Any(output => output.Outputs.Describe().Threshold is not null);
        return Math.Max(hasThreshold ? 4 : format, network.FirstFormat);
    }

    /// <summary>The columns that the model reads.</summary>
    public InputColumns RestoreInputs() => new([Features, .. FurtherInputs ?? []], Network.InputFields);

    /// <summary>
    /// Checks the description, which may come from a damaged file, for contradictions and creates the outputs that it describes. Nothing of
    /// the size of the network is allocated.
    /// </summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    public TaskOutputs Restore()
    {
        Check(Format >= 1 && Format <= CurrentFormat, $"its format is {Format}");
        foreach (SequenceColumn? column in RestoreInputs().All)
        {
            Check(column is not null, $"a column that it reads is null");
            column!.Validate();
        }
        Network.Validate();
        TaskOutputs outputs = TaskOutputs.Restore(Outputs, Network.Head);
        Check(outputs.Count == Network.Outputs, $"it has {Network.Outputs} outputs, of which {outputs.Count} have a meaning");
        Check(outputs.Accepts(Network.Head), $"its task is {Outputs.Task}, its loss {Network.Head}");
        Check(
            outputs.LabelSize == Network.LabelSize,
            $"its labels have {outputs.LabelSize} values, its network learns {Network.LabelSize}");
        Check(
            outputs.Task.EveryStep == Network.EveryStep,
            $"its task is {Outputs.Task}, and {(Network.EveryStep ? "each step has" : "only whole sequences have")} outputs");
        CheckInputs();
        CheckNormalization();
        CheckTraining();
        CheckNames(outputs);
        return outputs;
    }

    private void CheckInputs()
    {
        InputColumns inputs = RestoreInputs();
        Check(
            inputs.IsPlain == Network.Inputs is null,
            $"of its columns and the inputs of its network one says that there are several, or characters");
        Check(
            inputs.All.Count == inputs.Fields.Count, $"it reads {inputs.All.Count} columns, its network has {inputs.Fields.Count} inputs");
        Check(!inputs.First.IsStatic, $"its first column has no steps");
        foreach ((SequenceColumn column, InputField field) in inputs.All.Zip(inputs.Fields))
        {
            Check(column.Tokens == field.Tokens, $"its column holds {column.Tokens} tokens, its network reads {field.Tokens}");
            Check(
                column.HoldsTokens || column.Features == field.Size,
                $"its column holds {column.Features} features a step, its network reads {field.Size}");
            Check(
                column.Characters == field.Characters,
                $"its column holds {column.Characters} characters a step, its network reads {field.Characters}");
            Check(column.IsStatic == field.IsStatic, $"of a column and an input of its network one has steps");
        }
    }

    private void CheckNormalization()
    {
        (float[] mean, float[] scale, float largest) = Normalization;
        Check(mean.Length == scale.Length, $"it normalizes with {mean.Length} means and {scale.Length} scales");
        int numbers = RestoreInputs().NumberCount;
        Check(
            mean.Length == numbers || (numbers == 0 && mean.Length == Network.Features),
            $"it normalizes {mean.Length} features, its network reads {numbers}");
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
        Check(Training.History is not null, $"the history of its training is missing");
        int first = Training.Epochs - Training.History!.Count + 1;
        foreach ((int i, TrainingEpoch? epoch) in Training.History.Index())
        {
            bool isPossible = epoch is { ValidationMetrics: not null } && double.IsFinite(epoch.Loss)
                && double.IsFinite(epoch.ValidationLoss ?? 0) && double.IsFinite(epoch.LearningRate) && epoch.LearningRate >= 0
                && double.IsFinite(epoch.GradientNorm) && epoch.GradientNorm >= 0;
            Check(isPossible && epoch!.Epoch == first + i, $"epoch {i} of the history of its training is not possible");
        }
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
