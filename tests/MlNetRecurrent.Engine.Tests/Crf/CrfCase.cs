using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Tests.Crf;

/// <summary>A CRF head alone, on random outputs of a network, for comparison with the enumeration of all paths.</summary>
internal sealed unsafe class CrfCase<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _tags;
    private readonly Arena<T> _arena = new();
    private readonly PinnedBuffer<T> _parameters, _gradients;
    private readonly BatchShape _shape = new();
    private readonly TagRules? _rules;

    public CrfCase(int tags, int[] lengths, TagRules? rules = null, double size = 2, int seed = 1, int alternatives = 0)
    {
        var random = new Random(seed);
        _tags = tags;
        _rules = rules;
        _shape.Set(lengths);
        Head = new(tags, rules, alternatives);
        _parameters = new(Head.ParameterCount);
        _gradients = new(Head.ParameterCount);
        for (int i = 0; i < tags * tags + 2 * tags; i++)
            _parameters.Pointer[i] = T.CreateTruncating(size * (2 * random.NextDouble() - 1));
        X = [.. Enumerable.Range(0, lengths.Sum() * tags).Select(_ => size * (2 * random.NextDouble() - 1))];
        Labels = [.. Enumerable.Range(0, lengths.Sum()).Select(_ => (float)random.Next(tags))];
        Weights = new float[lengths.Sum()];
        Array.Fill(Weights, 1);
    }

    public CrfHead<T> Head { get; }

    /// <summary>[rows, tags]: the outputs of the network, by time.</summary>
    public double[] X { get; }

    public float[] Labels { get; }

    public float[] Weights { get; }

    public Span<T> Parameters => _parameters.Span;

    public Span<T> Gradients => _gradients.Span;

    public BatchShape Shape => _shape;

    /// <summary>The losses, and the gradients of the outputs [rows, tags].</summary>
    public (double[] Losses, double[] Gradients) ComputeLoss(params int[] ends)
    {
        PanelMatrix<T> outputs = Prepare();
        var losses = new double[_shape.Rows];
        int first = 0;
        foreach (int end in ends is [] ? [_shape.Count] : ends)
        {
            Head.ComputeLoss(outputs, Labels, Weights, 0.5, losses, first, end);
            first = end;
        }
        return (losses, [.. Enumerable.Range(0, X.Length).Select(i => double.CreateTruncating(outputs[i / _tags, i % _tags]))]);
    }

    /// <summary>[steps, PredictionSize of the head].</summary>
    public float[] Predict(int sequence)
    {
        PanelMatrix<T> outputs = Prepare();
        var predictions = new float[_shape.Lengths[sequence] * Head.PredictionSize];
        Head.Predict(outputs, sequence, predictions);
        return predictions;
    }

    /// <summary>The score of a path of a sequence; minus infinity where the rules forbid it.</summary>
    public double Score(int sequence, int[] path)
    {
        double Parameter(int index) => double.CreateTruncating(_parameters.Pointer[index]);
        double score = Parameter(_tags * _tags + path[0]) + Parameter(_tags * _tags + _tags + path[^1]);
        bool isAllowed = _rules is null || (_rules.MayBegin(path[0]) && _rules.MayEnd(path[^1]));
        for (int t = 0; t < path.Length; t++)
        {
            score += double.CreateTruncating(T.CreateTruncating(X[_shape.Row(t, sequence) * _tags + path[t]]));
            if (t == 0)
                continue;
            score += Parameter(path[t - 1] * _tags + path[t]);
            isAllowed &= _rules is null || _rules.MayFollow(path[t - 1], path[t]);
        }
        return isAllowed ? score : double.NegativeInfinity;
    }

    /// <summary>All paths of a sequence that have the labels that are not missing.</summary>
    public IEnumerable<int[]> Paths(int sequence, bool withLabels)
    {
        int steps = _shape.Lengths[sequence];
        for (int number = 0; number < (int)Math.Pow(_tags, steps); number++)
        {
            var path = new int[steps];
            for (int t = 0, rest = number; t < steps; t++, rest /= _tags)
                path[t] = rest % _tags;
            bool fits = !withLabels || Enumerable.Range(0, steps).All(
                t => _shape.Row(t, sequence) is var row && (Weights[row] == 0 || (int)Labels[row] == path[t]));
            if (fits)
                yield return path;
        }
    }

    private PanelMatrix<T> Prepare()
    {
        _arena.Reset();
        Head.Bind(_parameters.Pointer, _gradients.Pointer);
        Head.Prepare(_shape, _arena);
        nint stride = PanelMatrix<T>.StrideFor(_shape.Rows);
        PanelMatrix<T> outputs = new(_arena.Take(stride * (Kernels.Block.PadToPanel(_tags) / Kernels.Block.Panel)), stride);
        for (int i = 0; i < X.Length; i++)
            outputs[i / _tags, i % _tags] = T.CreateTruncating(X[i]);
        return outputs;
    }
}
