namespace MlNetRecurrent.Evaluation;

/// <summary>Counts labels and predictions step by step, and computes the metrics.</summary>
/// <param name="labels">The number of labels. The label of a step is a key, starting at 1; 0 is a missing prediction.</param>
internal sealed class TaggingCounts(int labels)
{
    /// <summary>ML.NET's bound. Without it, a single step with a probability of 0 would make the mean infinite.</summary>
    private const double LeastProbability = 1e-15;

    private readonly long[] _support = new long[labels + 1];
    private readonly long[] _predicted = new long[labels + 1];
    private readonly long[] _right = new long[labels + 1];
    private double _loss;
    private long _rightSteps, _sequences, _rightSequences;
    private long _stepsBefore, _rightStepsBefore;

    /// <summary>The number of labeled steps so far.</summary>
    public long Steps { get; private set; }

    /// <param name="label">The true label.</param>
    /// <param name="predicted">The predicted label, or 0 if it is missing.</param>
    /// <param name="probability">The probability of the true label.</param>
    public void AddStep(int label, int predicted, double probability)
    {
        Steps++;
        _support[label]++;
        _predicted[predicted]++;
        if (label == predicted)
        {
            _rightSteps++;
            _right[label]++;
        }
        _loss -= Math.Log(Math.Clamp(probability, LeastProbability, 1));
    }

    /// <summary>Counts the labeled steps since the last call as one sequence, if there are any.</summary>
    public void EndSequence()
    {
        long steps = Steps - _stepsBefore, right = _rightSteps - _rightStepsBefore;
        (_stepsBefore, _rightStepsBefore) = (Steps, _rightSteps);
        if (steps == 0)
            return;
        _sequences++;
        if (right == steps)
            _rightSequences++;
    }

    /// <summary>Computes the metrics. They are numbers if there is at least one labeled step.</summary>
    public SequenceTaggingMetrics ToMetrics(string[] names)
    {
        SequenceLabelMetrics[] perLabel =
            [.. names.Select((name, i) => new SequenceLabelMetrics(name, _support[i + 1], _predicted[i + 1], _right[i + 1]))];
        return new(perLabel)
        {
            TokenAccuracy = (double)_rightSteps / Steps,
            SequenceAccuracy = (double)_rightSequences / _sequences,
            MacroF1 = perLabel.Where(label => label.Support + label.Predicted > 0).Average(label => label.F1),
            LogLoss = _loss / Steps,
            NumberOfSequences = _sequences,
            NumberOfSteps = Steps,
        };
    }
}
