namespace MlNetRecurrent.Tasks;

/// <summary>One of several classes, of a sequence or of each step.</summary>
/// <param name="count">The number of classes.</param>
/// <param name="labels">The names of the classes, where they have names.</param>
internal abstract class ClassOutputs(int count, LabelValues? labels) : TaskOutputs
{
    public override int Count => count;

    /// <summary>The names of the classes, where they have names.</summary>
    public LabelValues? Labels => labels;

    /// <summary>The key of the predicted class; 0, the missing one, where there are no probabilities.</summary>
    protected uint KeyOf(ReadOnlySpan<float> prediction) => float.IsNaN(prediction[0]) ? 0 : (uint)Task.Head.Decode(prediction) + 1;

    public override OutputDescription Describe() =>
        new() { Task = Task.Name, Count = Count, LabelKind = Labels?.KindName, LabelValues = Labels?.Texts };
}
