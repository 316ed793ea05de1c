using MlNetRecurrent.Checks;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <content>Range checks, also of options that exclude each other.</content>
public sealed partial class RecurrentOptions
{
    private const int MostEmbeddingSize = 1 << 16;
    private const int MostAdditionalOutputs = 99;

    /// <param name="task">The task of the trainer, on which some ranges depend.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or the list of layers or one of them is
    /// null.</exception>
    internal void Validate(RecurrentTask task)
    {
        ValidateColumns();
        WarningPolicy.ThrowIfUnknown(IgnoredWarnings, nameof(IgnoredWarnings));
        ValidateNetwork(task);
        ValidateTagging(task);
        ValidateOptimization();
        ValidateTruncation(task);
        ValidateRegularization(task);
        ValidateValidation();
        ValidateExecution();
        ValidateMemory();
    }

    private void ValidateColumns()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(LabelColumnName);
        ValidateInputColumns();
        ValidateOutputs();
        ValidateEmbeddingVectors();
        OptionCheck.ThatNameIsNotEmpty(ExampleWeightColumnName);
        ValidateWeights();
        OptionCheck.ThatNameIsNotEmpty(EncodingColumnName);
        OptionCheck.ThatNameIsNotEmpty(StackActionsColumnName);
        OptionCheck.ThatNameIsNotEmpty(ValidationGroupColumnName);
        bool isUsed = ValidationGroupColumnName is null || ValidateOnLastRows;
        string expected = $"null without {nameof(ValidateOnLastRows)}";
        OptionCheck.That(isUsed, nameof(ValidationGroupColumnName), ValidationGroupColumnName, expected);
    }

    private void ValidateInputColumns()
    {
        ArgumentNullException.ThrowIfNull(FeatureColumnNames);
        ArgumentNullException.ThrowIfNull(StaticColumnNames);
        ArgumentNullException.ThrowIfNull(EmbeddingSizes);
        if (FeatureColumnNames.Count == 0)
        {
            throw new ArgumentException(
                $"{nameof(FeatureColumnNames)} is empty; the network reads at least one sequence column.", nameof(FeatureColumnNames));
        }
        ArgumentException.ThrowIfNullOrWhiteSpace(FeatureColumnName);
        string[] further = [.. InputColumnNames.Skip(1)];
        foreach (string name in further)
        {
            string option = FeatureColumnNames.Contains(name) ? nameof(FeatureColumnNames) : nameof(StaticColumnNames);
            ArgumentException.ThrowIfNullOrWhiteSpace(name, option);
            if (InputColumnNames.Count(other => other == name) > 1)
            {
                string where = FeatureColumnNames.Contains(name) && StaticColumnNames.Contains(name)
                    ? $" It is one of {nameof(FeatureColumnNames)} and one of {nameof(StaticColumnNames)}."
                    : "";
                throw new ArgumentException($"The column '{name}' is named twice; the network reads each column once.{where}", option);
            }
            if (name == LabelColumnName && !AllowLabelInFeatures)
            {
                throw new ArgumentException(
                    $"The column '{name}' is {nameof(LabelColumnName)} and one of {option}: the network would learn to copy it. " +
                    $"If it is known wherever the model is used, set {nameof(AllowLabelInFeatures)}.",
                    option);
            }
        }
        OptionCheck.That(
            further.Length < NetworkDefinition.MostLayers, nameof(FeatureColumnNames), further.Length + 1,
            "at most 999 columns, static ones included");
        foreach ((string name, int size) in EmbeddingSizes)
        {
            if (!InputColumnNames.Contains(name))
            {
                throw new ArgumentException(
                    $"The column '{name}' is none of {nameof(FeatureColumnNames)} and {nameof(StaticColumnNames)}.",
                    nameof(EmbeddingSizes));
            }
            OptionCheck.That(
                size is >= 1 and <= MostEmbeddingSize, $"{nameof(EmbeddingSizes)}['{name}']", size, "between 1 and 65536");
        }
    }

    private void ValidateWeights()
    {
        string? role = ExampleWeightColumnName is not { } name ? null
            : name == LabelColumnName ? nameof(LabelColumnName)
            : FeatureColumnNames.Contains(name) ? $"one of {nameof(FeatureColumnNames)}"
            : StaticColumnNames.Contains(name) ? $"one of {nameof(StaticColumnNames)}"
            : AdditionalOutputs.Any(output => output.LabelColumnName == name) ? $"the label of one of {nameof(AdditionalOutputs)}"
            : null;
        if (role is not null)
        {
            throw new ArgumentException(
                $"The column '{ExampleWeightColumnName}' is {nameof(ExampleWeightColumnName)} and {role}. "
                + "If that is intended, copy it to another name (CopyColumns).",
                nameof(ExampleWeightColumnName));
        }
    }

    private void ValidateEmbeddingVectors()
    {
        ArgumentNullException.ThrowIfNull(EmbeddingVectors);
        foreach ((string name, EmbeddingVectors vectors) in EmbeddingVectors)
        {
            ArgumentNullException.ThrowIfNull(vectors, $"{nameof(EmbeddingVectors)}['{name}']");
            if (!InputColumnNames.Contains(name))
            {
                throw new ArgumentException(
                    $"The column '{name}' is none of {nameof(FeatureColumnNames)} and {nameof(StaticColumnNames)}.",
                    nameof(EmbeddingVectors));
            }
            bool isSame = !EmbeddingSizes.TryGetValue(name, out int size) || size == vectors.Size;
            OptionCheck.That(isSame, $"{nameof(EmbeddingSizes)}['{name}']", size, $"{vectors.Size}, the size of its vectors");
        }
    }

    private void ValidateOutputs()
    {
        ArgumentNullException.ThrowIfNull(AdditionalOutputs);
        OptionCheck.That(
            AdditionalOutputs.Count <= MostAdditionalOutputs, nameof(AdditionalOutputs), AdditionalOutputs.Count,
            $"a list of at most {MostAdditionalOutputs} outputs");
        for (int i = 0; i < AdditionalOutputs.Count; i++)
        {
            string option = $"{nameof(AdditionalOutputs)}[{i}]";
            AdditionalOutput output = AdditionalOutputs[i] ?? throw new ArgumentNullException(option);
            output.Validate(option);
            if (output.LabelColumnName == LabelColumnName || AdditionalOutputs.Take(i).Any(other => other.Name == output.Name))
            {
                throw new ArgumentException(
                    output.LabelColumnName == LabelColumnName
                        ? $"The column '{LabelColumnName}' is {nameof(LabelColumnName)} and that of {option}; each label is learned once."
                        : $"The name of {option} is '{output.Name}', as that of another output is; it must be its own.",
                    nameof(AdditionalOutputs));
            }
            if (InputColumnNames.Contains(output.LabelColumnName) && !AllowLabelInFeatures)
            {
                throw new ArgumentException(
                    $"The column '{output.LabelColumnName}' is the label of {option} and one that the network reads: " +
                    $"the network would learn to copy it. If it is known wherever the model is used, set {nameof(AllowLabelInFeatures)}.",
                    nameof(AdditionalOutputs));
            }
        }
    }

    private void ValidateNetwork(RecurrentTask task)
    {
        ArgumentNullException.ThrowIfNull(Layers);
        OptionCheck.That(
            Layers.Count is > 0 and <= NetworkDefinition.MostLayers, nameof(Layers), Layers.Count, "a list of 1 to 999 layers");
        for (int i = 0; i < Layers.Count; i++)
        {
            string name = $"{nameof(Layers)}[{i}]";
            (Layers[i] ?? throw new ArgumentNullException(name)).Validate(name, task.EveryStep);
        }
        bool hasStacks = Layers.Any(layer => layer is StackLayer { Bidirectional: false, TimeReduction: 1 });
        OptionCheck.That(
            StackActionsColumnName is null || hasStacks, nameof(StackActionsColumnName), StackActionsColumnName,
            $"null where no layer is a {nameof(StackLayer)} in one direction that joins no steps");
        OptionCheck.That(EmbeddingSize is >= 1 and <= MostEmbeddingSize, nameof(EmbeddingSize), EmbeddingSize, "between 1 and 65536");
        OptionCheck.That(
            Enum.IsDefined(CharacterEncoder), nameof(CharacterEncoder), CharacterEncoder, ListNames<CharacterEncoder>());
        OptionCheck.That(Enum.IsDefined(Pooling), nameof(Pooling), Pooling, "Last, Mean, Max, LastMeanMax or Automatic");
        OptionCheck.That(NumberOfFeatures is >= 0 and <= 1 << 20, nameof(NumberOfFeatures), NumberOfFeatures, "between 0 and 1048576");
    }

    private void ValidateTagging(RecurrentTask task)
    {
        const string others = "for trainers other than MulticlassClassification.SequenceTagger";
        bool canUseCrf = task.Accepts(new CrfDefinition());
        OptionCheck.That(!UseCrf || canUseCrf, nameof(UseCrf), UseCrf, $"false {others}");
        OptionCheck.That(Enum.IsDefined(TagScheme), nameof(TagScheme), TagScheme, ListNames<TagScheme>());
        OptionCheck.That(TagScheme == TagScheme.None || canUseCrf, nameof(TagScheme), TagScheme, $"None {others}");
        OptionCheck.That(TagScheme == TagScheme.None || UseCrf, nameof(TagScheme), TagScheme, $"None without {nameof(UseCrf)}");
        OptionCheck.That(
            NumberOfAlternatives is >= 0 and <= CrfDefinition.MostAlternatives, nameof(NumberOfAlternatives), NumberOfAlternatives,
            "between 0 and 1000");
        bool hasAlternatives = NumberOfAlternatives > 0;
        OptionCheck.That(!hasAlternatives || canUseCrf, nameof(NumberOfAlternatives), NumberOfAlternatives, $"0 {others}");
        OptionCheck.That(!hasAlternatives || UseCrf, nameof(NumberOfAlternatives), NumberOfAlternatives, $"0 without {nameof(UseCrf)}");
    }

    private void ValidateTruncation(RecurrentTask task)
    {
        bool usesLastStep = task.EveryStep || Pooling is SequencePooling.Last or SequencePooling.Automatic;
        bool canBeCut = usesLastStep && Layers.All(layer => layer.Definition.CanBeCut);
        OptionCheck.That(
            TruncatedBpttSteps >= 0, nameof(TruncatedBpttSteps), TruncatedBpttSteps,
            "at least 0, where 0 lets gradients go back to the beginning");
        OptionCheck.That(
            TruncatedBpttSteps == 0 || canBeCut, nameof(TruncatedBpttSteps), TruncatedBpttSteps,
            $"0 where {nameof(Pooling)} is not Last, or a layer works in both directions, joins steps, or has stacks");
        OptionCheck.That(
            TruncatedBpttSteps == 0 || task.Head.CanBeCut, nameof(TruncatedBpttSteps), TruncatedBpttSteps,
            $"0 with {task.Head.Choice}, whose loss is that of whole sequences");
    }

    private void ValidateRegularization(RecurrentTask task)
    {
        OptionCheck.That(
            !BalanceClasses || task.HasClasses, nameof(BalanceClasses), BalanceClasses, "false where labels are values, not classes");
        OptionCheck.That(
            !BalanceClasses || task.Head.WeighsEachLabel, nameof(BalanceClasses), BalanceClasses,
            $"false with {task.Head.Choice}, whose loss has one weight for all labels of a sequence");
        bool isNoise = float.IsFinite(WeightNoise) && WeightNoise >= 0;
        OptionCheck.That(isNoise, nameof(WeightNoise), WeightNoise, "a finite number of at least 0");
        OptionCheck.That(TokenDropout is >= 0 and < 1, nameof(TokenDropout), TokenDropout, "at least 0 and below 1");
        bool isStrength = float.IsFinite(RareTokenDropout) && RareTokenDropout >= 0;
        OptionCheck.That(isStrength, nameof(RareTokenDropout), RareTokenDropout, "a finite number of at least 0");
        OptionCheck.That(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "at least 0 and below 1");
        OptionCheck.That(
            LabelSmoothing == 0 || task.HasClasses, nameof(LabelSmoothing), LabelSmoothing, "0 where labels are values, not classes");
        OptionCheck.That(
            LabelSmoothing == 0 || task.Head.CanSmooth, nameof(LabelSmoothing), LabelSmoothing,
            $"0 with {task.Head.Choice}, whose loss has no smoothed labels");
    }

    private void ValidateValidation()
    {
        OptionCheck.That(ValidationFraction is >= 0 and < 1, nameof(ValidationFraction), ValidationFraction, "at least 0 and below 1");
        OptionCheck.That(
            EarlyStoppingPatience >= 0, nameof(EarlyStoppingPatience), EarlyStoppingPatience, "at least 0, where 0 trains all epochs");
        bool canStop = EarlyStoppingPatience == 0 || ValidationFraction > 0 || _validationFraction is null;
        OptionCheck.That(
            canStop, nameof(EarlyStoppingPatience), EarlyStoppingPatience,
            $"0 where {nameof(ValidationFraction)} is set to 0, since there are no rows to validate on; " +
            $"leave {nameof(ValidationFraction)} unset, and the trainer holds some out");
    }

    private void ValidateMemory()
    {
        OptionCheck.That(CacheMegabytes >= 0, nameof(CacheMegabytes), CacheMegabytes, "at least 0, where 0 streams all data");
        OptionCheck.That(
            ShufflePoolSize >= 0, nameof(ShufflePoolSize), ShufflePoolSize, "at least 0, where 0 leaves the choice to the trainer");
    }
}
