using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Ensembles;

/// <summary>
/// Scores sequences with one binary network for each class. The outputs are the probabilities of the classes, each divided by their sum.
/// </summary>
internal sealed class ClassScorer(IReadOnlyList<TrainedModel> classes) : SequenceScorer
{
    private readonly SequenceScorer[] _scorers = [.. classes.Select(model => model.NewScorer())];
    private int _first;
    private float[] _probabilities = [];

    public override void Run(
        SequenceSet sequences, int first, int count, ReadOnlySpan<float> initialStates, Span<float> finalStates) =>
        throw new NotSupportedException("Several networks have no common state.");

    public override void Run(SequenceSet sequences, int first, int count)
    {
        _first = first;
        if (_probabilities.Length < count * _scorers.Length)
            _probabilities = new float[count * _scorers.Length];
        foreach (SequenceScorer scorer in _scorers)
            scorer.Run(sequences, first, count);
        for (int i = 0; i < count; i++)
            Normalize(first + i, _probabilities.AsSpan(i * _scorers.Length, _scorers.Length));
    }

    public override ReadOnlyMemory<float> Outputs(int sequence) =>
        _probabilities.AsMemory((sequence - _first) * _scorers.Length, _scorers.Length);

    /// <exception cref="NotSupportedException">Always: each network would have its own.</exception>
    public override ReadOnlyMemory<float> Inspect(int sequence, string inspection) => throw new NotSupportedException(inspection);

    private void Normalize(int sequence, Span<float> probabilities)
    {
        double sum = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            float logit = _scorers[i].Outputs(sequence).Span[0];
            // The probability of an infinite logit would be a number, and hide that the network has diverged.
            probabilities[i] = float.IsFinite(logit) ? OpenProbability.Sigmoid(logit) : float.NaN;
            sum += probabilities[i];
        }
        foreach (ref float probability in probabilities)
            probability = OpenProbability.Of((float)(probability / sum));
    }
}
