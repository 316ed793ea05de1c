namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// A linear-chain conditional random field (Lafferty et al. 2001) on the outputs of a network (Huang et al. 2015; Lample et al. 2016):
/// p(y) = exp(score(y)) / Z, with the score of <see cref="TagLattice"/>. loss = -weight · log p(y). Where labels are missing, p is the sum
/// over all sequences that have the other labels. The weight of a sequence is the mean over its labels. Its loss is that of its first row.
/// <para>The parameters are A, start and end; zero at first, as if tags were independent.</para>
/// </summary>
/// <param name="tags">The number of tags.</param>
/// <param name="rules">The rules of the tags; null for none.</param>
/// <param name="alternatives">The number of best paths that are predicted beside the probabilities; 0 for the best one alone.</param>
internal sealed unsafe class CrfHead<T>(int tags, TagRules? rules, int alternatives = 0) : Head<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T* _parameters, _gradients;
    private CrfRecord? _record;

    public override nint ParameterCount => ((nint)tags * tags + 2 * tags + Block.Size - 1) / Block.Size * Block.Size;

    public override IEnumerable<ParameterTensor> Tensors =>
    [
        new("transitions", tags, tags, (i, j) => (nint)i * tags + j),
        new("start", 1, tags, (_, j) => (nint)tags * tags + j),
        new("end", 1, tags, (_, j) => (nint)tags * tags + tags + j),
    ];

    /// <summary>
    /// The probability of each tag, and the tag of the best path. With alternatives follow the tag of each of them, -1 where there are
    /// fewer, and at the first step the probability of each path; 0 at the others.
    /// </summary>
    public override int PredictionSize => tags + 1 + 2 * alternatives;

    public override void Bind(T* parameters, T* gradients)
    {
        _parameters = parameters;
        _gradients = gradients;
    }

    public override void Prepare(BatchShape shape, Arena<T> arena)
    {
        base.Prepare(shape, arena);
        _record = _gradients is null ? null : CrfRecord.Take(shape, TagLattice.StrideFor(tags), arena);
    }

    public override void ComputeLoss(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        TagLattice lattice = LoadLattice(first < last ? Shape.Lengths[first] : 0);
        for (int sequence = first; sequence < last; sequence++)
        {
            int steps = Shape.Lengths[sequence];
            if (steps == 0)
                continue;
            LoadEmissions(lattice, outputs, sequence);
            (double weight, bool isPartial) = ReadLabels(lattice, labels, weights, losses, sequence);
            double factor = weight * scale, logSum = lattice.Run(steps);
            _record?.Keep(lattice, Shape, sequence, factor, logSum, isPartial);
            for (int t = 0; t < steps; t++)
                SetGradient(lattice, outputs, Shape.Row(t, sequence), t, logSum, factor, isPartial);
            double known = isPartial ? SubtractKnown(lattice, outputs, sequence, factor) : lattice.ScoreLabels(steps);
            losses[Shape.Row(0, sequence)] = weight * (logSum - known);
        }
    }

    public override void AccumulateGradients(WorkSlice slice)
    {
        (int first, int last) = slice.Of(tags);
        if (first < last)
            new CrfGradient(LoadLattice(steps: 0), _record!.Value, Shape, first, last).AddTo(_gradients);
    }

    /// <summary>[steps, PredictionSize]: the probabilities of the tags of a step sum to 1.</summary>
    public override void Predict(PanelMatrix<T> outputs, int sequence, Span<float> predictions)
    {
        int steps = Shape.Lengths[sequence];
        if (steps == 0)
            return;
        TagLattice lattice = LoadLattice(steps);
        LoadEmissions(lattice, outputs, sequence);
        BestPath.Find(lattice, steps);
        double? logSum = alternatives == 0 && TagMarginals.TryCompute(lattice, steps) ? null : lattice.Run(steps);
        for (int t = 0; t < steps; t++)
        {
            Span<float> prediction = predictions.Slice(t * PredictionSize, PredictionSize);
            double* probabilities = logSum is { } ofAll
                ? lattice.ComputeProbabilities(t, ofAll)
                : lattice.Alpha + (nint)t * lattice.Stride;
            for (int k = 0; k < tags; k++)
                prediction[k] = OpenProbability.Of((float)probabilities[k]);
            prediction[tags] = lattice.Labels[t];
        }
        if (alternatives > 0)
            PredictAlternatives(lattice, steps, logSum!.Value, predictions);
    }

    private void PredictAlternatives(in TagLattice lattice, int steps, double logSum, Span<float> predictions)
    {
        var paths = new BestPaths(lattice, steps, alternatives);
        for (int path = 0; path < alternatives; path++)
        {
            if (path < paths.Count)
                paths.Trace(path);
            for (int t = 0; t < steps; t++)
            {
                Span<float> prediction = predictions.Slice(t * PredictionSize, PredictionSize)[(tags + 1)..];
                prediction[path] = path < paths.Count ? lattice.Labels[t] : -1;
                prediction[alternatives + path] = 0;
            }
            if (path < paths.Count)
                predictions[tags + 1 + alternatives + path] = OpenProbability.Of((float)Math.Exp(paths.Score(path) - logSum));
        }
    }

    private TagLattice LoadLattice(int steps) => new TagLattice(tags, steps).With(_parameters, rules);

    private void LoadEmissions(in TagLattice lattice, PanelMatrix<T> outputs, int sequence)
    {
        for (int t = 0; t < Shape.Lengths[sequence]; t++)
        {
            int row = Shape.Row(t, sequence);
            for (int k = 0; k < tags; k++)
                lattice.Emissions[(nint)t * lattice.Stride + k] = double.CreateTruncating(outputs[row, k]);
        }
    }

    /// <summary>The labels of a sequence, -1 where they are missing, their mean weight, and whether any is missing.</summary>
    private (double Weight, bool IsPartial) ReadLabels(
        in TagLattice lattice, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> losses, int sequence)
    {
        int steps = Shape.Lengths[sequence], labeled = 0;
        double sum = 0;
        for (int t = 0; t < steps; t++)
        {
            int row = Shape.Row(t, sequence);
            lattice.Labels[t] = weights[row] > 0 ? (int)labels[row] : -1;
            labeled += weights[row] > 0 ? 1 : 0;
            sum += weights[row];
            losses[row] = 0;
        }
        return (sum / Math.Max(1, labeled), labeled < steps);
    }

    /// <summary>The gradient of a step: the probability of each tag, less 1 for the label.</summary>
    private void SetGradient(
        in TagLattice lattice, PanelMatrix<T> outputs, int row, int t, double logSum, double factor, bool isPartial)
    {
        double* probabilities = lattice.ComputeProbabilities(t, logSum);
        for (int k = 0; k < tags; k++)
        {
            double known = !isPartial && lattice.Labels[t] == k ? 1 : 0;
            outputs[row, k] = T.CreateTruncating(factor * (probabilities[k] - known));
        }
        for (int k = tags; k < Block.PadToPanel(tags); k++)
            outputs[row, k] = T.Zero;
    }

    /// <summary>Where labels are missing: subtracts the probability of each tag given the other labels.</summary>
    /// <returns>The logarithm of the sum of exp(score) over all sequences that have these labels.</returns>
    private double SubtractKnown(in TagLattice lattice, PanelMatrix<T> outputs, int sequence, double factor)
    {
        int steps = Shape.Lengths[sequence];
        lattice.FixLabels(steps);
        double logSum = lattice.Run(steps);
        _record?.KeepKnown(lattice, Shape, sequence, logSum);
        for (int t = 0; t < steps; t++)
        {
            int row = Shape.Row(t, sequence);
            double* probabilities = lattice.ComputeProbabilities(t, logSum);
            for (int k = 0; k < tags; k++)
                outputs[row, k] -= T.CreateTruncating(factor * probabilities[k]);
        }
        return logSum;
    }
}
