namespace MlNetRecurrent.Tasks;

/// <summary>The columns that a trained model adds to a view.</summary>
internal abstract class TaskOutputs
{
    public const string PredictedLabel = "PredictedLabel";
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string Alternatives = "Alternatives";
    public const string AlternativeProbabilities = "AlternativeProbabilities";

    /// <summary>The largest number of outputs of a head.</summary>
    private const int MostOutputs = (1 << 24) - 1;

    /// <summary>The task whose outputs they are.</summary>
    public abstract RecurrentTask Task { get; }

    /// <summary>Outputs of the network's head.</summary>
    public abstract int Count { get; }

    /// <summary>The head of the network.</summary>
    public virtual HeadDefinition Head => Task.Head;

    /// <summary>ML.NET's name for the kind of score.</summary>
    public string ScoreColumnKind => Task.Name;

    /// <summary>For labels that are classes: the number of classes.</summary>
    public virtual int ClassCount => Count;

    /// <summary>The slots of labels that are vectors; null for other labels.</summary>
    public virtual LabelSlots? Slots => null;

    /// <summary>The number of values of a label.</summary>
    public virtual int LabelSize => Slots?.Count ?? 1;

    /// <summary>The scale of the labels, or of each of their slots; none where they have no scale.</summary>
    public virtual IReadOnlyList<LabelScale> Scales => [];

    /// <summary>The transform from labels to the targets of the network.</summary>
    public virtual TargetTransform Targets => TargetTransform.None;

    /// <summary>The transform from labels to targets in a training.</summary>
    /// <param name="data">The figures of the labels.</param>
    /// <param name="balanceClasses">Whether all classes have the same weight.</param>
    public virtual TargetTransform TargetsFor(DataStatistics data, bool balanceClasses) =>
        balanceClasses ? TargetTransform.BalancedClasses(data, ClassCount) : Targets;

    /// <summary>Whether a network with these outputs may have the head.</summary>
    public virtual bool Accepts(HeadDefinition head) => Task.Accepts(head);

    /// <summary>The columns.</summary>
    public abstract IReadOnlyList<OutputColumn> Columns { get; }

    /// <summary>Explains which labels are all the same although a training is possible; null where there are none.</summary>
    public virtual string? DescribeConstantLabels(DataStatistics data) => Slots?.DescribeConstant(data) is { } slots
        ? $"All labels to learn from are the same, or missing, in {slots}: there the network can learn nothing but this value."
        : null;

    /// <summary>The score above which the positive of two classes is predicted; null where there is none.</summary>
    public virtual float? Threshold => null;

    /// <summary>The same outputs with another threshold between two classes; null where there is none.</summary>
    public virtual TaskOutputs? WithThreshold(float threshold) => null;

    /// <summary>Creates the metrics for a network with these outputs.</summary>
    public abstract TaskMetrics NewMetrics();

    /// <summary>The description of the outputs for a model file.</summary>
    public abstract OutputDescription Describe();

    /// <param name="description">The description.</param>
    /// <param name="head">The head of the network; null for the usual one of the task.</param>
    /// <exception cref="InvalidDataException">The description contradicts itself or is of an unknown task.</exception>
    public static TaskOutputs Restore(OutputDescription description, HeadDefinition? head = null)
    {
        if (description.Additional is { } additional)
            return JointOutputs.Restore(description with { Additional = null }, additional, head);
        if (description.Count is < 1 or > MostOutputs)
            throw new InvalidDataException($"The model is damaged: it has {description.Count} outputs.");
        RecurrentTask task = RecurrentTask.All.SingleOrDefault(task => task.Name == description.Task)
            ?? throw new InvalidDataException($"The model is for the task '{description.Task}', which this version does not know.");
        if (head is not null)
            task = task.For(head);
        TaskOutputs outputs = task.RestoreOutputs(description);
        if (outputs.Count != description.Count)
        {
            throw new InvalidDataException(
                $"The model is damaged: it has {description.Count} outputs; its task, {description.Task}, has {outputs.Count}.");
        }
        if ((description.LabelScale is not null || description.LabelScales is not null) && outputs.Scales.Count == 0)
            throw new InvalidDataException($"The model is damaged: it has a scale of labels; its task, {description.Task}, has none.");
        if (description.Threshold is not null && outputs.Describe().Threshold is null)
            throw new InvalidDataException($"The model is damaged: it has a threshold; its task, {description.Task}, has none.");
        if (description.Slots is not null && (outputs.Slots is null || task.EveryStep))
        {
            throw new InvalidDataException(
                $"The model is damaged: its labels are vectors; those of its task, {description.Task}, are not.");
        }
        return outputs;
    }
}
