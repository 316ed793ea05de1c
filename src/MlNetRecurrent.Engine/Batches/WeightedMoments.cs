namespace MlNetRecurrent.Engine.Batches;

/// <summary>
/// The mean and the standard deviation of several numbers, gathered in one pass without loss of digits: each sequence is summed by itself
/// and then merged with those before (Chan, Golub and LeVeque 1979).
/// </summary>
/// <param name="count">How many numbers there are at a step.</param>
internal sealed class WeightedMoments(int count)
{
    private readonly double[] _mean = new double[count], _squares = new double[count];
    private readonly double[] _sequenceMean = new double[count], _sequenceSquares = new double[count];
    private double _weight;

    /// <summary>Numbers of a step.</summary>
    public int Count => count;

    /// <summary>Adds a sequence [steps, count], of which each step has the weight.</summary>
    public void Add(ReadOnlySpan<float> values, double weight)
    {
        int steps = values.Length / count;
        if (steps == 0 || weight <= 0)
            return;
        Array.Clear(_sequenceMean);
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<float> step = values.Slice(t * count, count);
            for (int i = 0; i < step.Length; i++)
                _sequenceMean[i] += step[i];
        }
        for (int i = 0; i < count; i++)
            _sequenceMean[i] /= steps;
        Array.Clear(_sequenceSquares);
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<float> step = values.Slice(t * count, count);
            for (int i = 0; i < step.Length; i++)
                _sequenceSquares[i] += (step[i] - _sequenceMean[i]) * (step[i] - _sequenceMean[i]);
        }
        double added = weight * steps, total = _weight + added;
        for (int i = 0; i < count; i++)
        {
            double distance = _sequenceMean[i] - _mean[i];
            _mean[i] += distance * (added / total);
            _squares[i] += weight * _sequenceSquares[i] + distance * distance * (_weight * (added / total));
        }
        _weight = total;
    }

    /// <summary>The mean and the standard deviation of a number; 0 where nothing was added.</summary>
    public (double Mean, double Deviation) Of(int index) => (_mean[index], _weight > 0 ? Math.Sqrt(_squares[index] / _weight) : 0);
}
