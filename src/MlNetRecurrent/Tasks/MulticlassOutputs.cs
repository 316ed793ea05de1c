using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;

namespace MlNetRecurrent.Tasks;

/// <summary>The likeliest class and the probabilities of all.</summary>
internal sealed class MulticlassOutputs : TaskOutputs
{
    public const string TaskName = "MulticlassClassification";
    public const string PredictedLabel = "PredictedLabel";
    public const string Score = "Score";

    private readonly LabelValues? _labels;

    public MulticlassOutputs(int count, LabelValues? labels)
    {
        _labels = labels;
        Count = count;
        Columns =
        [
            new(PredictedLabel, new KeyDataViewType(typeof(uint), count), AnnotateLabel, LabelGetter),
            new(Score, new VectorDataViewType(NumberDataViewType.Single, count), AnnotateScore, ScoreGetter),
        ];
    }

    public override int Count { get; }

    public override string ScoreColumnKind => TaskName;

    public override IReadOnlyList<OutputColumn> Columns { get; }

    public override OutputDescription Describe() => new() { Task = TaskName, Count = Count, LabelKind = _labels?.KindName, LabelValues = _labels?.Texts };

    /// <exception cref="InvalidDataException">The description contradicts itself.</exception>
    public static MulticlassOutputs Restore(OutputDescription description)
    {
        if (description.LabelKind is null || description.LabelValues is null)
            return new(description.Count, null);
        if (description.LabelValues.Length != description.Count)
            throw new InvalidDataException($"The model is damaged: it has {description.Count} classes but {description.LabelValues.Length} label values.");
        return new(description.Count, LabelValues.Restore(description.LabelKind, description.LabelValues));
    }

    private static ValueGetter<uint> LabelGetter(Func<ReadOnlyMemory<float>> scores) =>
        (ref uint key) => key = (uint)TensorPrimitives.IndexOfMax(scores().Span) + 1;

    private static ValueGetter<VBuffer<float>> ScoreGetter(Func<ReadOnlyMemory<float>> scores) => (ref VBuffer<float> value) =>
    {
        ReadOnlySpan<float> probabilities = scores().Span;
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, probabilities.Length);
        probabilities.CopyTo(editor.Values);
        value = editor.Commit();
    };

    private void AnnotateLabel(DataViewSchema.Annotations.Builder builder) => _labels?.AddTo(builder, AnnotationNames.KeyValues);

    private void AnnotateScore(DataViewSchema.Annotations.Builder builder)
    {
        if (_labels is null)
            return;
        string[] names = _labels.Texts;
        builder.Add(
            AnnotationNames.SlotNames, new VectorDataViewType(TextDataViewType.Instance, Count),
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(Count, Array.ConvertAll(names, name => name.AsMemory())).CopyTo(ref value));
        _labels.AddTo(builder, AnnotationNames.TrainingLabelValues);
    }
}
