namespace MlNetRecurrent.Tasks;

/// <summary>The columns of the best sequences of labels of a tagger, best first.</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="labels">The names of the classes, where they have names.</param>
/// <param name="predictionSize">The number of values of the prediction of a step. It ends with the class of each sequence, from 0 and -1
/// where there are fewer sequences, and the probabilities of the sequences, which the first step has.</param>
/// <param name="most">The largest number of sequences.</param>
internal sealed class PathOutputs(int classes, LabelValues? labels, int predictionSize, int most)
{
    public IEnumerable<OutputColumn> Columns =>
    [
        new(
            TaskOutputs.Alternatives, new VectorDataViewType(new KeyDataViewType(typeof(uint), classes)), LabelGetter,
            AddAnnotations: builder => ClassLabels.AddKeyValues(builder, labels)),
        new(TaskOutputs.AlternativeProbabilities, new VectorDataViewType(NumberDataViewType.Single), ProbabilityGetter),
    ];

    private ValueGetter<VBuffer<uint>> LabelGetter(IScoredRow row) => (ref VBuffer<uint> keys) =>
    {
        ReadOnlySpan<float> predictions = row.Outputs.Span;
        int steps = predictions.Length / predictionSize, paths = CountPaths(predictions);
        VBufferEditor<uint> editor = VBufferEditor.Create(ref keys, checked(paths * steps));
        for (int path = 0; path < paths; path++)
        {
            for (int t = 0; t < steps; t++)
                editor.Values[path * steps + t] = (uint)predictions[(t + 1) * predictionSize - 2 * most + path] + 1;
        }
        keys = editor.Commit();
    };

    private ValueGetter<VBuffer<float>> ProbabilityGetter(IScoredRow row) => (ref VBuffer<float> probabilities) =>
    {
        ReadOnlySpan<float> predictions = row.Outputs.Span;
        int paths = CountPaths(predictions);
        VBufferEditor<float> editor = VBufferEditor.Create(ref probabilities, paths);
        if (paths > 0)
            predictions.Slice(predictionSize - most, paths).CopyTo(editor.Values);
        probabilities = editor.Commit();
    };

    /// <summary>The number of sequences; 0 where there are no steps, or no predictions (NaN).</summary>
    private int CountPaths(ReadOnlySpan<float> predictions)
    {
        int paths = 0;
        while (predictions.Length > 0 && paths < most && predictions[predictionSize - 2 * most + paths] >= 0)
            paths++;
        return paths;
    }
}
