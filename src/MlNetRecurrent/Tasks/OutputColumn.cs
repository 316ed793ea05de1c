namespace MlNetRecurrent.Tasks;

/// <summary>A column that a model adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="MakeGetter">Makes its getter (a <see cref="ValueGetter{TValue}"/> of its type) from the row that is scored.</param>
/// <param name="ScoreValueKind">The kind of value for ML.NET's evaluators, or null where they do not read it.</param>
/// <param name="AddAnnotations">Adds the annotations of this column alone.</param>
internal sealed record OutputColumn(
    string Name, DataViewType Type, Func<IScoredRow, Delegate> MakeGetter, string? ScoreValueKind = null,
    Action<DataViewSchema.Annotations.Builder>? AddAnnotations = null)
{
    /// <summary>The number of the output, among several of a model, whose column it is.</summary>
    public int Set { get; init; }

    /// <summary>ML.NET's name for the kind of score of an output among several; null for that of the model.</summary>
    public string? ScoreColumnKind { get; init; }

    /// <summary>A getter that copies numbers.</summary>
    public static ValueGetter<VBuffer<float>> VectorGetter(Func<ReadOnlyMemory<float>> numbers) => (ref VBuffer<float> value) =>
    {
        ReadOnlySpan<float> source = numbers().Span;
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, source.Length);
        source.CopyTo(editor.Values);
        value = editor.Commit();
    };
}
