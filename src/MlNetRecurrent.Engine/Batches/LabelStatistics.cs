namespace MlNetRecurrent.Engine.Batches;

/// <summary>The figures of one value of the labels: the only one, or a slot of labels that are vectors.</summary>
/// <param name="hasClasses">Whether it is the number of a class.</param>
internal sealed class LabelStatistics(bool hasClasses)
{
    private readonly WeightedMoments _moments = new(1);
    private readonly List<double> _classWeights = [];

    /// <summary>The weight of all labels that are not missing.</summary>
    public double Weight { get; private set; }

    /// <summary>The weighted mean; 0 for classes.</summary>
    public double Mean => _moments.Of(0).Mean;

    /// <summary>The weighted standard deviation; 0 for classes.</summary>
    public double Deviation => _moments.Of(0).Deviation;

    /// <summary>For classes: the weight of the labels of each class, as far as the last one that occurs.</summary>
    public IReadOnlyList<double> ClassWeights => _classWeights;

    /// <summary>Whether only one class or number occurs, or none.</summary>
    public bool IsConstant => hasClasses ? _classWeights.Count(weight => weight > 0) < 2 : Deviation == 0;

    /// <summary>Adds the labels of a sequence.</summary>
    /// <param name="labels">All values of its labels; NaN is a missing one.</param>
    /// <param name="weights">The weight of each value; none where all have the same one.</param>
    /// <param name="first">The first value of this slot.</param>
    /// <param name="stride">The distance to the next one.</param>
    /// <param name="weight">The weight of each, where all have the same one.</param>
    public void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, int first, int stride, double weight)
    {
        int count = 0;
        double sum = 0;
        for (int i = first; i < labels.Length; i += stride)
        {
            float label = labels[i];
            if (float.IsNaN(label))
                continue;
            double own = weights.IsEmpty ? weight : weights[i];
            count++;
            sum += own;
            if (hasClasses)
                AddClass((int)label, own);
            else
                _moments.Add([label], own);
        }
        Weight += weights.IsEmpty ? weight * count : sum;
    }

    private void AddClass(int label, double weight)
    {
        while (_classWeights.Count <= label)
            _classWeights.Add(0);
        _classWeights[label] += weight;
    }
}
