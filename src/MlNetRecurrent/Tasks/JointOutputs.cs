namespace MlNetRecurrent.Tasks;

/// <summary>
/// The columns of a network with several outputs: those of the main one, then those of each additional one under its name.
/// </summary>
internal sealed class JointOutputs : TaskOutputs
{
    /// <param name="parts">The outputs, the main one first.</param>
    public JointOutputs(IReadOnlyList<JointOutput> parts)
    {
        Parts = parts;
        JointSlice[] slices = [.. Slices(head => head)];
        Columns = [.. parts.Zip(slices).SelectMany((part, number) => ColumnsOf(part.First, part.Second, number))];
        Head = new JointDefinition { Parts = [.. parts.Select(DefinePart)] };
    }

    /// <summary>The outputs, the main one first.</summary>
    public IReadOnlyList<JointOutput> Parts { get; }

    public override RecurrentTask Task => Main.Task;

    public override HeadDefinition Head { get; }

    public override int Count => Parts.Sum(part => part.Outputs.Count);

    public override int ClassCount => Main.ClassCount;

    public override LabelSlots? Slots => Main.Slots;

    public override int LabelSize => Parts.Sum(part => part.Outputs.LabelSize);

    public override IReadOnlyList<LabelScale> Scales => Main.Scales;

    public override IReadOnlyList<OutputColumn> Columns { get; }

    private TaskOutputs Main => Parts[0].Outputs;

    /// <summary>The names of the additional outputs of a model.</summary>
    public static string[] NamesOf(TaskOutputs? outputs) =>
        outputs is JointOutputs joint ? [.. joint.Parts.Skip(1).Select(part => part.Name!)] : [];

    /// <summary>The outputs of a model, the main one first, which may be the only one.</summary>
    public static IReadOnlyList<JointOutput> PartsOf(TaskOutputs outputs) =>
        outputs is JointOutputs joint ? joint.Parts : [new(null, outputs)];

    /// <summary>Restores the outputs of a model from its file.</summary>
    /// <exception cref="InvalidDataException">The description contradicts itself or the head.</exception>
    public static JointOutputs Restore(OutputDescription main, IReadOnlyList<AdditionalDescription?> additional, HeadDefinition? head)
    {
        if (head is not JointDefinition { Parts: { } heads } || heads.Count != additional.Count + 1
            || heads.Any(part => part?.Head is null))
        {
            throw new InvalidDataException($"The model is damaged: it has {additional.Count + 1} outputs; its loss, {head}, has others.");
        }
        List<JointOutput> parts = [new(null, TaskOutputs.Restore(main, heads[0].Head))];
        foreach ((AdditionalDescription? output, JointPart part) in additional.Zip(heads.Skip(1)))
        {
            if (output is not { Name.Length: > 0, Outputs.Additional: null } || parts.Any(other => other.Name == output.Name))
                throw new InvalidDataException("The model is damaged: an additional output has no name, or that of another.");
            parts.Add(new(output.Name, TaskOutputs.Restore(output.Outputs, part.Head)));
        }
        var outputs = new JointOutputs(parts);
        return outputs.Head == head
            ? outputs
            : throw new InvalidDataException($"The model is damaged: its loss is {head}; its outputs are {outputs.Head}.");
    }

    public override bool Accepts(HeadDefinition head) => head == Head && Parts.All(part => part.Outputs.Accepts(part.Outputs.Head));

    /// <summary>
    /// The targets of all outputs. The weights of the labels are multiplied so that the mean over all labels is that of the outputs'
    /// losses, each by its weight, however many labels they have.
    /// </summary>
    public override TargetTransform TargetsFor(DataStatistics data, bool balanceClasses)
    {
        double allWeight = data.Labels.Sum(label => label.Weight), allLosses = Parts.Sum(part => (double)part.LossWeight);
        List<(TargetTransform, int, float)> targets = [];
        int first = 0;
        foreach (JointOutput part in Parts)
        {
            DataStatistics own = data.OfLabels(first, part.Outputs.LabelSize);
            double share = own.Labels.Sum(label => label.Weight) / allWeight;
            bool isBalanced = balanceClasses && part.Outputs.Task.HasClasses;
            targets.Add((
                part.Outputs.TargetsFor(own, isBalanced), part.Outputs.LabelSize, (float)(part.LossWeight / allLosses / share)));
            first += part.Outputs.LabelSize;
        }
        return TargetTransform.Join(targets);
    }

    public override string? DescribeConstantLabels(DataStatistics data)
    {
        List<string> found = [];
        int first = 0;
        foreach (JointOutput part in Parts)
        {
            if (part.Outputs.DescribeConstantLabels(data.OfLabels(first, part.Outputs.LabelSize)) is { } constant)
                found.Add(part.Name is null ? constant : $"Output '{part.Name}': {constant}");
            first += part.Outputs.LabelSize;
        }
        return found.Count == 0 ? null : string.Join(" ", found);
    }

    public override float? Threshold => Main.Threshold;

    public override TaskOutputs? WithThreshold(float threshold) => WithThreshold(Parts[0], threshold);

    /// <summary>The same outputs with another threshold of one of them; null where it has none.</summary>
    public JointOutputs? WithThreshold(JointOutput part, float threshold) => part.Outputs.WithThreshold(threshold) is { } changed
        ? new([.. Parts.Select(other => other == part ? part with { Outputs = changed } : other)])
        : null;

    public override TaskMetrics NewMetrics() => new JointMetrics([.. Parts.Zip(Slices(head => head.WithoutAlternatives()))]);

    public override OutputDescription Describe() => Main.Describe() with
    {
        Additional = [.. Parts.Skip(1).Select(part => new AdditionalDescription(part.Name!, part.Outputs.Describe()))],
    };

    private JointPart DefinePart(JointOutput part) => new()
    {
        Head = part.Outputs.Head,
        Outputs = part.Outputs.Count,
        IsOfSequence = Task.EveryStep && !part.Outputs.Task.EveryStep,
    };

    private IEnumerable<JointSlice> Slices(Func<HeadDefinition, HeadDefinition> headOf)
    {
        int[] sizes = [.. Parts.Select(part => headOf(part.Outputs.Head).GetPredictionSize(part.Outputs.Count))];
        int all = sizes.Sum(), label = 0, prediction = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            TaskOutputs outputs = Parts[i].Outputs;
            yield return new(
                label, outputs.LabelSize, LabelSize, prediction, sizes[i], all, Task.EveryStep && !outputs.Task.EveryStep);
            label += outputs.LabelSize;
            prediction += sizes[i];
        }
    }

    private static IEnumerable<OutputColumn> ColumnsOf(JointOutput part, JointSlice slice, int set) =>
        part.Outputs.Columns.Select(column => column with
        {
            Name = part.NameOf(column.Name),
            MakeGetter = row => column.MakeGetter(new JointRow(row, slice)),
            Set = set,
            ScoreColumnKind = part.Outputs.ScoreColumnKind,
        });
}
